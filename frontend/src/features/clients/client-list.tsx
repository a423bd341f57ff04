import { Trans, useLingui } from "@lingui/react/macro";
import { keepPreviousData } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useListClients } from "@/api/generated/clients/clients";
import type { ClientRowOut } from "@/api/generated/model";
import { type Column, DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { Pager } from "@/components/pager";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { StatusChip } from "@/components/status-chip";
import { riskWords } from "@/lib/office-words";

const PAGE = 100;

interface ClientListProps {
  branchId: number;
  offset: number;
  onOffset: (offset: number) => void;
  clientLink: (clientId: number, name: string) => ReactNode;
}

/** The clients of a branch by name. */
export function ClientList({ branchId, offset, onOffset, clientLink }: ClientListProps) {
  const { t } = useLingui();
  const { data, error, refetch } = useListClients(
    branchId,
    { limit: PAGE, offset },
    { query: { placeholderData: keepPreviousData } },
  );
  if (error !== null) {
    return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return <Skeleton lines={10} label={t`Loading clients`} />;
  }
  if (data.count === 0) {
    return (
      <EmptyState title={<Trans>This branch has no clients yet.</Trans>}>
        <Trans>Clients come from the branch's file.</Trans>
      </EmptyState>
    );
  }
  const columns: Column<ClientRowOut>[] = [
    { key: "name", heading: t`Client`, cell: (row) => clientLink(row.id, row.name) },
    { key: "number", heading: t`Number`, cell: (row) => row.external_id },
    { key: "risk", heading: t`Risk class`, cell: (row) => riskWords(row.risk_class) },
    { key: "pin", heading: t`Place on the map`, cell: (row) => <Pin row={row} /> },
  ];
  return (
    <>
      <DataTable
        sentence={t`The clients of this branch, by name. The risk class says who comes first when carers are short.`}
        columns={columns}
        rows={data.results}
        rowKey={(row) => row.id}
      />
      <Pager offset={offset} limit={PAGE} total={data.count} onOffset={onOffset} />
    </>
  );
}

function Pin({ row }: { row: ClientRowOut }) {
  return row.pin_is_confirmed ? (
    <Trans>confirmed</Trans>
  ) : (
    <StatusChip status="uncovered">
      <Trans>not confirmed, so not planned</Trans>
    </StatusChip>
  );
}
