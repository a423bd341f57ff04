import { useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { PageHeading } from "@/components/page-heading";
import { CarerList } from "@/features/carers/carer-list";
import { useBranchWeek } from "../office/use-place";
import { carerLink } from "./links";
import styles from "./page.module.css";

/** The carers of the branch. */
export function CarersPage() {
  const { t } = useLingui();
  const { branch, week } = useBranchWeek();
  const { from } = useSearch({ from: "/shell/carers" });
  const navigate = useNavigate({ from: "/carers" });
  return (
    <div className={styles.page}>
      <PageHeading title={t`Carers`}>{branch.name}</PageHeading>
      <CarerList
        branchId={branch.id}
        offset={from ?? 0}
        onOffset={(offset) =>
          void navigate({
            search: { branch: branch.id, week, ...(offset > 0 && { from: offset }) },
          })
        }
        carerLink={carerLink}
      />
    </div>
  );
}
