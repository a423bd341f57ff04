import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { OpenVisitOut } from "@/api/generated/model";
import { type Column, DataTable } from "@/components/data-table";
import { StatusChip } from "@/components/status-chip";
import { reasonWords } from "@/lib/office-rules";
import { addDays, clock, duration, shortDate } from "@/lib/time";
import styles from "./solver-run.module.css";

/** Visits that stay open: why, who is nearest, and what would make it possible. */
export function OpenVisits({ visits, week }: { visits: readonly OpenVisitOut[]; week: string }) {
  const { t } = useLingui();
  if (visits.length === 0) {
    return null;
  }
  const sorted = [...visits].sort(
    (one, other) =>
      one.priority - other.priority || one.day - other.day || one.target - other.target,
  );
  const columns: Column<OpenVisitOut>[] = [
    { key: "client", heading: t`Client`, cell: (row) => <Client visit={row} /> },
    { key: "when", heading: t`When`, cell: (row) => <When visit={row} week={week} /> },
    { key: "why", heading: t`Why nobody can`, cell: (row) => <Reasons visit={row} /> },
    { key: "nearest", heading: t`Nearest carers`, cell: (row) => <Nearest visit={row} /> },
  ];
  return (
    <DataTable
      sentence={t`Visits that would stay without carers, the most pressing first.`}
      columns={columns}
      rows={sorted}
      rowKey={(row) => row.visit_id}
    />
  );
}

function Client({ visit }: { visit: OpenVisitOut }) {
  return (
    <>
      {visit.client_name}
      {visit.priority === 1 && (
        <>
          {" "}
          <StatusChip status="uncovered">
            <Trans>critical</Trans>
          </StatusChip>
        </>
      )}
    </>
  );
}

function When({ visit, week }: { visit: OpenVisitOut; week: string }) {
  return (
    <>
      {shortDate(addDays(week, visit.day))}, {clock(visit.target)}, {duration(visit.minutes)}
      {visit.carers_required > 1 && (
        <>
          {", "}
          <Plural value={visit.carers_required} one="# carer" other="# carers" />
        </>
      )}
    </>
  );
}

function Reasons({ visit }: { visit: OpenVisitOut }) {
  const most = [...visit.reasons].sort((one, other) => other.count - one.count);
  return (
    <ul className="plain-list">
      {most.map(({ code, count }) => (
        <li key={code}>
          <Plural value={count} one="# carer" other="# carers" />: {reasonWords(code)}
        </li>
      ))}
    </ul>
  );
}

function Nearest({ visit }: { visit: OpenVisitOut }) {
  return (
    <ul className={styles.nearest}>
      {visit.nearest.map(({ carer_id, name, message, change }) => (
        <li key={carer_id}>
          <strong>{name}</strong>: {message} {change}
        </li>
      ))}
    </ul>
  );
}
