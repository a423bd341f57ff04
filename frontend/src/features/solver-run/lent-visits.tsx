import { useLingui } from "@lingui/react/macro";
import type { LentVisitOut } from "@/api/generated/model";
import { type Column, DataTable } from "@/components/data-table";
import { addDays, clock, duration, shortDate } from "@/lib/time";

/** Which visits carers of other branches would make; in order of time. */
export function LentVisits({ visits, week }: { visits: readonly LentVisitOut[]; week: string }) {
  const { t } = useLingui();
  if (visits.length === 0) {
    return null;
  }
  const columns: Column<LentVisitOut>[] = [
    { key: "carer", heading: t`Carer`, cell: (row) => row.carer_name },
    { key: "branch", heading: t`Comes from`, cell: (row) => row.branch_name },
    { key: "client", heading: t`Client`, cell: (row) => row.client_name },
    {
      key: "when",
      heading: t`When`,
      cell: (row) =>
        `${shortDate(addDays(week, row.day))}, ${clock(row.start)}, ${duration(row.minutes)}`,
    },
  ];
  return (
    <DataTable
      sentence={t`Visits that carers of other branches would make.`}
      columns={columns}
      rows={visits}
      rowKey={(row) => `${row.visit_id}-${row.carer_id}`}
    />
  );
}
