import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import {
  getGetImportQueryKey,
  useApplyImport,
  useGetImport,
} from "@/api/generated/exchange/exchange";
import type { ImportOut } from "@/api/generated/model";
import { Button } from "@/components/button";
import { Notice } from "@/components/notice";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { clockAt, localDate, shortDate } from "@/lib/time";
import styles from "./import-export.module.css";
import { ImportProblems } from "./import-problems";

/** A file that was checked: what is wrong with it, or what it would do and the step that does it. */
export function CheckedImport({ importId }: { importId: number }) {
  const { t } = useLingui();
  const { data, error, refetch } = useGetImport(importId);
  if (error !== null && data === undefined) {
    return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return <Skeleton lines={4} label={t`Loading what was found`} />;
  }
  if (data.applied_at !== null) {
    return <Applied told={data} at={data.applied_at} />;
  }
  return data.problem_count > 0 ? <Refused told={data} /> : <Ready told={data} />;
}

function Refused({ told }: { told: ImportOut }) {
  return (
    <div className={styles.stack}>
      <Notice
        status="uncovered"
        live="status"
        title={
          <Plural
            value={told.problem_count}
            one="# problem in the file. Nothing has changed."
            other="# problems in the file. Nothing has changed."
          />
        }
      >
        <Trans>Mend the rows below in {told.file_name}, then check it again.</Trans>
      </Notice>
      <ImportProblems problems={told.problems} total={told.problem_count} />
    </div>
  );
}

function Ready({ told }: { told: ImportOut }) {
  const cache = useQueryClient();
  const apply = useApplyImport({
    mutation: {
      onSuccess: async (done) => {
        // Whatever was loaded may be about people that have changed now.
        await cache.invalidateQueries();
        cache.setQueryData(getGetImportQueryKey(told.id), done);
      },
    },
  });
  const changes = told.creates + told.updates + told.removes;
  return (
    <div className={styles.stack}>
      <Notice
        live="status"
        status={changes === 0 ? "done" : "info"}
        title={
          changes === 0 ? (
            <Trans>The file says what Roundtable knows already. There is nothing to take in.</Trans>
          ) : (
            <Trans>Nothing is wrong with {told.file_name}. This is what it would do:</Trans>
          )
        }
        actions={
          changes > 0 && (
            <Button
              kind="primary"
              busy={apply.isPending}
              onClick={() => apply.mutate({ importId: told.id })}
            >
              <Trans>Take it in</Trans>
            </Button>
          )
        }
      >
        <Counts told={told} />
      </Notice>
      {apply.error !== null && <ProblemPanel error={apply.error} />}
    </div>
  );
}

function Applied({ told, at }: { told: ImportOut; at: string }) {
  const [day, time] = [shortDate(localDate(at)), clockAt(at)];
  return (
    <Notice
      status="done"
      live="status"
      title={
        <Trans>
          {told.file_name} was taken in on {day} at {time}.
        </Trans>
      }
    >
      <Counts told={told} />
    </Notice>
  );
}

function Counts({ told }: { told: ImportOut }) {
  return (
    <ul className={styles.list}>
      <li>
        <Plural value={told.creates} one="# new row" other="# new rows" />
      </li>
      <li>
        <Plural value={told.updates} one="# changed row" other="# changed rows" />
      </li>
      <li>
        <Plural value={told.removes} one="# row that falls away" other="# rows that fall away" />
      </li>
      <li>
        <Plural value={told.unchanged} one="# row as before" other="# rows as before" />
      </li>
    </ul>
  );
}
