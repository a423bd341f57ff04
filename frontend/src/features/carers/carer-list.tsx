import { Trans, useLingui } from "@lingui/react/macro";
import { keepPreviousData } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { CarerRowOut } from "@/api/generated/model";
import { useListCarers } from "@/api/generated/people/people";
import { type Column, DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { Pager } from "@/components/pager";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { travelModeWords } from "@/lib/office-words";
import { fullDate } from "@/lib/time";

const PAGE = 100;

interface CarerListProps {
  branchId: number;
  offset: number;
  onOffset: (offset: number) => void;
  carerLink: (carerId: number, name: string) => ReactNode;
}

/** The carers of a branch by name. */
export function CarerList({ branchId, offset, onOffset, carerLink }: CarerListProps) {
  const { t } = useLingui();
  const { data, error, refetch } = useListCarers(
    branchId,
    { limit: PAGE, offset },
    { query: { placeholderData: keepPreviousData } },
  );
  if (error !== null) {
    return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return <Skeleton lines={10} label={t`Loading carers`} />;
  }
  if (data.count === 0) {
    return (
      <EmptyState title={<Trans>This branch has no carers yet.</Trans>}>
        <Trans>Carers come from the branch's file.</Trans>
      </EmptyState>
    );
  }
  const columns: Column<CarerRowOut>[] = [
    { key: "name", heading: t`Carer`, cell: (row) => carerLink(row.id, row.name) },
    { key: "number", heading: t`Number`, cell: (row) => row.external_id },
    { key: "travel", heading: t`Travels`, cell: (row) => travelModeWords(row.travel_mode) },
    { key: "since", heading: t`Since`, cell: (row) => row.starts_on && fullDate(row.starts_on) },
    {
      key: "until",
      heading: t`Until before`,
      cell: (row) => row.ends_before && fullDate(row.ends_before),
    },
  ];
  return (
    <>
      <DataTable
        sentence={t`The carers of this branch, by name.`}
        columns={columns}
        rows={data.results}
        rowKey={(row) => row.id}
      />
      <Pager offset={offset} limit={PAGE} total={data.count} onOffset={onOffset} />
    </>
  );
}
