import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import type { GroupProposalOut } from "@/api/generated/model";
import { useGetProposal } from "@/api/generated/rota/rota";
import { Card } from "@/components/card";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { StatusChip } from "@/components/status-chip";
import { count } from "@/lib/numbers";
import { Differences } from "../differences";
import { LentVisits } from "../lent-visits";
import { OpenVisits } from "../open-visits";
import styles from "../solver-run.module.css";
import groupStyles from "./group.module.css";

interface BranchProposalProps {
  proposal: GroupProposalOut;
  week: string;
  /** To where the branch's coordinator decides, and to its board. */
  links: ReactNode;
}

/** What a group run proposes for one branch; what it changes is fetched when it is opened. */
export function BranchProposal({ proposal, week, links }: BranchProposalProps) {
  const [isOpen, setOpen] = useState(false);
  const { branch_name: name, visits, unassigned, unassigned_before: before } = proposal;
  const heading = `branch-${proposal.branch_id}`;
  return (
    <Card aria-labelledby={heading}>
      <div className={styles.stack}>
        <div className={groupStyles.head}>
          <h3 id={heading}>{name}</h3>
          <Decided proposal={proposal} />
        </div>
        <p>
          <Trans>
            {count(visits - unassigned)} of {count(visits)} visits would have their carers; in the
            draft it was {count(visits - before)}.
          </Trans>{" "}
          {unassigned > 0 && (
            <Plural
              value={proposal.unassigned_critical}
              _0="No critical visit stays open."
              one="# critical visit stays open."
              other="# critical visits stay open."
            />
          )}
        </p>
        <div className={styles.actions}>{links}</div>
        <details className={styles.more} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>
            <Trans>What would change in {name}</Trans>
          </summary>
          {isOpen && <Changes proposalId={proposal.proposal_id} week={week} />}
        </details>
      </div>
    </Card>
  );
}

function Decided({ proposal: { state, stale } }: { proposal: GroupProposalOut }) {
  if (state === "accepted") {
    return (
      <StatusChip status="done">
        <Trans>accepted</Trans>
      </StatusChip>
    );
  }
  if (state === "rejected") {
    return (
      <StatusChip status="info">
        <Trans>rejected</Trans>
      </StatusChip>
    );
  }
  return stale ? (
    <StatusChip status="at-risk">
      <Trans>out of date: the week was changed since</Trans>
    </StatusChip>
  ) : (
    <StatusChip status="info">
      <Trans>to be decided</Trans>
    </StatusChip>
  );
}

function Changes({ proposalId, week }: { proposalId: number; week: string }) {
  const { t } = useLingui();
  const { data, error, refetch } = useGetProposal(proposalId);
  if (error !== null && data === undefined) {
    return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return <Skeleton lines={4} label={t`Loading the proposal`} />;
  }
  return (
    <div className={styles.stack}>
      {data.lent.length > 0 ? (
        <LentVisits visits={data.lent} week={week} />
      ) : (
        <p>
          <Trans>No carer of another branch would make a visit here.</Trans>
        </p>
      )}
      <OpenVisits visits={data.open_visits} week={week} />
      {data.differences.length > 0 ? (
        <Differences rows={data.differences} />
      ) : (
        <p>
          <Trans>Nobody's week would change.</Trans>
        </p>
      )}
    </div>
  );
}
