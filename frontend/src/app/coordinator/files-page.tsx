import { useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { BranchOut } from "@/api/generated/model";
import { useListBranchWeeks } from "@/api/generated/rota/rota";
import { PageHeading } from "@/components/page-heading";
import { ExportFiles } from "@/features/import-export/export-files";
import { ImportFile } from "@/features/import-export/import-file";
import { usePlace } from "../office/use-place";
import styles from "./page.module.css";

/** Import and export; an administrator without a branch imports for the whole co-operative. */
export function FilesPage() {
  const { t } = useLingui();
  const { branch, week } = usePlace();
  const search = useSearch({ from: "/shell/files" });
  const navigate = useNavigate({ from: "/files" });
  return (
    <div className={styles.page}>
      <PageHeading title={t`Import and export`}>
        {branch?.name ?? t`The whole co-operative`}
      </PageHeading>
      <ImportFile
        branchId={branch?.id ?? null}
        importId={search.import ?? null}
        onChecked={(id) =>
          void navigate({ search: (before) => ({ ...before, import: id }), replace: true })
        }
      />
      {branch !== null && <Export branch={branch} week={week} />}
    </div>
  );
}

function Export({ branch, week }: { branch: BranchOut; week: string }) {
  const { data } = useListBranchWeeks(branch.id);
  const rotaId = data?.find((one) => one.week === week)?.rota_id ?? null;
  return <ExportFiles branchId={branch.id} branchName={branch.name} week={week} rotaId={rotaId} />;
}
