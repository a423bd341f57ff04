import { Plural, Trans } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { GroupRunOut } from "@/api/generated/model";
import { useAcceptGroupRun } from "@/api/generated/rota/rota";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { ProblemPanel } from "@/components/problem-panel";
import { count } from "@/lib/numbers";
import styles from "../solver-run.module.css";
import { BranchProposal } from "./branch-proposal";
import { FocusedHeading } from "./focused-heading";
import groupStyles from "./group.module.css";
import { useTellGroupRun } from "./use-group-week";

interface GroupProposalsProps {
  run: GroupRunOut;
  week: string;
  takesFocus: boolean;
  branchLinks: (branchId: number, name: string) => ReactNode;
}

/** What a group run proposes: the answer in words, then branch by branch. */
export function GroupProposals({ run, week, takesFocus, branchLinks }: GroupProposalsProps) {
  const { proposals } = run;
  const all = proposals.reduce((sum, { visits }) => sum + visits, 0);
  const open = proposals.reduce((sum, { unassigned }) => sum + unassigned, 0);
  const critical = proposals.reduce((sum, row) => sum + row.unassigned_critical, 0);
  return (
    <section className={styles.stack} aria-labelledby="group-proposals">
      <Card>
        <div className={styles.stack}>
          <FocusedHeading id="group-proposals" takesFocus={takesFocus}>
            <Trans>What is proposed</Trans>
          </FocusedHeading>
          <p>
            <Trans>
              {count(all - open)} of {count(all)} visits would have their carers.
            </Trans>{" "}
            {open > 0 && (
              <>
                <Plural value={open} one="# visit stays open" other="# visits stay open" />
                {", "}
                <Plural
                  value={critical}
                  _0="none of them critical."
                  one="# of them critical."
                  other="# of them critical."
                />
              </>
            )}
          </p>
          <AcceptAll run={run} week={week} />
        </div>
      </Card>
      <ul className={groupStyles.branches}>
        {proposals.map((row) => (
          <li key={row.proposal_id}>
            <BranchProposal
              proposal={row}
              week={week}
              links={branchLinks(row.branch_id, row.branch_name)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Accepts for every branch at once, while every proposal can still be accepted. */
function AcceptAll({ run, week }: { run: GroupRunOut; week: string }) {
  const cache = useQueryClient();
  const tell = useTellGroupRun(week);
  // Drafts, boards and counts of whatever branch have changed; refused, they had changed before.
  const lookAgain = () =>
    cache.invalidateQueries({
      predicate: ({ queryKey: [key] }) =>
        typeof key === "string" && /rotas|weeks|commitments|proposals/.test(key),
    });
  const { mutate, isPending, error } = useAcceptGroupRun({
    mutation: { onSuccess: tell, onSettled: lookAgain },
  });
  const { proposals } = run;
  if (proposals.every(({ state }) => state !== "open")) {
    return (
      <p>
        <Trans>Every branch has decided.</Trans>
      </p>
    );
  }
  const isPossible = proposals.every(({ state, stale }) => state !== "rejected" && !stale);
  return (
    <>
      <div className={styles.actions}>
        <Button
          kind="primary"
          busy={isPending}
          disabled={!isPossible}
          onClick={() => mutate({ groupRunId: run.id })}
        >
          <Trans>Accept for all branches</Trans>
        </Button>
      </div>
      <p className={styles.quiet}>
        {isPossible ? (
          <Trans>
            All of it or nothing: it changes the draft of every branch. Carers hear of it when each
            branch publishes. Or each branch decides by itself.
          </Trans>
        ) : (
          <Trans>
            One branch has rejected its proposal or changed its week since, so that the others can
            only decide one by one.
          </Trans>
        )}
      </p>
      {error !== null && <ProblemPanel error={error} />}
    </>
  );
}
