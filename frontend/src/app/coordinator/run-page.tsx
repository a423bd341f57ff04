import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { PageHeading } from "@/components/page-heading";
import { RunPanel } from "@/features/solver-run/run-panel";
import { weekLabel } from "@/lib/time";
import { useBranchWeek } from "../office/use-place";
import { AcceptedLinks } from "./accepted-links";
import { GroupLink } from "./group-link";
import styles from "./page.module.css";
import { WithRota } from "./with-rota";

/** Building the week: start, watch, decide. */
export function RunPage() {
  const { t } = useLingui();
  const { branch, week } = useBranchWeek();
  return (
    <div className={styles.page}>
      <PageHeading title={t`Build the week`}>
        {branch.name}, {weekLabel(week)}
      </PageHeading>
      <div className={styles.links}>
        <Link to="/what-if">
          <Trans>What if the rules were others, or there were more carers?</Trans>
        </Link>
        <GroupLink />
      </div>
      <WithRota branchId={branch.id} week={week}>
        {(rotaId) => (
          <RunPanel
            key={rotaId}
            branchId={branch.id}
            rotaId={rotaId}
            week={week}
            boardLink={<AcceptedLinks />}
          />
        )}
      </WithRota>
    </div>
  );
}
