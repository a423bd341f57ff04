import { Trans, useLingui } from "@lingui/react/macro";
import type { DifferenceOut } from "@/api/generated/model";
import { type Column, DataTable } from "@/components/data-table";
import { count } from "@/lib/numbers";
import { hours } from "@/lib/time";
import styles from "./solver-run.module.css";

/** Whose week would change, and by how much; by name. */
export function Differences({ rows }: { rows: readonly DifferenceOut[] }) {
  const { t } = useLingui();
  if (rows.length === 0) {
    return null;
  }
  const columns: Column<DifferenceOut>[] = [
    { key: "name", heading: t`Carer`, cell: (row) => row.name },
    { key: "added", heading: t`New visits`, cell: (row) => count(row.added), numeric: true },
    {
      key: "removed",
      heading: t`Visits taken away`,
      cell: (row) => count(row.removed),
      numeric: true,
    },
    { key: "moved", heading: t`Other time`, cell: (row) => count(row.moved), numeric: true },
    {
      key: "before",
      heading: t`Hours now`,
      cell: (row) => hours(row.minutes_before),
      numeric: true,
    },
    {
      key: "after",
      heading: t`Hours proposed`,
      cell: (row) => hours(row.minutes_after),
      numeric: true,
    },
  ];
  return (
    <details className={styles.more} open>
      <summary>
        <Trans>What would change for whom</Trans>
      </summary>
      <DataTable
        sentence={t`Each carer whose week would change.`}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.carer_id}
      />
    </details>
  );
}
