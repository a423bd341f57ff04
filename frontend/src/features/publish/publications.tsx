import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { CarerChangeCountsOut, PublicationOut } from "@/api/generated/model";
import { useListPublications } from "@/api/generated/rota/rota";
import { Card } from "@/components/card";
import { type Column, DataTable } from "@/components/data-table";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { count, percent } from "@/lib/numbers";
import { clockAt, fullDate, localDate, shortDate } from "@/lib/time";
import styles from "./publish.module.css";

/** What has gone out for a week, the last first. */
export function Publications({ rotaId }: { rotaId: number }) {
  const { t } = useLingui();
  const { data, error, refetch } = useListPublications(rotaId);
  return (
    <section className={styles.stack} aria-labelledby="publications">
      <h2 id="publications">
        <Trans>What has gone out</Trans>
      </h2>
      {error !== null && data === undefined && (
        <ProblemPanel error={error} onRetry={() => void refetch()} />
      )}
      {error === null && data === undefined && (
        <Skeleton lines={3} label={t`Loading publications`} />
      )}
      {data?.length === 0 && (
        <p>
          <Trans>Nothing yet: carers do not see this week.</Trans>
        </p>
      )}
      {data?.map((one) => (
        <PublicationCard key={one.number} publication={one} />
      ))}
    </section>
  );
}

function PublicationCard({ publication }: { publication: PublicationOut }) {
  const { number, published_at: at, published_by: by, figures, note } = publication;
  const [day, time] = [shortDate(localDate(at)), clockAt(at)];
  const id = `publication-${number}`;
  return (
    <Card aria-labelledby={id}>
      <div className={styles.stack}>
        <h3 id={id}>
          {by === null ? (
            <Trans>
              Publication {number}, {day} at {time}
            </Trans>
          ) : (
            <Trans>
              Publication {number}, {day} at {time} by {by}
            </Trans>
          )}
        </h3>
        <p>
          <Plural value={publication.carers_affected} one="# carer" other="# carers" />,{" "}
          <Plural value={publication.clients_affected} one="# client" other="# clients" />;{" "}
          <Trans>{percent(figures.covered_percent)} of the visits covered,</Trans>{" "}
          <Plural
            value={figures.unassigned}
            _0="none left open."
            one="# left open."
            other="# left open."
          />
        </p>
        {note !== "" && (
          <p>
            <Trans>Note: {note}</Trans>
          </p>
        )}
        <Versions versions={publication.rule_versions} vote={publication.vote} />
        <Told changes={publication.changes} />
      </div>
    </Card>
  );
}

interface VersionsProps {
  versions: PublicationOut["rule_versions"];
  vote: PublicationOut["vote"];
}

function Versions({ versions, vote }: VersionsProps) {
  if (vote !== null) {
    return (
      <p className={styles.quiet}>
        <a href={`/rota-policy#policy-${vote.number}`}>
          <Trans>
            Made by policy {vote.number}, voted {fullDate(vote.voted_on)}: see the vote
          </Trans>
        </a>
      </p>
    );
  }
  const policy = versions.rota_policy;
  return policy === undefined ? null : (
    <p className={styles.quiet}>
      <Trans>Made under version {policy} of the members' rota policy.</Trans>
    </p>
  );
}

function Told({ changes }: { changes: readonly CarerChangeCountsOut[] }) {
  const { t } = useLingui();
  if (changes.length === 0) {
    return null;
  }
  const columns: Column<CarerChangeCountsOut>[] = [
    { key: "name", heading: t`Carer`, cell: (row) => row.name },
    { key: "added", heading: t`New visits`, cell: (row) => count(row.added), numeric: true },
    {
      key: "removed",
      heading: t`Visits taken away`,
      cell: (row) => count(row.removed),
      numeric: true,
    },
    { key: "moved", heading: t`Other time`, cell: (row) => count(row.moved), numeric: true },
  ];
  return (
    <details className={styles.visits}>
      <summary>
        <Trans>Who was told what</Trans>
      </summary>
      <DataTable
        sentence={t`Changes beside the publication before.`}
        columns={columns}
        rows={changes}
        rowKey={(row) => row.carer_id}
      />
    </details>
  );
}
