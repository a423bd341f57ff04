import { useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { PageHeading } from "@/components/page-heading";
import { ClientList } from "@/features/clients/client-list";
import { useBranchWeek } from "../office/use-place";
import { clientLink } from "./links";
import styles from "./page.module.css";

/** The clients of the branch. */
export function ClientsPage() {
  const { t } = useLingui();
  const { branch, week } = useBranchWeek();
  const { from } = useSearch({ from: "/shell/clients" });
  const navigate = useNavigate({ from: "/clients" });
  return (
    <div className={styles.page}>
      <PageHeading title={t`Clients`}>{branch.name}</PageHeading>
      <ClientList
        branchId={branch.id}
        offset={from ?? 0}
        onOffset={(offset) =>
          void navigate({
            search: { branch: branch.id, week, ...(offset > 0 && { from: offset }) },
          })
        }
        clientLink={clientLink}
      />
    </div>
  );
}
