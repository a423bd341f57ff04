import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useEffect, useRef } from "react";
import type { RunOut } from "@/api/generated/model";
import { Card } from "@/components/card";
import { Notice } from "@/components/notice";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { TravelSource } from "@/components/travel-source";
import { clockAt } from "@/lib/time";
import { Alternatives } from "./alternatives";
import { CostCurve } from "./cost-curve";
import { CurveAfterwards } from "./curve-afterwards";
import { ProposalView } from "./proposal-view";
import { RunProgress } from "./run-progress";
import styles from "./solver-run.module.css";
import { isOpenRun, useRun } from "./use-run";

interface RunWatchProps {
  runId: number;
  week: string;
  boardLink: ReactNode;
  /** Called once, when a run that was watched has ended. */
  onEnded: () => void;
}

/** One run: its progress while it goes on, then what it proposes or why it does not. */
export function RunWatch({ runId, week, boardLink, onEnded }: RunWatchProps) {
  const { t } = useLingui();
  const { data: run, error, refetch } = useRun(runId);
  const wasOpen = useRef(false);
  const isOpen = run !== undefined && isOpenRun(run);

  useEffect(() => {
    if (isOpen) {
      wasOpen.current = true;
    } else if (run !== undefined && wasOpen.current) {
      wasOpen.current = false;
      onEnded();
    }
  }, [isOpen, run, onEnded]);

  if (run === undefined) {
    return error === null ? (
      <Skeleton lines={4} label={t`Loading the run`} />
    ) : (
      <ProblemPanel error={error} onRetry={() => void refetch()} />
    );
  }
  return (
    <div className={styles.stack}>
      {isOpen ? <RunProgress run={run} /> : <RunEnd run={run} />}
      <TravelSource travel={run.travel} />
      {isOpen && run.curve.length > 1 && (
        <Card>
          <CostCurve curve={run.curve} />
        </Card>
      )}
      {run.proposal_id !== null && run.kind === "repair" && (
        <Alternatives run={run} week={week} boardLink={boardLink} />
      )}
      {run.proposal_id !== null && run.kind !== "repair" && (
        <ProposalView proposalId={run.proposal_id} week={week} boardLink={boardLink} />
      )}
      {!isOpen && <CurveAfterwards curve={run.curve} />}
    </div>
  );
}

/** How a run ended; nothing for the ordinary end, where the proposal speaks. */
function RunEnd({ run }: { run: RunOut }) {
  if (run.state === "failed") {
    return (
      <Notice
        status="uncovered"
        live="alert"
        title={
          run.kind === "repair" ? (
            <Trans>The run failed. What you wrote down is kept; no way was found.</Trans>
          ) : (
            <Trans>The run failed. The week is as it was.</Trans>
          )
        }
      >
        <p>
          {run.kind === "repair" ? (
            <Trans>Look for ways again. If it fails again, tell whoever runs Roundtable:</Trans>
          ) : (
            <Trans>Build the week again. If it fails again, tell whoever runs Roundtable:</Trans>
          )}{" "}
          {run.last_error}
        </p>
      </Notice>
    );
  }
  if (run.state === "cancelled" && run.proposal_id === null) {
    const by = run.cancelled_by ?? "";
    return (
      <Notice
        title={
          run.kind === "repair" ? (
            <Trans>The run was stopped. What you wrote down is kept; nothing is mended yet.</Trans>
          ) : (
            <Trans>The run was stopped and dropped. The week is as it was.</Trans>
          )
        }
      >
        {run.cancelled_at !== null && (
          <p>
            <Trans>
              Stopped by {by} at {clockAt(run.cancelled_at)}.
            </Trans>
          </p>
        )}
      </Notice>
    );
  }
  return null;
}
