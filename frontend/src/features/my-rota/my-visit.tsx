import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { MyVisitOut } from "@/api/generated/model";
import { useGetMyVisit } from "@/api/generated/rota/rota";
import { AsOf } from "@/components/as-of";
import { buttonClass } from "@/components/button";
import { Card } from "@/components/card";
import { Icon } from "@/components/icon";
import { Notice } from "@/components/notice";
import { PageHeading } from "@/components/page-heading";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { ApiProblem } from "@/lib/api-problem";
import { clock, duration, longDate, mondayOf } from "@/lib/time";
import { KeySafe } from "./key-safe";
import styles from "./my-visit.module.css";
import { useNow } from "./use-now";

/** Everything a carer needs at the door of one visit. */
export function MyVisit({ visitId }: { visitId: number }) {
  const { t } = useLingui();
  const { data, error, isPending, isError, dataUpdatedAt, refetch } = useGetMyVisit(visitId);
  // Hidden again once the time for seeing the client is over, even from the phone's store.
  const isHidden = error instanceof ApiProblem && error.status === 404;
  const shown = isHidden ? undefined : data;
  return (
    <>
      <PageHeading title={shown?.client_name ?? t`Visit`} />
      <div className={styles.page}>
        {isPending && <Skeleton lines={6} />}
        {isHidden && <OutsideItsTime />}
        {isError && !isHidden && shown === undefined && (
          <ProblemPanel error={error} onRetry={() => void refetch()} />
        )}
        {isError && shown !== undefined && <AsOf moment={dataUpdatedAt} />}
        {shown !== undefined && <Details visit={shown} />}
        <Link
          href={shown === undefined ? "/week" : `/weeks/${mondayOf(shown.on)}`}
          className={buttonClass({ large: true })}
        >
          <Icon name="left" />
          <Trans>Back to the week</Trans>
        </Link>
      </div>
    </>
  );
}

function OutsideItsTime() {
  return (
    <Notice title={<Trans>You can see this visit close to its time.</Trans>}>
      <Trans>
        To protect people's privacy, a client's details open two days before your visit and close a
        day after. If you need something now, ring the office.
      </Trans>
    </Notice>
  );
}

function Details({ visit }: { visit: MyVisitOut }) {
  const now = useNow();
  return (
    <>
      <Card>
        <p className={styles.time}>
          {clock(visit.start_minute)} – {clock(visit.start_minute + visit.minutes)}
        </p>
        <p>
          {longDate(visit.on)}, {duration(visit.minutes)}
        </p>
        <p className={styles.address}>
          {visit.address}
          <br />
          {visit.postcode}
        </p>
      </Card>
      {visit.carers.length > 0 && (
        <Part id="who" title={<Trans>Who else comes</Trans>}>
          <p>{visit.carers.join(", ")}</p>
        </Part>
      )}
      {visit.at_the_door !== "" && (
        <Part id="door" title={<Trans>At the door</Trans>}>
          <p className={styles.text}>{visit.at_the_door}</p>
        </Part>
      )}
      {visit.key_safe_available_from !== null && visit.key_safe_available_until !== null && (
        <Part id="key-safe" title={<Trans>Key safe</Trans>}>
          <KeySafe
            visitId={visit.visit_id}
            opensAt={visit.key_safe_available_from}
            closesAt={visit.key_safe_available_until}
            now={now}
          />
        </Part>
      )}
      {visit.tasks.length > 0 && (
        <Part id="tasks" title={<Trans>What to do</Trans>}>
          <List items={visit.tasks} />
        </Part>
      )}
      {visit.skills.length > 0 && (
        <Part id="skills" title={<Trans>Needed for this visit</Trans>}>
          <List items={visit.skills} />
        </Part>
      )}
    </>
  );
}

function Part({ id, title, children }: { id: string; title: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

function List({ items }: { items: readonly string[] }) {
  return (
    <ul className={styles.list}>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}
