import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";
import type { MyChangedVisitOut, MyChangesOut } from "@/api/generated/model";
import {
  getGetMyWeekQueryKey,
  getListMyChangesQueryKey,
  useListMyChanges,
  useMarkMyChangesSeen,
} from "@/api/generated/rota/rota";
import { Button, buttonClass } from "@/components/button";
import { Card } from "@/components/card";
import { EmptyState } from "@/components/empty-state";
import { Icon } from "@/components/icon";
import { PageHeading } from "@/components/page-heading";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { StatusChip } from "@/components/status-chip";
import { clock, clockAt, localDate, shortDate, weekLabel } from "@/lib/time";
import styles from "./my-changes.module.css";

/** What changed in a carer's week, newest first; read once, then put away by one button. */
export function MyChanges({ week }: { week: string }) {
  const { t } = useLingui();
  const { data, error, isPending, refetch } = useListMyChanges(week);
  return (
    <>
      <PageHeading title={t`What changed`}>{weekLabel(week)}</PageHeading>
      <div className={styles.page}>
        {isPending && <Skeleton lines={5} />}
        {error !== null && <ProblemPanel error={error} onRetry={() => void refetch()} />}
        {data?.length === 0 && (
          <EmptyState title={<Trans>Nothing has changed since this week came out.</Trans>} />
        )}
        {data?.map((change) => (
          <Change key={change.number} change={change} />
        ))}
        {data?.some(({ seen }) => !seen) && <Seen week={week} changes={data} />}
        <Link href={`/weeks/${week}`} className={buttonClass({ large: true })}>
          <Icon name="left" />
          <Trans>Back to the week</Trans>
        </Link>
      </div>
    </>
  );
}

/** One press says that all that is on the screen was read. */
function Seen({ week, changes }: { week: string; changes: readonly MyChangesOut[] }) {
  const cache = useQueryClient();
  const { mutate, isPending, error } = useMarkMyChangesSeen({
    mutation: {
      onSuccess: () => {
        void cache.invalidateQueries({ queryKey: getListMyChangesQueryKey(week) });
        void cache.invalidateQueries({ queryKey: getGetMyWeekQueryKey(week) });
      },
    },
  });
  const number = Math.max(...changes.map((change) => change.number));
  return (
    <>
      {error !== null && <ProblemPanel error={error} />}
      <Button
        kind="primary"
        large
        busy={isPending}
        onClick={() => mutate({ week, data: { number } })}
      >
        <Trans>I have read this</Trans>
      </Button>
    </>
  );
}

function Change({ change }: { change: MyChangesOut }) {
  const heading = `change-${change.number}`;
  const at = new Date(change.published_at);
  return (
    <Card className={styles.change} aria-labelledby={heading}>
      <h2 id={heading}>
        {shortDate(localDate(at))}, {clockAt(at)}
        {!change.seen && <StatusChip status="changed">{<Trans>New to you</Trans>}</StatusChip>}
      </h2>
      <ul className="plain-list">
        {change.added.map((visit) => (
          <li key={`added-${visit.visit_id}`}>
            <strong>
              <Trans>New visit</Trans>
            </strong>
            <When visit={visit} />
          </li>
        ))}
        {change.moved.map(({ before, after }) => (
          <li key={`moved-${after.visit_id}`}>
            <strong>
              <Trans>New time</Trans>
            </strong>
            <When visit={after} />
            <span className={styles.before}>
              <Trans>
                before: {shortDate(before.on)}, {clock(before.start_minute)} –{" "}
                {clock(before.start_minute + before.minutes)}
              </Trans>
            </span>
          </li>
        ))}
        {change.removed.map((visit) => (
          <li key={`removed-${visit.visit_id}`}>
            <strong>
              <Trans>No longer yours</Trans>
            </strong>
            <When visit={visit} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function When({ visit }: { visit: MyChangedVisitOut }) {
  return (
    <span>
      {shortDate(visit.on)}, {clock(visit.start_minute)} –{" "}
      {clock(visit.start_minute + visit.minutes)}, {visit.client_name}
    </span>
  );
}
