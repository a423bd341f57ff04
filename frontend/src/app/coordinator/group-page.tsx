import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { buttonClass } from "@/components/button";
import { PageHeading } from "@/components/page-heading";
import { GroupPanel } from "@/features/solver-run/group/group-panel";
import { weekLabel } from "@/lib/time";
import { usePlace } from "../office/use-place";
import styles from "./page.module.css";

/** Building the week of all branches together. */
export function GroupPage() {
  const { t } = useLingui();
  const { week } = usePlace();
  return (
    <div className={styles.page}>
      <PageHeading title={t`Build the week of all branches`}>
        {weekLabel(week)}. <Trans>Another week is chosen at the top of the page.</Trans>
      </PageHeading>
      <p>
        <Link to="/run">
          <Trans>Build one branch by itself</Trans>
        </Link>
      </p>
      <GroupPanel
        key={week}
        week={week}
        openLink={(branch, name) => (
          <Link to="/commitments" search={{ branch, week }}>
            <Trans>Open the week of {name}</Trans>
          </Link>
        )}
        branchLinks={(branch, name) => (
          <>
            <Link to="/run" search={{ branch, week }} className={buttonClass()}>
              <Trans>Decide in {name}</Trans>
            </Link>
            <Link to="/board" search={{ branch, week }} className={buttonClass({ kind: "quiet" })}>
              <Trans>Week board of {name}</Trans>
            </Link>
          </>
        )}
      />
    </div>
  );
}
