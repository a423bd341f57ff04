/** The part of a list's address that says which rows are shown. */
export interface ListSearch {
  /** Rows before the page. */
  from?: number;
}

/** Keep of an address what belongs to a list. */
export function readListSearch({ from }: Record<string, unknown>): ListSearch {
  return typeof from === "number" && Number.isInteger(from) && from > 0 ? { from } : {};
}
