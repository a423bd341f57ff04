import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import {
  getListBranchWeeksQueryKey,
  useListBranchWeeks,
  useOpenWeek,
} from "@/api/generated/rota/rota";
import { Button, buttonClass } from "@/components/button";
import { EmptyState } from "@/components/empty-state";
import { PageHeading } from "@/components/page-heading";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { Board } from "@/features/board/board";
import { searchOf, viewOf } from "@/features/board/view";
import { weekLabel } from "@/lib/time";
import { useBranchWeek } from "../office/use-place";
import styles from "./page.module.css";

/** The week board of the branch and week in the address. */
export function BoardPage() {
  const { t } = useLingui();
  const { branch, week } = useBranchWeek();
  const search = useSearch({ from: "/shell/board" });
  const navigate = useNavigate({ from: "/board" });
  const { data, error, isPending, refetch } = useListBranchWeeks(branch.id);
  const rotaId = data?.find((one) => one.week === week)?.rota_id ?? null;
  return (
    <>
      <div className={styles.top}>
        <PageHeading title={t`Week board`}>
          {branch.name}, {weekLabel(week)}
        </PageHeading>
        {rotaId !== null && (
          <p className={styles.links}>
            <Link to="/repair" className={buttonClass()}>
              <Trans>Mend the week</Trans>
            </Link>
            <Link to="/what-if" className={buttonClass({ kind: "quiet" })}>
              <Trans>What if …?</Trans>
            </Link>
          </p>
        )}
      </div>
      {isPending && <Skeleton lines={10} />}
      {error !== null && data === undefined && (
        <ProblemPanel error={error} onRetry={() => void refetch()} />
      )}
      {data !== undefined && rotaId === null && <NotOpened branchId={branch.id} week={week} />}
      {rotaId !== null && (
        <Board
          key={rotaId}
          rotaId={rotaId}
          view={viewOf(search)}
          onView={(view) =>
            void navigate({
              search: ({ branch: place, week: monday }) => ({
                ...(place === undefined ? {} : { branch: place }),
                ...(monday === undefined ? {} : { week: monday }),
                ...searchOf(view),
              }),
              replace: true,
            })
          }
        />
      )}
    </>
  );
}

/** A week of which no visits exist yet. */
function NotOpened({ branchId, week }: { branchId: number; week: string }) {
  const cache = useQueryClient();
  const { mutate, isPending, error } = useOpenWeek({
    mutation: {
      onSuccess: () => cache.invalidateQueries({ queryKey: getListBranchWeeksQueryKey(branchId) }),
    },
  });
  return (
    <EmptyState
      title={<Trans>This week has not been opened.</Trans>}
      action={
        <>
          {error !== null && <ProblemPanel error={error} />}
          <Button kind="primary" busy={isPending} onClick={() => mutate({ branchId, week })}>
            <Trans>Open the week</Trans>
          </Button>
        </>
      }
    >
      <Trans>Opening it turns the clients' packages into dated visits.</Trans>
    </EmptyState>
  );
}
