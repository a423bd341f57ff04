/** Which figure of the week's commitments is open: read from the address. */

export type Figure = "owed" | "guaranteed" | "gap";

export interface CommitmentsView {
  figure: Figure;
  /** The funder whose packages are shown; null for those of all. */
  funder: number | null;
  /** Packages before the shown page. */
  from: number;
}

/** The same as it stands in the address; what is usual is left out. */
export interface CommitmentsSearch {
  figure?: Exclude<Figure, "owed">;
  funder?: number;
  from?: number;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0;
}

/** Keep of an address what belongs to the commitments. */
export function readCommitmentsSearch(search: Record<string, unknown>): CommitmentsSearch {
  const { figure, funder, from } = search;
  return {
    ...(figure === "guaranteed" || figure === "gap" ? { figure } : {}),
    ...(isCount(funder) ? { funder } : {}),
    ...(isCount(from) ? { from } : {}),
  };
}

/** The view that an address asks for. */
export function commitmentsViewOf({ figure, funder, from }: CommitmentsSearch): CommitmentsView {
  return { figure: figure ?? "owed", funder: funder ?? null, from: from ?? 0 };
}

/** The address of a view. */
export function commitmentsSearchOf({ figure, funder, from }: CommitmentsView): CommitmentsSearch {
  return {
    ...(figure === "owed" ? {} : { figure }),
    ...(funder === null ? {} : { funder }),
    ...(from === 0 ? {} : { from }),
  };
}
