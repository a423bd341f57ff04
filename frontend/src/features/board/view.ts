/** What of the board is shown: read from the address, so that a link restores it. */

export type BoardRows = "carers" | "clients";
export type BoardOnly = "all" | "open" | "changed" | "locked";

export interface BoardView {
  rows: BoardRows;
  /** A single day from 0 (Monday), or the whole week. */
  day: number | null;
  /** Part of a carer's or client's name. */
  name: string;
  only: BoardOnly;
  /** The selected visit. */
  visit: number | null;
}

/** The same as it stands in the address; what is usual is left out. */
export interface BoardSearch {
  rows?: "clients";
  day?: number;
  name?: string;
  only?: Exclude<BoardOnly, "all">;
  visit?: number;
}

const ONLY: readonly unknown[] = ["open", "changed", "locked"];

function isOnly(value: unknown): value is Exclude<BoardOnly, "all"> {
  return ONLY.includes(value);
}

function isWhole(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

/** Keep of an address what is a board's; the rest is not an error, only not ours. */
export function readBoardSearch(search: Record<string, unknown>): BoardSearch {
  const { rows, day, name, only, visit } = search;
  return {
    ...(rows === "clients" ? { rows } : {}),
    ...(isWhole(day) && day < 7 ? { day } : {}),
    ...((typeof name === "string" && name !== "") || typeof name === "number"
      ? { name: String(name) }
      : {}),
    ...(isOnly(only) ? { only } : {}),
    ...(isWhole(visit) ? { visit } : {}),
  };
}

/** The view that an address asks for. */
export function viewOf({ rows, day, name, only, visit }: BoardSearch): BoardView {
  return {
    rows: rows ?? "carers",
    day: day ?? null,
    name: name ?? "",
    only: only ?? "all",
    visit: visit ?? null,
  };
}

/** The address of a view. */
export function searchOf(view: BoardView): BoardSearch {
  return {
    ...(view.rows === "clients" ? { rows: "clients" as const } : {}),
    ...(view.day !== null ? { day: view.day } : {}),
    ...(view.name !== "" ? { name: view.name } : {}),
    ...(view.only !== "all" ? { only: view.only } : {}),
    ...(view.visit !== null ? { visit: view.visit } : {}),
  };
}
