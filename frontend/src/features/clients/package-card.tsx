import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { LineOut, PackageOut } from "@/api/generated/model";
import { Card } from "@/components/card";
import { type Column, DataTable } from "@/components/data-table";
import { weekdayName } from "@/lib/office-words";
import { clock, clockAt, duration, fullDate, localDate } from "@/lib/time";
import styles from "./clients.module.css";

/** One care package: who pays, its weekly visits and its pauses. */
export function PackageCard({ carePackage }: { carePackage: PackageOut }) {
  const { t } = useLingui();
  const id = `package-${carePackage.id}`;
  const lines = [...carePackage.lines].sort(
    (one, other) => one.weekday - other.weekday || one.target_minute - other.target_minute,
  );
  const columns: Column<LineOut>[] = [
    { key: "day", heading: t`Day`, cell: (row) => weekdayName(row.weekday) },
    { key: "time", heading: t`Time`, cell: (row) => clock(row.target_minute), numeric: true },
    {
      key: "window",
      heading: t`May start`,
      cell: (row) => `${clock(row.earliest_minute)} – ${clock(row.latest_minute)}`,
      numeric: true,
    },
    { key: "length", heading: t`Length`, cell: (row) => duration(row.minutes), numeric: true },
    { key: "carers", heading: t`Carers`, cell: (row) => row.carers_required, numeric: true },
    { key: "skills", heading: t`Skills`, cell: (row) => row.skills.join(", ") },
    { key: "tasks", heading: t`Tasks`, cell: (row) => row.tasks.join(", ") },
    { key: "weeks", heading: t`Weeks`, cell: (row) => <Cycle line={row} /> },
  ];
  return (
    <Card aria-labelledby={id}>
      <div className={styles.stack}>
        <h2 id={id}>
          <Trans>Package paid by {carePackage.funder.name}</Trans>
        </h2>
        <p>
          <Period from={carePackage.starts_on} before={carePackage.ends_before} />
        </p>
        <Pauses carePackage={carePackage} />
        <DataTable
          sentence={t`The visits of a week that are agreed.`}
          columns={columns}
          rows={lines}
          rowKey={(row) => row.id}
        />
      </div>
    </Card>
  );
}

function Period({ from, before }: { from: string; before: string | null }) {
  if (before === null) {
    return <Trans>Since {fullDate(from)}, with no end.</Trans>;
  }
  return (
    <Trans>
      From {fullDate(from)} until before {fullDate(before)}.
    </Trans>
  );
}

function Pauses({ carePackage }: { carePackage: PackageOut }) {
  if (carePackage.suspensions.length === 0) {
    return null;
  }
  return (
    <ul className={styles.list}>
      {carePackage.suspensions.map(({ id, starts_at, ends_at, reason }) => (
        <li key={id}>
          {ends_at === null ? (
            <Trans>Paused since {moment(starts_at)}:</Trans>
          ) : (
            <Trans>
              Paused from {moment(starts_at)} to {moment(ends_at)}:
            </Trans>
          )}{" "}
          {reason}
        </li>
      ))}
    </ul>
  );
}

function moment(at: string): string {
  return `${fullDate(localDate(at))} ${clockAt(at)}`;
}

function Cycle({ line }: { line: LineOut }) {
  if (line.cycle_weeks === 1) {
    return <Trans>every week</Trans>;
  }
  return (
    <Plural
      value={line.cycle_weeks}
      one="every week"
      two="every second week"
      other="every # weeks"
    />
  );
}
