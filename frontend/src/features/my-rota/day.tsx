import { Plural, Trans } from "@lingui/react/macro";
import { Link } from "wouter";
import type { MyDayOut, MyWeekVisitOut } from "@/api/generated/model";
import { StatusChip } from "@/components/status-chip";
import { classNames } from "@/lib/class-names";
import { clock, duration, longDate } from "@/lib/time";
import styles from "./day.module.css";
import { Gap } from "./gap";
import { minutesOf } from "./now";

/** One day of the week: its hours, and its visits as a line with travel and breaks. */
export function Day({ day, isToday }: { day: MyDayOut; isToday: boolean }) {
  const heading = `day-${day.on}`;
  return (
    <section className={classNames(styles.day, isToday && styles.today)} aria-labelledby={heading}>
      <header className={styles.head}>
        <h2 id={heading}>
          {isToday ? <Trans>Today, {longDate(day.on)}</Trans> : longDate(day.on)}
        </h2>
        <p className={styles.sum}>
          {day.visits.length === 0 ? (
            <Trans>No visits</Trans>
          ) : (
            <>
              <Plural value={day.visits.length} one="# visit" other="# visits" />
              {", "}
              {duration(minutesOf(day))}
            </>
          )}
        </p>
      </header>
      {day.visits.length > 0 && (
        <ol className={classNames("plain-list", styles.line)}>
          {day.visits.map((visit) => (
            <li key={visit.visit_id}>
              <Gap visit={visit} />
              <VisitRow visit={visit} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function VisitRow({ visit }: { visit: MyWeekVisitOut }) {
  return (
    <Link href={`/visits/${visit.visit_id}`} className={styles.visit}>
      <span className={styles.times}>
        <strong>{clock(visit.start_minute)}</strong>
        <span className={styles.until}>{clock(visit.start_minute + visit.minutes)}</span>
      </span>
      <span className={styles.who}>
        <span className={styles.name}>{visit.client_name}</span>
        {visit.street !== null && <span className={styles.quiet}>{visit.street}</span>}
        {visit.carers.length > 0 && (
          <span className={styles.quiet}>
            <Trans>With {visit.carers.join(", ")}</Trans>
          </span>
        )}
        {visit.changed !== null && (
          <StatusChip status="changed">
            {visit.changed === "added" ? <Trans>New</Trans> : <Trans>New time</Trans>}
          </StatusChip>
        )}
      </span>
      <span className={styles.length}>{duration(visit.minutes)}</span>
    </Link>
  );
}
