import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { buttonClass } from "@/components/button";
import { PageHeading } from "@/components/page-heading";
import { Publish } from "@/features/publish/publish";
import { weekLabel } from "@/lib/time";
import { useBranchWeek } from "../office/use-place";
import styles from "./page.module.css";
import { WithRota } from "./with-rota";

/** Publishing the week: who is told what. */
export function PublishPage() {
  const { t } = useLingui();
  const { branch, week } = useBranchWeek();
  return (
    <div className={styles.page}>
      <PageHeading title={t`Publish`}>
        {branch.name}, {weekLabel(week)}
      </PageHeading>
      <WithRota branchId={branch.id} week={week}>
        {(rotaId) => (
          <Publish
            key={rotaId}
            branchId={branch.id}
            rotaId={rotaId}
            week={week}
            boardLink={
              <Link to="/board" className={buttonClass()}>
                <Trans>Go to the week board</Trans>
              </Link>
            }
          />
        )}
      </WithRota>
    </div>
  );
}
