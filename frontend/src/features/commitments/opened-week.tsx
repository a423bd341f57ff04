import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type {
  DroppedOut,
  OpenedWeekOut,
  PackageDifferenceOut,
  UnplannedOut,
  WhatEnum,
} from "@/api/generated/model";
import { type Column, DataTable } from "@/components/data-table";
import { Notice } from "@/components/notice";
import { count } from "@/lib/numbers";
import { clock, duration, shortDate } from "@/lib/time";
import styles from "./commitments.module.css";

interface OpenedWeekProps {
  opened: OpenedWeekOut;
  clientLink: (clientId: number, name: string) => ReactNode;
}

/** What opening a week did, and what a person has to look at. */
export function OpenedWeek({ opened, clientLink }: OpenedWeekProps) {
  const { created, updated, removed, unchanged } = opened;
  const nothing = created + updated + removed === 0;
  return (
    <>
      <Notice
        status="done"
        live="status"
        title={
          nothing ? (
            <Trans>The week is as its packages say; nothing has changed.</Trans>
          ) : (
            <Trans>The week has its visits.</Trans>
          )
        }
      >
        <ul className={styles.counts}>
          <li>
            <Plural value={created} one="# visit is new" other="# visits are new" />
          </li>
          <li>
            <Plural value={updated} one="# visit was changed" other="# visits were changed" />
          </li>
          <li>
            <Plural value={removed} one="# visit was taken out" other="# visits were taken out" />
          </li>
          <li>
            <Plural value={unchanged} one="# visit stayed" other="# visits stayed" />
          </li>
        </ul>
      </Notice>
      <Unplanned rows={opened.problems} clientLink={clientLink} />
      <Dropped rows={opened.dropped} />
      <Differences rows={opened.differences} />
    </>
  );
}

function Unplanned({
  rows,
  clientLink,
}: {
  rows: readonly UnplannedOut[];
  clientLink: OpenedWeekProps["clientLink"];
}) {
  const { t } = useLingui();
  if (rows.length === 0) {
    return null;
  }
  const columns: Column<UnplannedOut>[] = [
    {
      key: "client",
      heading: t`Client`,
      cell: (row) => clientLink(row.client_id, row.client_name),
    },
    { key: "visits", heading: t`Visits left out`, cell: (row) => count(row.visits), numeric: true },
  ];
  return (
    <Notice
      status="uncovered"
      title={
        <Plural
          value={rows.length}
          one="The address of # client is not confirmed, so the visits are not in the week."
          other="The addresses of # clients are not confirmed, so their visits are not in the week."
        />
      }
    >
      <DataTable
        sentence={t`Have the place on the map confirmed, then open the week again.`}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.client_id}
      />
    </Notice>
  );
}

function Dropped({ rows }: { rows: readonly DroppedOut[] }) {
  const { t } = useLingui();
  if (rows.length === 0) {
    return null;
  }
  const columns: Column<DroppedOut>[] = [
    { key: "client", heading: t`Client`, cell: (row) => row.client_name },
    { key: "on", heading: t`Day`, cell: (row) => shortDate(row.on) },
    { key: "carers", heading: t`Was given to`, cell: (row) => row.carer_names.join(", ") },
    {
      key: "locked",
      heading: t`Locked`,
      cell: (row) => (row.was_locked ? t`was locked` : ""),
    },
  ];
  return (
    <DataTable
      sentence={t`These visits no longer fit their carers after the change, and need new ones.`}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.visit_id}
    />
  );
}

function Differences({ rows }: { rows: readonly PackageDifferenceOut[] }) {
  const { t } = useLingui();
  if (rows.length === 0) {
    return null;
  }
  const columns: Column<PackageDifferenceOut>[] = [
    { key: "client", heading: t`Client`, cell: (row) => row.client_name },
    { key: "on", heading: t`Day`, cell: (row) => shortDate(row.on) },
    { key: "what", heading: t`What is different`, cell: (row) => <What what={row.what} /> },
    { key: "published", heading: t`Published`, cell: (row) => <Needs needs={row.published} /> },
    { key: "package", heading: t`Package now`, cell: (row) => <Needs needs={row.package} /> },
  ];
  return (
    <DataTable
      sentence={t`These visits were published before their package changed. They stay as published until you change them on the board.`}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.visit_id}
    />
  );
}

function What({ what }: { what: WhatEnum }) {
  switch (what) {
    case "needs":
      return <Trans>time, length or carers</Trans>;
    case "client_away":
      return <Trans>the client is away</Trans>;
    case "ended":
      return <Trans>the package has ended</Trans>;
    case "pin":
      return <Trans>the address is not confirmed</Trans>;
  }
}

function Needs({ needs }: { needs: PackageDifferenceOut["package"] }) {
  if (needs === null) {
    return <Trans>no visit</Trans>;
  }
  return (
    <>
      {clock(needs.target_minute)}, {duration(needs.minutes)},{" "}
      <Plural value={needs.carers_required} one="# carer" other="# carers" />
    </>
  );
}
