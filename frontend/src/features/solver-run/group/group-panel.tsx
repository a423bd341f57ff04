import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import type { GroupWeekOut } from "@/api/generated/model";
import { EmptyState } from "@/components/empty-state";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { ApiProblem } from "@/lib/api-problem";
import { CurveAfterwards } from "../curve-afterwards";
import styles from "../solver-run.module.css";
import { isOpenRun } from "../use-run";
import { GroupEnd } from "./group-end";
import { GroupProgress } from "./group-progress";
import { GroupProposals } from "./group-proposals";
import { StartGroup } from "./start-group";
import { useGroupWeek } from "./use-group-week";

interface GroupPanelProps {
  week: string;
  /** Leads to where a branch opens the week. */
  openLink: (branchId: number, name: string) => ReactNode;
  /** Lead to where a branch's coordinator decides, and to its board. */
  branchLinks: (branchId: number, name: string) => ReactNode;
}

/**
 * Builds the week of all branches together: start, watch, stop; then what each branch is to decide.
 *
 * The newest run of the week is shown, so that one which was left is found again.
 */
export function GroupPanel({ week, openLink, branchLinks }: GroupPanelProps) {
  const { t } = useLingui();
  const { data, error, refetch } = useGroupWeek(week);
  if (error instanceof ApiProblem && error.status === 404) {
    return (
      <EmptyState title={<Trans>This page is for whoever plans the rota of every branch.</Trans>}>
        <Trans>You plan some of the branches, and build the week of each by itself.</Trans>
      </EmptyState>
    );
  }
  if (error !== null && data === undefined) {
    return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return <Skeleton lines={6} label={t`Looking for the week of all branches`} />;
  }
  return (
    <div className={styles.stack}>
      {error !== null && <ProblemPanel error={error} onRetry={() => void refetch()} />}
      <Week found={data} week={week} openLink={openLink} branchLinks={branchLinks} />
    </div>
  );
}

function Week({ found, week, openLink, branchLinks }: GroupPanelProps & { found: GroupWeekOut }) {
  // Whoever pressed something here goes on where it led; whoever only looks is left alone.
  const [hasActed, setActed] = useState(false);
  const { run, branches } = found;
  const act = () => setActed(true);
  if (run !== null && isOpenRun(run)) {
    return <GroupProgress run={run} week={week} takesFocus={hasActed} onStopping={act} />;
  }
  const withProposal = new Set(run?.proposals.map(({ branch_id: id }) => id));
  const without = branches.filter(
    ({ branch_id: id, rota_id: rota }) => rota !== null && !withProposal.has(id),
  );
  return (
    <>
      <StartGroup
        week={week}
        branches={branches}
        isFirst={run === null}
        onStarted={act}
        openLink={openLink}
      />
      {run === null ? (
        <p>
          <Trans>Nobody has had this week built for all branches yet.</Trans>
        </p>
      ) : (
        <>
          <GroupEnd run={run} without={without.map(({ branch_name: name }) => name)} />
          {run.proposals.length > 0 && (
            <GroupProposals run={run} week={week} takesFocus={hasActed} branchLinks={branchLinks} />
          )}
          <CurveAfterwards curve={run.curve} />
        </>
      )}
    </>
  );
}
