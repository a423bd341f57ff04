import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { CarerChangesOut, ToldVisitOut } from "@/api/generated/model";
import { type Column, DataTable } from "@/components/data-table";
import { count } from "@/lib/numbers";
import { clock, shortDate } from "@/lib/time";
import styles from "./publish.module.css";

interface ChangesProps {
  changes: readonly CarerChangesOut[];
  /** Nothing has gone out for this week before, so that everything is new. */
  isFirst: boolean;
}

/** Who would be told what, by carer's name; each opens to the visits. */
export function Changes({ changes, isFirst }: ChangesProps) {
  const { t } = useLingui();
  const columns: Column<CarerChangesOut>[] = [
    { key: "name", heading: t`Carer`, cell: (row) => row.name },
    { key: "added", heading: t`New visits`, cell: (row) => count(row.added.length), numeric: true },
    {
      key: "removed",
      heading: t`Visits taken away`,
      cell: (row) => count(row.removed.length),
      numeric: true,
    },
    { key: "moved", heading: t`Other time`, cell: (row) => count(row.moved.length), numeric: true },
    { key: "visits", heading: t`Which`, cell: (row) => <Visits changes={row} /> },
  ];
  return (
    <DataTable
      sentence={
        isFirst
          ? t`Who will be told what. Nothing has gone out for this week before.`
          : t`Who will be told what, beside what they know from the last publication.`
      }
      columns={columns}
      rows={changes}
      rowKey={(row) => row.carer_id}
    />
  );
}

function Visits({ changes: { added, removed, moved } }: { changes: CarerChangesOut }) {
  return (
    <details className={styles.visits}>
      <summary>
        <Plural
          value={added.length + removed.length + moved.length}
          one="# visit"
          other="# visits"
        />
      </summary>
      <ul className="plain-list">
        {moved.map(({ before, after }) => (
          <li key={after.visit_id}>
            <Trans>
              moved: {visitWords(before)} to {whenWords(after)}
            </Trans>
          </li>
        ))}
        {removed.map((visit) => (
          <li key={visit.visit_id}>
            <Trans>taken away: {visitWords(visit)}</Trans>
          </li>
        ))}
        {added.map((visit) => (
          <li key={visit.visit_id}>
            <Trans>new: {visitWords(visit)}</Trans>
          </li>
        ))}
      </ul>
    </details>
  );
}

function whenWords({ on, start_minute }: ToldVisitOut): string {
  return `${shortDate(on)} ${clock(start_minute)}`;
}

function visitWords(visit: ToldVisitOut): string {
  return `${visit.client_name}, ${whenWords(visit)}`;
}
