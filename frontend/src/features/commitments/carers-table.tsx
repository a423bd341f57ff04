import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { AbsenceKindEnum, CarerCommitmentOut } from "@/api/generated/model";
import { useListCarerCommitments } from "@/api/generated/rota/rota";
import { type Column, DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { absenceWords } from "@/lib/office-words";
import { hours } from "@/lib/time";

interface CarersTableProps {
  branchId: number;
  week: string;
  carerLink: (carerId: number, name: string) => ReactNode;
}

/** The contracts behind the hours guaranteed, by carer's name. */
export function CarersTable({ branchId, week, carerLink }: CarersTableProps) {
  const { t } = useLingui();
  const { data, error, refetch } = useListCarerCommitments(branchId, { week });
  if (error !== null && data === undefined) {
    return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return <Skeleton lines={8} label={t`Loading carers`} />;
  }
  if (data.length === 0) {
    return (
      <EmptyState title={<Trans>No carer has a contract this week.</Trans>}>
        <Trans>Carers come from the branch's file: see Import and export.</Trans>
      </EmptyState>
    );
  }
  const columns: Column<CarerCommitmentOut>[] = [
    { key: "name", heading: t`Carer`, cell: (row) => carerLink(row.carer_id, row.name) },
    hoursColumn("guaranteed", t`Hours guaranteed`, (row) => row.guaranteed_minutes),
    hoursColumn("maximum", t`At most`, (row) => row.maximum_minutes),
    hoursColumn("available", t`Free for`, (row) => row.available_minutes),
    hoursColumn("planned", t`Planned so far`, (row) => row.planned_minutes),
    { key: "away", heading: t`Away`, cell: (row) => <Away kinds={row.absences} /> },
  ];
  return (
    <DataTable
      sentence={t`The contracts behind these hours, in hours of this week. Planned counts visits and paid travel.`}
      columns={columns}
      rows={data}
      rowKey={(row) => row.carer_id}
    />
  );
}

function hoursColumn(
  key: string,
  heading: string,
  minutes: (row: CarerCommitmentOut) => number,
): Column<CarerCommitmentOut> {
  return { key, heading, cell: (row) => hours(minutes(row)), numeric: true };
}

function Away({ kinds }: { kinds: readonly AbsenceKindEnum[] }) {
  return <>{kinds.map(absenceWords).join(", ")}</>;
}
