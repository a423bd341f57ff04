import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import {
  getListBranchWeeksQueryKey,
  getListRunsQueryKey,
  useListRuns,
} from "@/api/generated/rota/rota";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { RunWatch } from "./run-watch";
import styles from "./solver-run.module.css";
import { StartRun } from "./start-run";
import { isOpenRun } from "./use-run";

interface RunPanelProps {
  branchId: number;
  rotaId: number;
  week: string;
  /** Leads to the board of the week; shown once a proposal was accepted. */
  boardLink?: ReactNode;
}

/**
 * Builds a week: start a run, watch it, and decide on what it proposes.
 *
 * The newest run of the rota is shown, so that one which was left is found again.
 */
export function RunPanel({ branchId, rotaId, week, boardLink }: RunPanelProps) {
  const { t } = useLingui();
  const cache = useQueryClient();
  const { data, error, refetch } = useListRuns(rotaId);
  if (error !== null && data === undefined) {
    return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return <Skeleton lines={5} label={t`Looking for runs of this week`} />;
  }
  const refresh = () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: getListRunsQueryKey(rotaId) }),
      cache.invalidateQueries({ queryKey: getListBranchWeeksQueryKey(branchId) }),
    ]);
  const newest = data.find(({ kind }) => kind === "build" || kind === "part");
  // A repair holds the week as well.
  const isBusy = data.some(isOpenRun);
  return (
    <div className={styles.stack}>
      {!isBusy && (
        <StartRun rotaId={rotaId} isFirst={newest === undefined} onStarted={() => void refresh()} />
      )}
      {newest !== undefined && (
        <RunWatch
          key={newest.id}
          runId={newest.id}
          week={week}
          boardLink={boardLink}
          onEnded={() => void refresh()}
        />
      )}
      {newest === undefined && (
        <p>
          <Trans>Nobody has had this week built yet.</Trans>
        </p>
      )}
    </div>
  );
}
