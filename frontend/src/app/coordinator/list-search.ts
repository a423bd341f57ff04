/** The part of a list's address that says which rows are shown. */
export interface ListSearch {
  /** Rows before the page. */
  from?: number;
}

/** Keep of an address what belongs to a list. */
export function readListSearch({ from }: Record<string, unknown>): ListSearch {
  return typeof from === "number" && Number.isInteger(from) && from > 0 ? { from } : {};
}

/** The part of an address that names a file that was checked. */
export interface FilesSearch {
  import?: number;
}

/** Keep of an address what belongs to import and export. */
export function readFilesSearch(search: Record<string, unknown>): FilesSearch {
  const { import: id } = search;
  return typeof id === "number" && Number.isInteger(id) && id > 0 ? { import: id } : {};
}

/** The part of an address that names who cannot come. */
export interface RepairSearch {
  carer?: number;
}

/** Keep of an address what belongs to mending a week. */
export function readRepairSearch({ carer }: Record<string, unknown>): RepairSearch {
  return typeof carer === "number" && Number.isInteger(carer) && carer > 0 ? { carer } : {};
}
