import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link } from "wouter";
import type { MyWeekOut } from "@/api/generated/model";
import { useGetMyWeek } from "@/api/generated/rota/rota";
import { AsOf } from "@/components/as-of";
import { buttonClass } from "@/components/button";
import { EmptyState } from "@/components/empty-state";
import { Icon } from "@/components/icon";
import { Notice } from "@/components/notice";
import { PageHeading } from "@/components/page-heading";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { addDays, duration, fullDate, localDate, mondayOf, weekLabel } from "@/lib/time";
import { Day } from "./day";
import styles from "./my-week.module.css";
import { NextVisit } from "./next-visit";
import { nextVisit } from "./now";
import { useNow } from "./use-now";

/** A carer's own week: what is next, what changed, then seven days. `week` is a Monday. */
export function MyWeek({ week }: { week: string }) {
  const { t } = useLingui();
  const { data, error, isPending, isError, dataUpdatedAt, refetch } = useGetMyWeek(week);
  const thisWeek = mondayOf(localDate(new Date()));
  return (
    <>
      <PageHeading title={week === thisWeek ? t`My week` : t`My rota`}>
        {weekLabel(week)}
      </PageHeading>
      <div className={styles.page}>
        <WeekLinks week={week} thisWeek={thisWeek} />
        {isError && data !== undefined && <AsOf moment={dataUpdatedAt} />}
        {isError && data === undefined && (
          <ProblemPanel error={error} onRetry={() => void refetch()} />
        )}
        {isPending && <Skeleton lines={8} />}
        {data !== undefined && <Days data={data} />}
      </div>
    </>
  );
}

function Days({ data }: { data: MyWeekOut }) {
  const now = useNow();
  const today = localDate(now);
  if (data.publication === null) {
    return (
      <EmptyState title={<Trans>This week is not out yet.</Trans>}>
        <Trans>You will see your visits here as soon as your office publishes the week.</Trans>
      </EmptyState>
    );
  }
  const next = nextVisit(data.days, now);
  return (
    <>
      {data.changes_unseen > 0 && <ChangesStrip week={data.week} count={data.changes_unseen} />}
      {next !== null && (
        <NextVisit on={next.on} visit={next.visit} isToday={next.on === today} now={now} />
      )}
      <p className={styles.total}>
        <strong>{duration(data.minutes)}</strong> <Trans>with clients this week.</Trans>{" "}
        {data.guaranteed_minutes > 0 && (
          <Trans>Your contract guarantees {duration(data.guaranteed_minutes)}.</Trans>
        )}
      </p>
      {data.vote !== null && (
        <p className={styles.total}>
          <a href={`/rota-policy#policy-${data.vote.number}`}>
            <Trans>
              Made by policy {data.vote.number}, voted {fullDate(data.vote.voted_on)}: see the vote
            </Trans>
          </a>
        </p>
      )}
      {data.days.map((day) => (
        <Day key={day.on} day={day} isToday={day.on === today} />
      ))}
    </>
  );
}

function ChangesStrip({ week, count }: { week: string; count: number }) {
  return (
    <Notice
      status="changed"
      title={
        <Plural
          value={count}
          one="# change since you last looked"
          other="# changes since you last looked"
        />
      }
      actions={
        <Link href={`/weeks/${week}/changes`} className={buttonClass()}>
          <Trans>See what changed</Trans>
        </Link>
      }
    />
  );
}

function WeekLinks({ week, thisWeek }: { week: string; thisWeek: string }) {
  const { t } = useLingui();
  return (
    <nav className={styles.weeks} aria-label={t`Weeks`}>
      <Link href={`/weeks/${addDays(week, -7)}`} className={buttonClass()}>
        <Icon name="left" />
        <Trans>Week before</Trans>
      </Link>
      {week !== thisWeek && (
        <Link href="/week" className={buttonClass({ kind: "quiet" })}>
          <Trans>This week</Trans>
        </Link>
      )}
      <Link href={`/weeks/${addDays(week, 7)}`} className={buttonClass()}>
        <Trans>Week after</Trans>
        <Icon name="right" />
      </Link>
    </nav>
  );
}
