import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useGetBranchCommitments } from "@/api/generated/commitments/commitments";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { CarersTable } from "./carers-table";
import styles from "./commitments.module.css";
import { Figures, Head } from "./figures";
import { FundersTable } from "./funders-table";
import { GapSum } from "./gap-sum";
import { PackagesTable } from "./packages-table";
import type { CommitmentsView } from "./view";

interface BranchCommitmentsProps {
  branchId: number;
  week: string;
  view: CommitmentsView;
  onView: (view: CommitmentsView) => void;
  /** Draws a name that leads to the client's own page. */
  clientLink: (clientId: number, name: string) => ReactNode;
  /** Draws a name that leads to the carer's own page. */
  carerLink: (carerId: number, name: string) => ReactNode;
}

/** What a branch owes its clients and its carers in a week; each figure opens to its rows. */
export function BranchCommitments({
  branchId,
  week,
  view,
  onView,
  clientLink,
  carerLink,
}: BranchCommitmentsProps) {
  const { t } = useLingui();
  const { data, error, refetch } = useGetBranchCommitments(branchId, { week });
  if (error !== null && data === undefined) {
    return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return <Skeleton lines={8} label={t`Adding up the week`} />;
  }
  return (
    <div className={styles.stack}>
      <Head figures={data} />
      <Figures
        figures={data}
        open={view.figure}
        onOpen={(figure) => onView({ figure, funder: null, from: 0 })}
      />
      {view.figure === "owed" && (
        <section className={styles.stack} aria-labelledby="owed-rows">
          <h2 id="owed-rows">
            <Trans>Owed to clients</Trans>
          </h2>
          <FundersTable
            funders={data.owed.by_funder}
            chosen={view.funder}
            onChoose={(funder) => onView({ ...view, funder, from: 0 })}
          />
          <PackagesTable
            branchId={branchId}
            week={week}
            funder={data.owed.by_funder.find((row) => row.funder_id === view.funder) ?? null}
            offset={view.from}
            onOffset={(from) => onView({ ...view, from })}
            clientLink={clientLink}
          />
        </section>
      )}
      {view.figure === "guaranteed" && (
        <section className={styles.stack} aria-labelledby="guaranteed-rows">
          <h2 id="guaranteed-rows">
            <Trans>Guaranteed to carers</Trans>
          </h2>
          <CarersTable branchId={branchId} week={week} carerLink={carerLink} />
        </section>
      )}
      {view.figure === "gap" && <GapSum figures={data} />}
    </div>
  );
}
