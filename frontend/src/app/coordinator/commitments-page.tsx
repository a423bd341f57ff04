import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { buttonClass } from "@/components/button";
import { PageHeading } from "@/components/page-heading";
import { BranchCommitments } from "@/features/commitments/branch-commitments";
import { OpenWeek } from "@/features/commitments/open-week";
import { commitmentsSearchOf, commitmentsViewOf } from "@/features/commitments/view";
import { weekLabel } from "@/lib/time";
import { useBranchWeek } from "../office/use-place";
import { carerLink, clientLink } from "./links";
import styles from "./page.module.css";

/** What the branch owes in the week, and the step that makes visits of it. */
export function CommitmentsPage() {
  const { t } = useLingui();
  const { branch, week } = useBranchWeek();
  const search = useSearch({ from: "/shell/commitments" });
  const navigate = useNavigate({ from: "/commitments" });
  return (
    <div className={styles.page}>
      <PageHeading title={t`Commitments`}>
        {branch.name}, {weekLabel(week)}
      </PageHeading>
      <OpenWeek
        key={`${branch.id}/${week}`}
        branchId={branch.id}
        week={week}
        clientLink={clientLink}
        boardLink={
          <Link to="/board" className={buttonClass({ kind: "primary" })}>
            <Trans>Go to the week board</Trans>
          </Link>
        }
      />
      <BranchCommitments
        branchId={branch.id}
        week={week}
        view={commitmentsViewOf(search)}
        onView={(view) =>
          void navigate({
            search: { branch: branch.id, week, ...commitmentsSearchOf(view) },
            replace: true,
            resetScroll: false,
          })
        }
        clientLink={clientLink}
        carerLink={carerLink}
      />
    </div>
  );
}
