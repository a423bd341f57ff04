import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { getListRunsQueryKey, useGetBoard, useListRuns } from "@/api/generated/rota/rota";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { HappeningForm } from "./happening/happening-form";
import { RunWatch } from "./run-watch";
import styles from "./solver-run.module.css";
import { isOpenRun } from "./use-run";

interface RepairPanelProps {
  rotaId: number;
  week: string;
  /** The carer to begin with, when the page was reached from theirs. */
  carerId?: number;
  /** Leads to the board of the week; shown once a way was accepted. */
  boardLink: ReactNode;
}

/**
 * Mends a published week: say what has happened, watch, compare the ways, take one.
 *
 * The newest repair is shown, so that one which was left is found again.
 */
export function RepairPanel({ rotaId, week, carerId, boardLink }: RepairPanelProps) {
  const { t } = useLingui();
  const cache = useQueryClient();
  const board = useGetBoard(rotaId);
  const runs = useListRuns(rotaId);
  const error = board.error ?? runs.error;
  if (board.data === undefined || runs.data === undefined) {
    return error === null ? (
      <Skeleton lines={6} label={t`Loading the week`} />
    ) : (
      <ProblemPanel
        error={error}
        onRetry={() => void Promise.all([board.refetch(), runs.refetch()])}
      />
    );
  }
  const newest = runs.data.find(({ kind }) => kind === "repair");
  const refresh = () => void cache.invalidateQueries({ queryKey: getListRunsQueryKey(rotaId) });
  return (
    <div className={styles.stack}>
      {!runs.data.some(isOpenRun) && (
        <HappeningForm
          rotaId={rotaId}
          week={week}
          board={board.data}
          carerId={carerId}
          onStarted={refresh}
        />
      )}
      {newest !== undefined && (
        <RunWatch
          key={newest.id}
          runId={newest.id}
          week={week}
          boardLink={boardLink}
          onEnded={refresh}
        />
      )}
    </div>
  );
}
