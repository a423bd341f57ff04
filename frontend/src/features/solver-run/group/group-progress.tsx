import { plural, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { GroupRunOut, GroupStageOut } from "@/api/generated/model";
import { useCancelGroupRun } from "@/api/generated/rota/rota";
import { Card } from "@/components/card";
import { ProgressBar } from "@/components/progress-bar";
import { count } from "@/lib/numbers";
import { CostCurve } from "../cost-curve";
import { curvePoints } from "../curve";
import styles from "../solver-run.module.css";
import { StopRun } from "../stop-run";
import { isOpenRun } from "../use-run";
import { FocusedHeading } from "./focused-heading";
import { PartsTable } from "./parts-table";
import { Steps } from "./steps";
import { useTellGroupRun } from "./use-group-week";

interface GroupProgressProps {
  run: GroupRunOut;
  week: string;
  /** What had the focus has gone to make room for this. */
  takesFocus: boolean;
  onStopping: () => void;
}

/** A group run that goes on: which step, how far each branch is, and the ways to stop it. */
export function GroupProgress({ run, week, takesFocus, onStopping }: GroupProgressProps) {
  const tell = useTellGroupRun(week);
  const cancel = useCancelGroupRun({ mutation: { onSuccess: tell } });
  const isStopping = run.cancelled_at !== null;
  const stop = (keep: boolean) => {
    onStopping();
    cancel.mutate({ groupRunId: run.id, data: { keep_best: keep } });
  };
  const stage = run.stages[run.stage];
  const [done, all] = [workDone(run.stages), workInAll(run.stages)];
  const hasPlan = run.stages.some(({ parts }) =>
    parts.some(({ best_cost: cost }) => cost !== null),
  );
  return (
    <section className={styles.stack} aria-labelledby="group-progress">
      <FocusedHeading id="group-progress" takesFocus={takesFocus}>
        {isStopping ? (
          <Trans>Stopping</Trans>
        ) : (
          <Trans>The week of all branches is being built</Trans>
        )}
      </FocusedHeading>
      <Card>
        <div className={styles.stack}>
          <ProgressBar
            label={isStopping ? t`Stopping` : t`Building the week of all branches`}
            value={done === 0 ? null : done}
            max={all}
            text={progressWords(run, stage)}
          />
          <Steps run={run} />
          <Figures run={run} />
          <StopRun
            isStopping={isStopping}
            hasPlan={hasPlan}
            cancel={cancel}
            onStop={stop}
            untilThere={<Trans>There is something to keep once the first branch has a plan.</Trans>}
          />
        </div>
      </Card>
      {stage !== undefined && stage.parts.length > 0 && <PartsTable parts={stage.parts} />}
      {run.curve.length > 1 && (
        <Card>
          <CostCurve curve={run.curve} />
        </Card>
      )}
    </section>
  );
}

/** The best whole plan so far; before every branch has one there is none. */
function Figures({ run }: { run: GroupRunOut }) {
  const last = curvePoints(run.curve).at(-1);
  if (last === undefined) {
    return null;
  }
  return (
    <dl className={styles.figures}>
      <div>
        <dt>{t`visits without carers`}</dt>
        <dd>{count(last.unassigned)}</dd>
      </div>
      <div>
        <dt>{t`points, fewer is better`}</dt>
        <dd>{count(last.cost)}</dd>
      </div>
    </dl>
  );
}

/** Seconds of work that are behind: a part that has ended needs no more of its time. */
function workDone(stages: readonly GroupStageOut[]): number {
  return stages
    .flatMap(({ parts }) => parts)
    .reduce(
      (sum, part) =>
        sum + (isOpenRun(part) ? Math.min(part.elapsed_seconds, part.seconds) : part.seconds),
      0,
    );
}

function workInAll(stages: readonly GroupStageOut[]): number {
  return stages.reduce((sum, { seconds, total }) => sum + seconds * total, 0);
}

function progressWords(run: GroupRunOut, stage: GroupStageOut | undefined): string {
  const [step, steps] = [run.stage + 1, run.stages.length];
  const parts = [t`step ${step} of ${steps}`];
  if (stage !== undefined) {
    const [done, total] = [stage.done, stage.total];
    parts.push(t`${done} of ${total} done`);
    if (stage.parts.every(({ state }) => state === "queued")) {
      parts.push(t`waiting for a worker`);
    }
  }
  const last = curvePoints(run.curve).at(-1);
  if (last !== undefined) {
    parts.push(
      plural(last.unassigned, {
        one: "# visit without carers",
        other: "# visits without carers",
      }),
    );
  }
  return parts.join(", ");
}
