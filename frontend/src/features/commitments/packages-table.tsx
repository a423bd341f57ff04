import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { keepPreviousData } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useListPackageCommitments } from "@/api/generated/commitments/commitments";
import type { FunderCommitmentOut, PackageCommitmentOut } from "@/api/generated/model";
import { type Column, DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { Pager } from "@/components/pager";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { count } from "@/lib/numbers";
import { clock, duration, hours, weekday } from "@/lib/time";
import styles from "./commitments.module.css";
import { groupLines, type LineGroup } from "./line-groups";

const PAGE = 50;

interface PackagesTableProps {
  branchId: number;
  week: string;
  /** Only this funder's packages; null for all. */
  funder: FunderCommitmentOut | null;
  offset: number;
  onOffset: (offset: number) => void;
  clientLink: (clientId: number, name: string) => ReactNode;
}

/** The packages behind the hours owed, by client's name; each opens to its visits. */
export function PackagesTable({
  branchId,
  week,
  funder,
  offset,
  onOffset,
  clientLink,
}: PackagesTableProps) {
  const { t } = useLingui();
  const { data, error, refetch } = useListPackageCommitments(
    branchId,
    { week, limit: PAGE, offset, ...(funder === null ? {} : { funder: funder.funder_id }) },
    { query: { placeholderData: keepPreviousData } },
  );
  if (error !== null) {
    return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return <Skeleton lines={6} label={t`Loading packages`} />;
  }
  if (data.count === 0) {
    return (
      <EmptyState title={<Trans>No package owes a visit this week.</Trans>}>
        <Trans>Packages come from the branch's file: see Import and export.</Trans>
      </EmptyState>
    );
  }
  const columns: Column<PackageCommitmentOut>[] = [
    {
      key: "client",
      heading: t`Client`,
      cell: (row) => clientLink(row.client_id, row.client_name),
    },
    { key: "lines", heading: t`Visits of the week`, cell: (row) => <Lines row={row} /> },
    { key: "funder", heading: t`Who pays`, cell: (row) => row.funder_name },
    { key: "visits", heading: t`Visits`, cell: (row) => count(row.visits), numeric: true },
    {
      key: "double",
      heading: t`With two carers`,
      cell: (row) => count(row.double_ups),
      numeric: true,
    },
    {
      key: "hours",
      heading: t`Hours owed`,
      cell: (row) => hours(row.carer_minutes),
      numeric: true,
    },
  ];
  const sentence =
    funder === null
      ? t`The packages behind these hours, by client.`
      : t`The packages that ${funder.name} pays for, by client.`;
  return (
    <>
      <DataTable
        sentence={sentence}
        columns={columns}
        rows={data.results}
        rowKey={(row) => row.package_id}
      />
      <Pager offset={offset} limit={PAGE} total={data.count} onOffset={onOffset} />
    </>
  );
}

function Lines({ row }: { row: PackageCommitmentOut }) {
  const groups = groupLines(row.lines);
  return (
    <details className={styles.lines}>
      <summary>
        <Plural value={groups.length} one="# time of day" other="# times of day" />
      </summary>
      <ul className="plain-list">
        {groups.map((group) => (
          <li key={group.key}>
            <LineWords group={group} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function LineWords({ group }: { group: LineGroup }) {
  const days = group.dates.map(weekday).join(", ");
  return (
    <>
      <strong>{clock(group.target_minute)}</strong> {duration(group.minutes)}
      {group.carers_required > 1 && (
        <>
          {", "}
          <Plural value={group.carers_required} one="# carer" other="# carers" />
        </>
      )}
      {": "}
      {days}
    </>
  );
}
