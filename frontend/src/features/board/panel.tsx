import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useEffect, useRef } from "react";
import type { BoardVisitOut, VisitOut } from "@/api/generated/model";
import { useGetVisit } from "@/api/generated/rota/rota";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { StatusChip } from "@/components/status-chip";
import { clock, duration, shortDate } from "@/lib/time";
import { Cover } from "./cover";
import type { Edits } from "./edits";
import styles from "./panel.module.css";
import { Verdicts } from "./verdicts";
import { type Person, Why } from "./why";
import { whenOf } from "./words";

interface PanelProps {
  visit: BoardVisitOut;
  week: string;
  people: readonly Person[];
  edits: Edits;
  isMoving: boolean;
  onMove: (isMoving: boolean) => void;
  onClose: () => void;
}

/** One visit: what it needs, who makes it and why, who else could. */
export function Panel({ visit, week, people, edits, isMoving, onMove, onClose }: PanelProps) {
  const { t } = useLingui();
  const { data, error, isPending, refetch } = useGetVisit(visit.id);
  const heading = useRef<HTMLHeadingElement>(null);
  const isOpen = visit.state === "unallocated";
  useEffect(() => {
    // On a narrow page it stands below the grid, out of sight of who has just chosen a visit.
    const top = heading.current?.getBoundingClientRect().top ?? 0;
    if (top > window.innerHeight) {
      heading.current?.scrollIntoView({ block: "start" });
    }
  }, []);
  useEffect(() => {
    if (isMoving) {
      heading.current?.focus();
    }
  }, [isMoving]);
  return (
    <section className={styles.panel} aria-labelledby="visit-heading">
      <header className={styles.top}>
        <h2 id="visit-heading" ref={heading} tabIndex={-1}>
          {data?.client.name ?? t`Visit`}
        </h2>
        <Button kind="quiet" aria-label={t`Close`} onClick={onClose}>
          <Icon name="close" />
        </Button>
      </header>
      <p>
        {whenOf(visit, week)} ({duration(visit.minutes)})
      </p>
      <Marks visit={visit} />
      {edits.error !== null && <ProblemPanel error={edits.error} />}
      <div className={styles.actions}>
        <Button
          kind={isOpen ? "primary" : "secondary"}
          aria-expanded={isMoving}
          onClick={() => onMove(!isMoving)}
        >
          {isOpen ? <Trans>Who can cover this?</Trans> : <Trans>Move to…</Trans>}
        </Button>
        {!isOpen && (
          <Button busy={edits.isPending} onClick={() => edits.toggleLock(visit)}>
            {visit.locked ? <Trans>Unlock</Trans> : <Trans>Lock</Trans>}
          </Button>
        )}
        {!isOpen && !visit.locked && (
          <Button busy={edits.isPending} onClick={() => edits.unassign(visit)}>
            <Trans>Take away</Trans>
          </Button>
        )}
      </div>
      {isMoving && (
        <Part title={<Trans>Who could make this visit</Trans>}>
          <Verdicts
            visit={visit}
            isBusy={edits.isPending}
            onAssign={(carers, start) => edits.assign(visit, carers, start)}
          />
        </Part>
      )}
      {isOpen && <Cover key={visit.id} visit={visit} week={week} />}
      {isPending && <Skeleton lines={5} />}
      {error !== null && <ProblemPanel error={error} onRetry={() => void refetch()} />}
      {data !== undefined && <Details visit={data} people={people} />}
    </section>
  );
}

function Marks({ visit }: { visit: BoardVisitOut }) {
  return (
    <p className={styles.marks}>
      {visit.state === "unallocated" && (
        <StatusChip status="uncovered">
          <Trans>Not covered</Trans>
        </StatusChip>
      )}
      {visit.priority === 1 && (
        <StatusChip status="at-risk">
          <Trans>Critical</Trans>
        </StatusChip>
      )}
      {visit.locked && (
        <StatusChip status="locked">
          <Trans>Locked</Trans>
        </StatusChip>
      )}
      {visit.changed !== null && (
        <StatusChip status="changed">
          <Trans>Changed since published</Trans>
        </StatusChip>
      )}
    </p>
  );
}

function Details({ visit, people }: { visit: VisitOut; people: readonly Person[] }) {
  const { t } = useLingui();
  const genders: Record<string, string> = { f: t`Female carers only`, m: t`Male carers only` };
  const needs = [
    visit.client.risk_class,
    ...visit.skills.map(({ name }) => name),
    ...[genders[visit.client.wanted_gender] ?? ""].filter(Boolean),
  ];
  return (
    <>
      {visit.open_reason !== null && visit.state === "unallocated" && (
        <Part title={<Trans>Why nobody has it</Trans>}>
          <ul className={styles.list}>
            {visit.open_reason.nearest.map((near) => (
              <li key={near.carer_id}>
                <strong>{near.name}</strong>: {near.message} {near.change}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {visit.carers.length > 0 && (
        <Part title={<Trans>Who comes, and why</Trans>}>
          <Why
            visitId={visit.id}
            start={visit.start ?? visit.target}
            carers={visit.carers}
            people={people}
          />
        </Part>
      )}
      <Part title={<Trans>What it needs</Trans>}>
        <p>{needs.join(", ")}</p>
        <p className={styles.quiet}>
          <Trans>
            Start between {clock(visit.earliest)} and {clock(visit.latest)}, best at{" "}
            {clock(visit.target)}.
          </Trans>
        </p>
        {visit.client.at_the_door !== "" && <p>{visit.client.at_the_door}</p>}
      </Part>
      {visit.tasks.length > 0 && (
        <Part title={<Trans>Tasks</Trans>}>
          <p>{visit.tasks.join(", ")}</p>
        </Part>
      )}
      {visit.history.length > 0 && (
        <Part title={<Trans>Who came in the last 28 days</Trans>}>
          <History visit={visit} />
        </Part>
      )}
    </>
  );
}

/** Each carer once, with how often and when last. */
function History({ visit }: { visit: VisitOut }) {
  const counts = new Map<number, { name: string; times: number; last: string }>();
  for (const past of visit.history) {
    const known = counts.get(past.carer_id);
    counts.set(past.carer_id, {
      name: past.name,
      times: (known?.times ?? 0) + 1,
      last: known?.last ?? past.on,
    });
  }
  const rows = [...counts].sort(([, a], [, b]) => b.times - a.times);
  return (
    <ul className={styles.list}>
      {rows.map(([id, { name, times, last }]) => (
        <li key={id}>
          {name}{" "}
          <span className={styles.quiet}>
            <Trans>
              {times} times, last on {shortDate(last)}
            </Trans>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Part({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.part}>
      <h3>{title}</h3>
      {children}
    </div>
  );
}
