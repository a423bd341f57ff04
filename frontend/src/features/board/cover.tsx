import { plural, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import type { BoardVisitOut, CoverOut, GivesWayOut, WayToCoverOut } from "@/api/generated/model";
import { useGetWaysToCover } from "@/api/generated/rota/rota";
import { Button } from "@/components/button";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { StatusChip } from "@/components/status-chip";
import { addDays, clock, duration, longWeekday } from "@/lib/time";
import styles from "./panel.module.css";

// Each answer takes the server some seconds: it is worked out when somebody asks, and then anew.
const WHEN_ASKED = { gcTime: 0, staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false };

interface CoverProps {
  visit: BoardVisitOut;
  week: string;
}

/** What would have to change so that an open visit is covered; worked out when it is asked for. */
export function Cover({ visit, week }: CoverProps) {
  const [isAsked, setIsAsked] = useState(false);
  return (
    <div className={styles.part}>
      <Button aria-expanded={isAsked} onClick={() => setIsAsked(!isAsked)}>
        <Trans>What would have to change?</Trans>
      </Button>
      {isAsked && <Ways visit={visit} week={week} />}
    </div>
  );
}

function Ways({ visit, week }: CoverProps) {
  const { data, error, isPending, refetch } = useGetWaysToCover(visit.id, { query: WHEN_ASKED });
  if (isPending) {
    return <Skeleton lines={4} />;
  }
  if (error !== null) {
    return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      {!data.pin_confirmed && (
        <p>
          <Trans>First somebody must confirm the pin of the client's address.</Trans>
        </p>
      )}
      {data.ways.length > 0 && (
        <ol className={styles.list}>
          {data.ways.map((way) => (
            <li key={keyOf(way)}>
              <Way way={way} week={week} />
            </li>
          ))}
        </ol>
      )}
      <p className={styles.quiet} role="status">
        {summary(data)}
      </p>
    </>
  );
}

function Way({ way, week }: { way: WayToCoverOut; week: string }) {
  const [own, ...others] = way.changes;
  return (
    <>
      {way.gives_way.length === 0 && (
        <p>
          <Trans>No rule has to give way.</Trans>
        </p>
      )}
      {way.gives_way.map((row) => (
        <p key={`${row.kind}-${row.carer_id}-${row.day}`}>
          {givesWayWords(row, week)} {row.is_law && <LawMark />}
        </p>
      ))}
      {own !== undefined && (
        <p className={styles.quiet}>
          <Trans>
            Then {own.carers.join(t` and `)} could come at {clock(own.start)}.
          </Trans>
        </p>
      )}
      {others.length > 0 && (
        <ul className={styles.list}>
          {others.map((other) => (
            <li key={other.visit_id} className={styles.quiet}>
              <Trans>
                {other.client} would be seen at {clock(other.start)} by{" "}
                {other.carers.join(t` and `)}.
              </Trans>
            </li>
          ))}
        </ul>
      )}
      {!way.is_minimal && (
        <p className={styles.quiet}>
          <Trans>There may be a smaller change; there was no time to rule it out.</Trans>
        </p>
      )}
    </>
  );
}

function LawMark() {
  return (
    <StatusChip status="at-risk">
      <Trans>Law: not ours to waive</Trans>
    </StatusChip>
  );
}

function keyOf(way: WayToCoverOut): string {
  return way.gives_way.map(({ kind, carer_id, day }) => `${kind}-${carer_id}-${day}`).join();
}

function summary(cover: CoverOut): string {
  const carers = plural(cover.looked_at.length, { one: "# carer", other: "# carers" });
  if (cover.state === "NOT_OPEN") {
    return t`Nobody is missing on this visit.`;
  }
  if (cover.state === "UNFINISHED") {
    return t`There was no time to look at every way. The ${carers} nearest to it were looked at.`;
  }
  return cover.ways.length === 0
    ? t`There is no way on this day with the ${carers} nearest to it.`
    : t`The smallest changes on this day with the ${carers} nearest to it.`;
}

/** One fact that would have to change, as a sentence. */
export function givesWayWords(row: GivesWayOut, week: string): string {
  const carer = row.carer ?? "";
  const day = row.day === null ? "" : longWeekday(addDays(week, row.day));
  const amount = duration(row.amount);
  switch (row.kind) {
    case "WINDOW":
      return t`The visit would start ${amount} outside its agreed times.`;
    case "AVAILABILITY":
      return t`${carer} would have to be available ${amount} more on ${day}.`;
    case "AWAY":
      return t`${carer} would have to come on ${day}, when not available at all.`;
    case "LOCK":
      return t`The visit would have to be unlocked for ${carer}.`;
    case "DAYS":
      return t`${carer} would have to work one day more this week.`;
    case "DAY_WORK":
      return t`${carer} would work ${amount} above the day's limit on ${day}.`;
    case "WEEK_WORK":
      return t`${carer} would work ${amount} above the limit of the week.`;
    case "GENDER":
      return t`The client would have to agree to ${carer}, who does not have the gender asked for.`;
    case "SKILL":
      return t`${carer} would need: ${row.skills.join(", ")}.`;
    case "DECLINE":
      return t`${carer} and the client are not to be matched; that would have to end.`;
    case "VOTED_ROW":
      return plural(row.amount, {
        one: `${carer} would work # day more in a row than members voted for.`,
        other: `${carer} would work # days more in a row than members voted for.`,
      });
    case "VOTED_WEEKEND":
      return t`${carer} would work a weekend that is to be free, by the members' vote.`;
    case "VOTED_NIGHT":
      return t`${carer} would start early on ${day} after a late evening, by ${amount}.`;
    case "ORDER":
      return t`The client's two visits would be ${amount} too close to each other.`;
    case "BREAK":
      return t`${carer} would work ${amount} too long without a break on ${day}.`;
    case "DAILY_REST":
      return t`${carer} would rest ${amount} too little before ${day}.`;
    case "WEEKLY_REST":
      return t`${carer} would have ${amount} too little of the week's long rest.`;
  }
}
