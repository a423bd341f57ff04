import { useLingui } from "@lingui/react/macro";
import type { FunderCommitmentOut } from "@/api/generated/model";
import { type Column, DataTable } from "@/components/data-table";
import { count } from "@/lib/numbers";
import { hours } from "@/lib/time";

/** The hours owed, by who pays for them; most hours first. */
export function FundersTable({ funders }: { funders: readonly FunderCommitmentOut[] }) {
  const { t } = useLingui();
  const columns: Column<FunderCommitmentOut>[] = [
    { key: "name", heading: t`Who pays`, cell: (row) => row.name },
    { key: "packages", heading: t`Packages`, cell: (row) => count(row.packages), numeric: true },
    { key: "visits", heading: t`Visits`, cell: (row) => count(row.visits), numeric: true },
    {
      key: "hours",
      heading: t`Hours owed`,
      cell: (row) => hours(row.carer_minutes),
      numeric: true,
    },
  ];
  return (
    <DataTable
      sentence={t`Who pays for the hours that are owed.`}
      columns={columns}
      rows={[...funders].sort((one, other) => other.carer_minutes - one.carer_minutes)}
      rowKey={(row) => row.funder_id}
    />
  );
}
