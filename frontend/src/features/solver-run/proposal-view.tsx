import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { ProposalOut } from "@/api/generated/model";
import {
  getGetBoardQueryKey,
  getGetProposalQueryKey,
  getListPublicationsQueryKey,
  getPreviewPublicationQueryKey,
  useAcceptProposal,
  useGetProposal,
  useRejectProposal,
} from "@/api/generated/rota/rota";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { Notice } from "@/components/notice";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { count } from "@/lib/numbers";
import { clockAt } from "@/lib/time";
import { Differences } from "./differences";
import { FiguresBeside } from "./figures-beside";
import { OpenVisits } from "./open-visits";
import styles from "./solver-run.module.css";

interface ProposalViewProps {
  proposalId: number;
  week: string;
  boardLink: ReactNode;
}

/** What a run proposes, beside the draft as it is; a person accepts or rejects it. */
export function ProposalView({ proposalId, week, boardLink }: ProposalViewProps) {
  const { t } = useLingui();
  const { data, error, refetch } = useGetProposal(proposalId);
  if (error !== null && data === undefined) {
    return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return <Skeleton lines={8} label={t`Loading the proposal`} />;
  }
  return (
    <section className={styles.stack} aria-labelledby="proposal">
      <Card>
        <div className={styles.stack}>
          <h2 id="proposal">
            <Trans>The proposal</Trans>
          </h2>
          <Answer proposal={data} />
          <Decision proposal={data} boardLink={boardLink} />
        </div>
      </Card>
      <FiguresBeside before={data.figures_before} after={data.figures} />
      <OpenVisits visits={data.open_visits} week={week} />
      <Differences rows={data.differences} />
    </section>
  );
}

/** The answer in words, before any figure. */
function Answer({ proposal: { figures, differences } }: { proposal: ProposalOut }) {
  const covered = count(figures.visits - figures.unassigned);
  const all = count(figures.visits);
  return (
    <p>
      <Trans>
        {covered} of {all} visits would have their carers.
      </Trans>{" "}
      {figures.unassigned > 0 && (
        <>
          <Plural value={figures.unassigned} one="# visit stays open" other="# visits stay open" />
          {", "}
          <Plural
            value={figures.unassigned_critical}
            _0="none of them critical."
            one="# of them critical."
            other="# of them critical."
          />{" "}
        </>
      )}
      <Plural
        value={differences.length}
        _0="Nobody's week would change."
        one="The week of # carer would change."
        other="The weeks of # carers would change."
      />
    </p>
  );
}

function Decision({ proposal, boardLink }: { proposal: ProposalOut; boardLink: ReactNode }) {
  const cache = useQueryClient();
  const { rota_id: rotaId, id: proposalId } = proposal;
  const settle = async (decided: ProposalOut) => {
    cache.setQueryData(getGetProposalQueryKey(proposalId), decided);
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
