import { Trans, useLingui } from "@lingui/react/macro";
import { useGetControlHistory } from "@/api/generated/membership/membership";
import { DataTable } from "@/components/data-table";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { fullDate } from "@/lib/time";
import styles from "./control.module.css";
import { share, verdictWords } from "./words";

const NEEDED_BP = 5_100;

interface ControlHistoryProps {
  entity?: number | undefined;
  asAt: string;
}

/** How the votes of workers and users developed until a day: a picture, and the table behind it. */
export function ControlHistory({ entity, asAt }: ControlHistoryProps) {
  const { t } = useLingui();
  const answer = useGetControlHistory({ as_at: asAt, ...(entity && { entity }) });

  if (answer.isError) {
    return <ProblemPanel error={answer.error} onRetry={() => answer.refetch()} />;
  }
  if (answer.data === undefined) {
    return <Skeleton lines={4} label={t`Looking back`} />;
  }
  const points = answer.data;
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) {
    return (
      <p>
        <Trans>Nothing is recorded before this day.</Trans>
      </p>
    );
  }
  const from = fullDate(first.as_at);
  const to = fullDate(last.as_at);
  return (
    <div className={styles.part}>
      <p>
        <Trans>
          Votes of workers and users from {from} to {to}. The dashed line is the 51% that are
          needed.
        </Trans>
      </p>
      <div className={styles.years} aria-hidden="true">
        <span className={styles.needed} style={{ insetBlockEnd: `${NEEDED_BP / 100}%` }} />
        {points.map((point) => (
          <span
            key={point.as_at}
            className={styles.year}
            style={{ height: `${(point.inside_votes_bp ?? 0) / 100}%` }}
          />
        ))}
      </div>
      <div className={`${styles.ends} ${styles.quiet}`} aria-hidden="true">
        <span>{from}</span>
        <span>{to}</span>
      </div>
      <details className={styles.table}>
        <summary>
          <Trans>The same as a table</Trans>
        </summary>
        <DataTable
          sentence={<Trans>Votes and board seats of workers and users, and the verdict.</Trans>}
          columns={[
            { key: "day", heading: t`Day`, cell: (point) => fullDate(point.as_at) },
            {
              key: "votes",
              heading: t`Votes`,
              cell: (point) => share(point.inside_votes_bp),
              numeric: true,
            },
            {
              key: "board",
              heading: t`Board`,
              cell: (point) => share(point.inside_board_bp),
              numeric: true,
            },
            {
              key: "verdict",
              heading: t`Verdict`,
              cell: (point) => verdictWords(point.verdict).title,
            },
          ]}
          rows={points}
          rowKey={(point) => point.as_at}
        />
      </details>
    </div>
  );
}
