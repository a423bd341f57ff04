import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { ProposalOut } from "@/api/generated/model";
import { useGetProposal } from "@/api/generated/rota/rota";
import { Card } from "@/components/card";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { count } from "@/lib/numbers";
import { Decision } from "./decision";
import { Differences } from "./differences";
import { FiguresBeside } from "./figures-beside";
import { LentVisits } from "./lent-visits";
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
      <LentVisits visits={data.lent} week={week} />
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
