import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useGetControlStatement } from "@/api/generated/membership/membership";
import type { ControlStatementOut } from "@/api/generated/model";
import { EmptyState } from "@/components/empty-state";
import { Notice } from "@/components/notice";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { ApiProblem } from "@/lib/api-problem";
import { count } from "@/lib/numbers";
import styles from "./control.module.css";
import { className, flagWords, share, verdictWords } from "./words";

interface ControlStatementProps {
  /** The body it is about; the co-operative itself when absent. */
  entity?: number | undefined;
  asAt: string;
}

/** Who controlled a body on a day: the answer in words, the picture, and what to look out for. */
export function ControlStatement({ entity, asAt }: ControlStatementProps) {
  const { t } = useLingui();
  const answer = useGetControlStatement({ as_at: asAt, ...(entity && { entity }) });

  if (answer.isError) {
    if (answer.error instanceof ApiProblem && answer.error.status === 404) {
      return (
        <EmptyState title={<Trans>Nobody has recorded yet what we are.</Trans>}>
          <Trans>
            Once our legal form and our members are recorded, it says here who controls us.
          </Trans>
        </EmptyState>
      );
    }
    return <ProblemPanel error={answer.error} onRetry={() => answer.refetch()} />;
  }
  if (answer.data === undefined) {
    return <Skeleton lines={6} label={t`Counting votes and seats`} />;
  }
  return (
    <div className={styles.stack}>
      <Verdict statement={answer.data} />
      <Votes statement={answer.data} />
      <Board statement={answer.data} />
      <LookOut statement={answer.data} />
    </div>
  );
}

function Verdict({ statement }: { statement: ControlStatementOut }) {
  const { status, title, meaning } = verdictWords(statement.verdict);
  const votes = share(statement.inside_votes_bp);
  const board = share(statement.inside_board_bp);
  return (
    <Notice status={status} title={title} live="status">
      <p>{meaning}</p>
      <p>
        <Trans>Votes of workers and users: {votes}; 51% are needed.</Trans>
      </p>
      <p>
        <Trans>Their seats on the board: {board}; more than half are needed.</Trans>
      </p>
    </Notice>
  );
}

function Side({ inside }: { inside: boolean }) {
  return (
    <span className={styles.quiet}>
      {inside ? <Trans>worker or user</Trans> : <Trans>from outside</Trans>}
    </span>
  );
}

function Votes({ statement }: { statement: ControlStatementOut }) {
  const { votes, steps } = statement;
  return (
    <section className={styles.part} aria-labelledby="control-votes">
      <h2 id="control-votes">
        <Trans>Votes in the general meeting</Trans>
      </h2>
      {votes.length === 0 ? (
        <p>
          <Trans>No votes are recorded for this day.</Trans>
        </p>
      ) : (
        <>
          <div className={styles.bar} aria-hidden="true">
            {votes.map((row) => (
              <span
                key={`${row.kind} ${row.holder}`}
                className={row.is_inside ? styles.inside : styles.outside}
                style={{ flex: `${row.votes} 0 0` }}
              />
            ))}
          </div>
          <ul className={styles.list}>
            {votes.map((row) => (
              <li key={`${row.kind} ${row.holder}`} className={styles.row}>
                <span>{row.holder === "" ? className(row.kind) : row.holder}</span>
                <Side inside={row.is_inside} />
                <span className={styles.figure}>{share(row.share_bp)}</span>
                <span className={styles.quiet}>
                  <Plural value={row.votes} one="# vote" other={`${count(row.votes)} votes`} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {steps.length > 0 && (
        <ul className={styles.list}>
          {steps.map((step) => (
            <li key={`${step.level} ${step.holder}`}>
              <Trans>
                {step.holder} is itself controlled by workers and users to {share(step.inside_bp)},
                and counts as theirs to that part.
              </Trans>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Board({ statement }: { statement: ControlStatementOut }) {
  const { board } = statement;
  return (
    <section className={styles.part} aria-labelledby="control-board">
      <h2 id="control-board">
        <Trans>Seats on the board</Trans>
      </h2>
      {board.length === 0 ? (
        <p>
          <Trans>No seats are recorded for this day.</Trans>
        </p>
      ) : (
        <>
          <div className={styles.seats} aria-hidden="true">
            {board.flatMap((row) =>
              Array.from({ length: row.seats }, (_, seat) => (
                <span
                  // biome-ignore lint/suspicious/noArrayIndexKey: seats of a class are alike
                  key={`${row.kind} ${seat}`}
                  className={`${styles.seat} ${row.is_inside ? styles.inside : styles.outside}`}
                />
              )),
            )}
          </div>
          <ul className={styles.list}>
            {board.map((row) => (
              <li key={row.kind} className={styles.row}>
                <span>{className(row.kind)}</span>
                <Side inside={row.is_inside} />
                <span className={styles.figure}>
                  <Plural value={row.seats} one="# seat" other="# seats" />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function LookOut({ statement }: { statement: ControlStatementOut }) {
  const { flags, covenants } = statement;
  return (
    <section className={styles.part} aria-labelledby="control-flags">
      <h2 id="control-flags">
        <Trans>What to look out for</Trans>
      </h2>
      {flags.length === 0 ? (
        <p>
          <Trans>Nothing on this day.</Trans>
        </p>
      ) : (
        <ul className={styles.list}>
          {flags.map((flag) => (
            <li key={`${flag.code} ${flag.subject} ${flag.detail}`}>
              <Notice status="at-risk" title={flagWords(flag)} />
            </li>
          ))}
        </ul>
      )}
      {covenants.length > 0 && (
        <>
          <h3>
            <Trans>Promises in force</Trans>
          </h3>
          <ul className={styles.list}>
            {covenants.map((covenant) => (
              <li key={covenant.text} className={styles.row}>
                <span>{covenant.text}</span>
                <span className={styles.quiet}>
                  {covenant.is_kept === null ? (
                    <Trans>no figure shows it</Trans>
                  ) : covenant.is_kept ? (
                    <Trans>kept</Trans>
                  ) : (
                    <Trans>broken</Trans>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
