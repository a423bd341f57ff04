import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useListBranchWeeks } from "@/api/generated/rota/rota";
import { buttonClass } from "@/components/button";
import { EmptyState } from "@/components/empty-state";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";

interface WithRotaProps {
  branchId: number;
  week: string;
  children: (rotaId: number) => ReactNode;
}

/** Draws what needs the rota of a week; says what to do while the week has none. */
export function WithRota({ branchId, week, children }: WithRotaProps) {
  const { data, error, refetch } = useListBranchWeeks(branchId);
  if (error !== null && data === undefined) {
    return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return <Skeleton lines={8} />;
  }
  const rotaId = data.find((one) => one.week === week)?.rota_id ?? null;
  if (rotaId === null) {
    return (
      <EmptyState
        title={<Trans>This week has not been opened.</Trans>}
        action={
          <Link to="/commitments" className={buttonClass({ kind: "primary" })}>
            <Trans>Go to the commitments</Trans>
          </Link>
        }
      >
        <Trans>It gets its visits when you open it on the page of its commitments.</Trans>
      </EmptyState>
    );
  }
  return children(rotaId);
}
