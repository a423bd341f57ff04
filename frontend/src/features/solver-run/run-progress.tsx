import { plural, t } from "@lingui/core/macro";
import { useQueryClient } from "@tanstack/react-query";
import type { RunOut } from "@/api/generated/model";
import { getGetRunQueryKey, useCancelRun } from "@/api/generated/rota/rota";
import { Card } from "@/components/card";
import { ProgressBar } from "@/components/progress-bar";
import { count, percentAtMost } from "@/lib/numbers";
import styles from "./solver-run.module.css";
import { stageWords } from "./stage-words";
import { StopRun } from "./stop-run";
import { useElapsed } from "./use-elapsed";

/** A run that is waiting or working, and the ways to stop it. */
export function RunProgress({ run }: { run: RunOut }) {
  const cache = useQueryClient();
  const elapsed = useElapsed(run);
  const cancel = useCancelRun({
    mutation: {
      onSuccess: (told) => cache.setQueryData(getGetRunQueryKey(run.id), told),
    },
  });
  const isStopping = run.cancelled_at !== null;
  const stop = (keep: boolean) => cancel.mutate({ runId: run.id, data: { keep_best: keep } });
  return (
    <Card>
      <div className={styles.stack}>
        <ProgressBar
          label={labelOf(run, isStopping)}
          value={run.state === "queued" ? null : elapsed}
          max={run.seconds}
          text={progressWords(run, elapsed)}
        />
        <Figures run={run} />
        <StopRun
          isStopping={isStopping}
          hasPlan={run.best_cost !== null}
          cancel={cancel}
          onStop={stop}
        />
      </div>
    </Card>
  );
}

function labelOf(run: RunOut, isStopping: boolean): string {
  if (isStopping) {
    return t`Stopping`;
  }
  return run.kind === "repair" ? t`Looking for ways to mend the week` : t`Building the week`;
}

function Figures({ run }: { run: RunOut }) {
  if (run.unassigned === null || run.best_cost === null) {
    return null;
  }
  return (
    <dl className={styles.figures}>
      <div>
        <dt>{t`visits without carers`}</dt>
        <dd>{count(run.unassigned)}</dd>
      </div>
      {run.figures !== null && (
        <div>
          <dt>{t`of them critical`}</dt>
          <dd>{count(run.figures.unassigned_critical)}</dd>
        </div>
      )}
      <div>
        <dt>{t`points, fewer is better`}</dt>
        <dd>{count(run.best_cost)}</dd>
      </div>
      {typeof run.figures?.gap === "number" && (
        <div>
          <dt>{t`from the best possible, at most`}</dt>
          <dd>{percentAtMost(run.figures.gap)}</dd>
        </div>
      )}
    </dl>
  );
}

function progressWords(run: RunOut, elapsed: number): string {
  const parts = [stageWords(run)];
  if (run.state === "running") {
    const [now, most] = [Math.round(elapsed), run.seconds];
    parts.push(t`${now} of ${most} seconds`);
  }
  if (run.unassigned !== null) {
    parts.push(
      plural(run.unassigned, {
        one: "# visit without carers",
        other: "# visits without carers",
      }),
    );
  }
  return parts.join(", ");
}
