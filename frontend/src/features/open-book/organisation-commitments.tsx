import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useGetOrganisationCommitments } from "@/api/generated/commitments/commitments";
import type { BranchFiguresOut, CommitmentFiguresOut } from "@/api/generated/model";
import { Card } from "@/components/card";
import { type Column, DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { count } from "@/lib/numbers";
import { hours } from "@/lib/time";
import { FundersTable } from "./funders-table";
import styles from "./open-book.module.css";

/** Hours of care the co-operative owes in a week, hours it guarantees its carers, and the gap. */
export function OrganisationCommitments({ week }: { week: string }) {
  const { t } = useLingui();
  const answer = useGetOrganisationCommitments({ week });

  if (answer.isError) {
    return <ProblemPanel error={answer.error} onRetry={() => answer.refetch()} />;
  }
  if (answer.data === undefined) {
    return <Skeleton lines={6} label={t`Adding up the week`} />;
  }
  const { total, branches } = answer.data;
  if (branches.length === 0) {
    return (
      <EmptyState title={<Trans>There are no branches yet.</Trans>}>
        <Trans>Once a branch is set up, the hours of all branches stand here.</Trans>
      </EmptyState>
    );
  }
  return (
    <div className={styles.stack}>
      <Totals total={total} />
      <BranchesTable branches={branches} />
      <FundersTable funders={total.owed.by_funder} />
    </div>
  );
}

function Totals({ total }: { total: CommitmentFiguresOut }) {
  return (
    <div className={styles.totals}>
      <Card>
        <p className={styles.figure}>{hours(total.owed.carer_minutes)}</p>
        <p>
          <Trans>hours of care owed to clients</Trans>
        </p>
        <p className={styles.quiet}>
          <Plural value={total.owed.visits} one="# visit" other="# visits" />,{" "}
          <Plural value={total.owed.clients} one="# client" other="# clients" />
        </p>
      </Card>
      <Card>
        <p className={styles.figure}>{hours(total.guaranteed.minutes)}</p>
        <p>
          <Trans>hours guaranteed to carers</Trans>
        </p>
        <p className={styles.quiet}>
          <Plural value={total.guaranteed.carers} one="# carer" other="# carers" />
        </p>
      </Card>
      <Card>
        <p className={styles.figure}>{hours(Math.abs(total.gap.minutes))}</p>
        <p>
          {total.gap.minutes >= 0 ? (
            <Trans>hours more owed than guaranteed</Trans>
          ) : (
            <Trans>hours more guaranteed than owed</Trans>
          )}
        </p>
        <p className={styles.quiet}>
          <Trans>Carers are free for {hours(total.guaranteed.available_minutes)} hours.</Trans>
        </p>
      </Card>
    </div>
  );
}

function BranchesTable({ branches }: { branches: readonly BranchFiguresOut[] }) {
  const { t } = useLingui();
  const columns: Column<BranchFiguresOut>[] = [
    { key: "branch", heading: t`Branch`, cell: (row) => row.branch.name },
    { key: "clients", heading: t`Clients`, cell: (row) => count(row.owed.clients), numeric: true },
    { key: "visits", heading: t`Visits`, cell: (row) => count(row.owed.visits), numeric: true },
    {
      key: "owed",
      heading: t`Hours owed`,
      cell: (row) => hours(row.owed.carer_minutes),
      numeric: true,
    },
    {
      key: "carers",
      heading: t`Carers`,
      cell: (row) => count(row.guaranteed.carers),
      numeric: true,
    },
    {
      key: "guaranteed",
      heading: t`Hours guaranteed`,
      cell: (row) => hours(row.guaranteed.minutes),
      numeric: true,
    },
    { key: "gap", heading: t`Gap`, cell: (row) => hours(row.gap.minutes), numeric: true },
    {
      key: "suspended",
      heading: t`Hours paused`,
      cell: (row) => hours(row.suspended_minutes),
      numeric: true,
    },
  ];
  return (
    <DataTable
      sentence={t`Each branch's part of these hours. The gap is what is owed beyond what is guaranteed; paused hours are owed again when the client is back.`}
      columns={columns}
      rows={branches}
      rowKey={(row) => row.branch.id}
    />
  );
}
