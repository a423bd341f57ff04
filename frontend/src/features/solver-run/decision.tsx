import { Trans } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { ProposalOut } from "@/api/generated/model";
import {
  getGetBoardQueryKey,
  getGetProposalQueryKey,
  getListPublicationsQueryKey,
  getPreviewPublicationQueryKey,
  useAcceptProposal,
  useRejectProposal,
} from "@/api/generated/rota/rota";
import { Button } from "@/components/button";
import { Notice } from "@/components/notice";
import { ProblemPanel } from "@/components/problem-panel";
import { clockAt } from "@/lib/time";
import styles from "./solver-run.module.css";

interface DecisionProps {
  proposal: ProposalOut;
  boardLink: ReactNode;
  /** Called when it was decided: other proposals may have become out of date. */
  onDecided?: () => void;
}

/** Accept or reject a proposal; then, what was decided. */
export function Decision({ proposal, boardLink, onDecided }: DecisionProps) {
  const cache = useQueryClient();
  const { rota_id: rotaId, id: proposalId } = proposal;
  const settle = async (decided: ProposalOut) => {
    cache.setQueryData(getGetProposalQueryKey(proposalId), decided);
    onDecided?.();
    await Promise.all([
      cache.invalidateQueries({ queryKey: getGetBoardQueryKey(rotaId) }),
      cache.invalidateQueries({ queryKey: getPreviewPublicationQueryKey(rotaId) }),
      cache.invalidateQueries({ queryKey: getListPublicationsQueryKey(rotaId) }),
      // The counts of the weeks, of whatever branch.
      cache.invalidateQueries({
        predicate: ({ queryKey: [key] }) =>
          typeof key === "string" && /weeks|commitments/.test(key),
      }),
    ]);
  };
  // Refused means that it was decided or changed elsewhere: what is shown is out of date.
  const look = () => cache.invalidateQueries({ queryKey: getGetProposalQueryKey(proposalId) });
  const accept = useAcceptProposal({ mutation: { onSuccess: settle, onError: look } });
  const reject = useRejectProposal({ mutation: { onSuccess: settle, onError: look } });
  const isBusy = accept.isPending || reject.isPending;
  const error = accept.error ?? reject.error;
  if (proposal.state !== "open") {
    return <Decided proposal={proposal} boardLink={boardLink} />;
  }
  return (
    <>
      {proposal.stale && (
        <Notice
          status="at-risk"
          title={<Trans>The week has been changed since this was built.</Trans>}
        >
          <Trans>The proposal no longer fits. Reject it and build the week again.</Trans>
        </Notice>
      )}
      <div className={styles.actions}>
        <Button
          kind="primary"
          busy={isBusy}
          disabled={proposal.stale}
          onClick={() => accept.mutate({ proposalId })}
        >
          <Trans>Accept the proposal</Trans>
        </Button>
        <Button busy={isBusy} onClick={() => reject.mutate({ proposalId })}>
          <Trans>Reject it</Trans>
        </Button>
      </div>
      <p className={styles.quiet}>
        <Trans>Accepting changes the draft on the board. Carers hear of it when you publish.</Trans>
      </p>
      {error !== null && <ProblemPanel error={error} />}
    </>
  );
}

function Decided({ proposal, boardLink }: { proposal: ProposalOut; boardLink: ReactNode }) {
  const by = proposal.decided_by ?? "";
  const at = proposal.decided_at === null ? "" : clockAt(proposal.decided_at);
  if (proposal.state === "rejected") {
    return (
      <Notice
        live="status"
        title={<Trans>This proposal was rejected. The week is as it was.</Trans>}
      >
        <Trans>
          Rejected by {by} at {at}.
        </Trans>
      </Notice>
    );
  }
  return (
    <Notice
      status="done"
      live="status"
      title={<Trans>This proposal was accepted: the draft has these visits now.</Trans>}
      actions={boardLink}
    >
      <Trans>
        Accepted by {by} at {at}. Nobody has been told yet.
      </Trans>
    </Notice>
  );
}
