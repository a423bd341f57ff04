import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { PublicationPreviewOut } from "@/api/generated/model";
import { usePreviewPublication } from "@/api/generated/rota/rota";
import { Notice } from "@/components/notice";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { BrokenRules } from "./broken-rules";
import { Changes } from "./changes";
import { Publications } from "./publications";
import styles from "./publish.module.css";
import { PublishForm } from "./publish-form";

interface PublishProps {
  branchId: number;
  rotaId: number;
  week: string;
  /** Leads to the board, where what stands in the way is mended. */
  boardLink: ReactNode;
}

/** Publishing a week: who would be told what, what stands in the way, one button; then what went out. */
export function Publish({ branchId, rotaId, week, boardLink }: PublishProps) {
  const { t } = useLingui();
  const { data, error, refetch } = usePreviewPublication(rotaId, {
    // What others changed in the meantime must not go out unseen.
    query: { staleTime: 0 },
  });
  return (
    <div className={styles.stack}>
      {error !== null && data === undefined && (
        <ProblemPanel error={error} onRetry={() => void refetch()} />
      )}
      {error === null && data === undefined && (
        <Skeleton lines={8} label={t`Checking every rule of the week`} />
      )}
      {data !== undefined && (
        <Preview
          preview={data}
          branchId={branchId}
          rotaId={rotaId}
          week={week}
          boardLink={boardLink}
        />
      )}
      <Publications rotaId={rotaId} />
    </div>
  );
}

function Preview({
  preview,
  branchId,
  rotaId,
  week,
  boardLink,
}: PublishProps & { preview: PublicationPreviewOut }) {
  const isBlocked = preview.breaches.length > 0;
  const isNothing = preview.changes.length === 0;
  if (isNothing && !isBlocked && preview.next_number === 1) {
    return (
      <Notice
        status="at-risk"
        title={<Trans>There is nothing to publish yet.</Trans>}
        actions={boardLink}
      >
        <Trans>
          No visit of this week has a carer. Build the week and accept what is proposed, or give
          visits to carers on the board.
        </Trans>
      </Notice>
    );
  }
  if (isNothing && !isBlocked) {
    return (
      <Notice
        status="done"
        title={<Trans>Everything on the board has been published.</Trans>}
        actions={boardLink}
      >
        <Trans>Nobody would be told anything new.</Trans>
      </Notice>
    );
  }
  return (
    <>
      {isBlocked ? (
        <BrokenRules breaches={preview.breaches} week={week} boardLink={boardLink} />
      ) : (
        <PublishForm preview={preview} branchId={branchId} rotaId={rotaId} />
      )}
      <Changes changes={preview.changes} isFirst={preview.next_number === 1} />
    </>
  );
}
