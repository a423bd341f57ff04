import { isDate } from "@/lib/time";

/** The part of the address that says whom the control statement is about, and on which day. */
export interface ControlSearch {
  on?: string;
  body?: number;
}

/** Keep of an address what belongs to the control statement. */
export function readControlSearch({ on, body }: Record<string, unknown>): ControlSearch {
  return {
    ...(isDate(on) && { on }),
    ...(typeof body === "number" && Number.isInteger(body) && body > 0 && { body }),
  };
}
