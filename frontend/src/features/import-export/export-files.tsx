import { Trans } from "@lingui/react/macro";
import { getExportBranchUrl } from "@/api/generated/exchange/exchange";
import { getDownloadRotaProblemUrl } from "@/api/generated/rota/rota";
import { buttonClass } from "@/components/button";
import { Card } from "@/components/card";
import { weekLabel } from "@/lib/time";
import styles from "./import-export.module.css";

interface ExportFilesProps {
  branchId: number;
  branchName: string;
  week: string;
  /** The week's rota; null while the week has not been opened. */
  rotaId: number | null;
}

/** The branch and its week as files. */
export function ExportFiles({ branchId, branchName, week, rotaId }: ExportFilesProps) {
  return (
    <Card aria-labelledby="export">
      <div className={styles.stack}>
        <h2 id="export">
          <Trans>Take a file out</Trans>
        </h2>
        <p className={styles.prose}>
          <Trans>
            Everything about {branchName}: carers, availability, clients, packages and familiar
            carers. The files hold health data; keep them where only the office can read them.
          </Trans>
        </p>
        <div className={styles.actions}>
          <a
            href={getExportBranchUrl(branchId, { format: "xlsx" })}
            download
            className={buttonClass()}
          >
            <Trans>Workbook (.xlsx)</Trans>
          </a>
          <a
            href={getExportBranchUrl(branchId, { format: "csv" })}
            download
            className={buttonClass()}
          >
            <Trans>CSV files (.zip)</Trans>
          </a>
        </div>
        {rotaId !== null && (
          <>
            <p className={styles.prose}>
              <Trans>
                The week {weekLabel(week)} as a problem for a rota solver. It has no names, but it
                shows where people live.
              </Trans>
            </p>
            <div className={styles.actions}>
              <a href={getDownloadRotaProblemUrl(rotaId)} download className={buttonClass()}>
                <Trans>Rota problem (.json)</Trans>
              </a>
            </div>
          </>
        )}
      </div>
    </Card>
  );
}
