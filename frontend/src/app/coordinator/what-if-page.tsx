import { useLingui } from "@lingui/react/macro";
import { PageHeading } from "@/components/page-heading";
import { WhatIf } from "@/features/what-if/what-if";
import { weekLabel } from "@/lib/time";
import { useBranchWeek } from "../office/use-place";
import styles from "./page.module.css";
import { WithRota } from "./with-rota";

/** A week as it might be: other rules, or more carers. */
export function WhatIfPage() {
  const { t } = useLingui();
  const { branch, week } = useBranchWeek();
  return (
    <div className={styles.page}>
      <PageHeading title={t`What if`}>
        {branch.name}, {weekLabel(week)}
      </PageHeading>
      <WithRota branchId={branch.id} week={week}>
        {(rotaId) => <WhatIf key={rotaId} rotaId={rotaId} branchName={branch.name} week={week} />}
      </WithRota>
    </div>
  );
}
