import { Trans } from "@lingui/react/macro";
import { Link } from "wouter";
import type { MyWeekVisitOut } from "@/api/generated/model";
import { buttonClass } from "@/components/button";
import { Card } from "@/components/card";
import { clock, duration, shortDate } from "@/lib/time";
import styles from "./next-visit.module.css";
import { minutesUntil } from "./now";

interface NextVisitProps {
  on: string;
  visit: MyWeekVisitOut;
  isToday: boolean;
  now: Date;
}

/** The answer to "where am I next?", large. */
export function NextVisit({ on, visit, isToday, now }: NextVisitProps) {
  const minutes = minutesUntil(visit.starts_at, now);
  return (
    <Card className={styles.card} aria-labelledby="next-visit">
      <h2 id="next-visit" className={styles.label}>
        {minutes <= 0 ? <Trans>Now</Trans> : <Trans>Next visit</Trans>}
        {isToday && minutes > 0 && minutes < 240 && (
          <span className={styles.soon}>
            {" "}
            <Trans>in {duration(minutes)}</Trans>
          </span>
        )}
      </h2>
      <p className={styles.time}>
        {!isToday && <span className={styles.day}>{shortDate(on)} </span>}
        {clock(visit.start_minute)} – {clock(visit.start_minute + visit.minutes)}
      </p>
      <p className={styles.name}>{visit.client_name}</p>
      {visit.street !== null && <p>{visit.street}</p>}
      {visit.travel_minutes !== null && visit.travel_minutes > 0 && (
        <p className={styles.quiet}>
          <Trans>{duration(visit.travel_minutes)} from the visit before</Trans>
        </p>
      )}
      {visit.carers.length > 0 && (
        <p className={styles.quiet}>
          <Trans>Together with {visit.carers.join(", ")}</Trans>
        </p>
      )}
      <Link
        href={`/visits/${visit.visit_id}`}
        className={buttonClass({ kind: "primary", large: true })}
      >
        <Trans>What to know for this visit</Trans>
      </Link>
    </Card>
  );
}
