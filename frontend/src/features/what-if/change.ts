/** What was filled in becomes the question that is sent; an empty field changes nothing. */
import type { ChangeShapeRequest } from "@/api/generated/model";
import { limits, weights } from "./rules";

const MINUTES_PER_HOUR = 60;

/** What is asked of more carers besides what the fields hold. */
export interface MoreCarersChoice {
  mode: string;
  gender: string;
  skills: readonly string[];
}

/** The question; null when it would change nothing. Fields that are not shown do not count. */
export function changeOf(form: FormData, more: MoreCarersChoice): ChangeShapeRequest | null {
  const number = (name: string) => {
    const text = String(form.get(name) ?? "").trim();
    return text === "" ? null : Number(text);
  };
  const tried = Object.fromEntries(
    weights().flatMap(({ name }) => {
      const points = number(name);
      return points === null ? [] : [[name, points]];
    }),
  );
  const limited = Object.fromEntries(
    limits().flatMap(({ name, unit }) => {
      const value = number(name);
      return value === null ? [] : [[name, Math.round(value * unit)]];
    }),
  );
  const count = number("count") ?? 0;
  if (count === 0 && Object.keys({ ...tried, ...limited }).length === 0) {
    return null;
  }
  const guaranteed = (number("hours") ?? 0) * MINUTES_PER_HOUR;
  const most = Math.max(guaranteed, (number("most") ?? 0) * MINUTES_PER_HOUR);
  return {
    weights: tried,
    limits: limited,
    more_carers:
      count === 0
        ? null
        : {
            count,
            guaranteed_minutes: guaranteed,
            max_week_minutes: most,
            max_days: number("days") ?? 5,
            mode: more.mode === "cycle" || more.mode === "walk" ? more.mode : "car",
            gender: more.gender === "m" ? "m" : "f",
            skills: [...more.skills],
            from_minute: 7 * MINUTES_PER_HOUR,
            to_minute: 22 * MINUTES_PER_HOUR,
          },
  };
}
