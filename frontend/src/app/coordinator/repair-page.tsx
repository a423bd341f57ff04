import { useLingui } from "@lingui/react/macro";
import { useSearch } from "@tanstack/react-router";
import { PageHeading } from "@/components/page-heading";
import { RepairPanel } from "@/features/solver-run/repair-panel";
import { weekLabel } from "@/lib/time";
import { useBranchWeek } from "../office/use-place";
import { AcceptedLinks } from "./accepted-links";
import styles from "./page.module.css";
import { WithRota } from "./with-rota";

/** Mending a published week when something has changed. */
export function RepairPage() {
  const { t } = useLingui();
  const { branch, week } = useBranchWeek();
  const { carer } = useSearch({ from: "/shell/repair" });
  return (
    <div className={styles.page}>
      <PageHeading title={t`Mend the week`}>
        {branch.name}, {weekLabel(week)}
      </PageHeading>
      <WithRota branchId={branch.id} week={week}>
        {(rotaId) => (
          <RepairPanel
            key={rotaId}
            rotaId={rotaId}
            week={week}
            {...(carer === undefined ? {} : { carerId: carer })}
            boardLink={<AcceptedLinks />}
          />
        )}
      </WithRota>
    </div>
  );
}
