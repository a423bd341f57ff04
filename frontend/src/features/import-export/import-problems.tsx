import { useLingui } from "@lingui/react/macro";
import type { ImportProblemOut } from "@/api/generated/model";
import { type Column, DataTable } from "@/components/data-table";
import { count } from "@/lib/numbers";

interface ImportProblemsProps {
  problems: readonly ImportProblemOut[];
  /** Of all that were found; the list may stop before. */
  total: number;
}

/** Each problem of a file with its place and what to do about it. */
export function ImportProblems({ problems, total }: ImportProblemsProps) {
  const { t } = useLingui();
  const [shown, all] = [count(problems.length), count(total)];
  const columns: Column<ImportProblemOut>[] = [
    { key: "sheet", heading: t`Sheet`, cell: (row) => row.sheet },
    { key: "row", heading: t`Row`, cell: (row) => row.row, numeric: true },
    { key: "column", heading: t`Column`, cell: (row) => row.column },
    { key: "value", heading: t`What stands there`, cell: (row) => row.value },
    { key: "problem", heading: t`What is wrong`, cell: (row) => row.problem },
    { key: "todo", heading: t`What to do`, cell: (row) => row.what_to_do },
  ];
  return (
    <DataTable
      sentence={
        problems.length < total
          ? t`The first ${shown} of ${all} problems, in the order of the sheets.`
          : t`All problems, in the order of the sheets.`
      }
      columns={columns}
      rows={problems}
      rowKey={(row) => `${row.sheet}/${row.row}/${row.column}/${row.problem}`}
    />
  );
}
