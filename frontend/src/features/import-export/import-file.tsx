import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { getGetImportQueryKey, useCheckImport } from "@/api/generated/exchange/exchange";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { ProblemPanel } from "@/components/problem-panel";
import { TextField } from "@/components/text-field";
import { CheckedImport } from "./checked-import";
import styles from "./import-export.module.css";

interface ImportFileProps {
  /** The branch the file is for; null for the whole co-operative. */
  branchId: number | null;
  /** The file that was checked last, as the address names it. */
  importId: number | null;
  onChecked: (importId: number) => void;
}

/** Takes a file in two steps: first what it would do and what is wrong with it, then all or nothing. */
export function ImportFile({ branchId, importId, onChecked }: ImportFileProps) {
  const { t } = useLingui();
  const cache = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [isMissing, setMissing] = useState(false);
  const check = useCheckImport({
    mutation: {
      onSuccess: (told) => {
        cache.setQueryData(getGetImportQueryKey(told.id), told);
        onChecked(told.id);
      },
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setMissing(file === null);
    if (file !== null) {
      check.mutate({ data: { file, ...(branchId === null ? {} : { branch: branchId }) } });
    }
  };
  return (
    <section className={styles.stack} aria-labelledby="import">
      <Card>
        <form className={styles.stack} onSubmit={send} noValidate>
          <h2 id="import">
            <Trans>Take in a file</Trans>
          </h2>
          <p className={styles.prose}>
            <Trans>
              The file is checked first, and you see what it would change. Rows are known by their
              numbers, so the same file can be taken in again without harm.
            </Trans>
          </p>
          <TextField
            type="file"
            label={t`Workbook`}
            hint={t`An Excel workbook (.xlsx), or a .zip of CSV files, one for each sheet.`}
            accept=".xlsx,.zip"
            error={isMissing ? t`Choose a file first.` : null}
            onChange={(event) => setFile(event.target.files?.[0] ?? null)}
          />
          {check.error !== null && <ProblemPanel error={check.error} />}
          <div>
            <Button type="submit" kind="primary" busy={check.isPending}>
              <Trans>Check the file</Trans>
            </Button>
          </div>
        </form>
      </Card>
      {importId !== null && !check.isPending && (
        <CheckedImport key={importId} importId={importId} />
      )}
    </section>
  );
}
