import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQueries, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { ProposalOut, RunOut } from "@/api/generated/model";
import { getGetProposalQueryKey, getGetProposalQueryOptions } from "@/api/generated/rota/rota";
import { LawWarnings } from "@/components/law-warnings";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { clockAt, localDate, shortDate } from "@/lib/time";
import { changeWords } from "./change-words";
import { Decision } from "./decision";
import { Differences } from "./differences";
import { mannerWords } from "./manner-words";
import { OpenVisits } from "./open-visits";
import { PhoneList } from "./phone-list";
import styles from "./repair.module.css";
import { type Way, WayCard } from "./way-card";

interface AlternativesProps {
  run: RunOut;
  week: string;
  boardLink: ReactNode;
}

/** The ways to mend a week side by side; one is looked at more closely, and may be accepted. */
export function Alternatives({ run, week, boardLink }: AlternativesProps) {
  const { t } = useLingui();
  const cache = useQueryClient();
  const { proposal_ids: proposalIds, asked_by: by } = run;
  const [chosen, setChosen] = useState<number | null>(null);
  const answers = useQueries({
    queries: proposalIds.map((id) => getGetProposalQueryOptions(id)),
  });
  const error = answers.find((answer) => answer.error !== null)?.error ?? null;
  const ways = answers.flatMap(({ data }) => (data !== undefined && isWay(data) ? [data] : []));
  const shown =
    ways.find(({ id }) => id === chosen) ??
    ways.find(({ state }) => state === "accepted") ??
    ways[0];
  if (error !== null) {
    const again = () => void Promise.all(answers.map((answer) => answer.refetch()));
    return <ProblemPanel error={error} onRetry={again} />;
  }
  if (shown === undefined || ways.length < proposalIds.length) {
    return <Skeleton lines={8} label={t`Loading the ways`} />;
  }
  const isTaken = ways.some(({ state }) => state === "accepted");
  const lookAgain = () => {
    for (const id of proposalIds.filter((other) => other !== shown.id)) {
      void cache.invalidateQueries({ queryKey: getGetProposalQueryKey(id) });
    }
  };
  return (
    <section className={styles.stack} aria-labelledby="ways">
      <h2 id="ways">
        <Plural
          value={ways.length}
          one="One way to mend the week"
          other="# ways to mend the week"
        />
      </h2>
      <p>
        {changeWords(run.happened)}{" "}
        <Trans>
          Written down by {by ?? ""} on {shortDate(localDate(run.asked_at))} at{" "}
          {clockAt(run.asked_at)}.
        </Trans>
      </p>
      <ul className={styles.ways}>
        {ways.map((way) => (
          <li key={way.id}>
            <WayCard
              way={way}
              ways={ways}
              isShown={way.id === shown.id}
              onLook={() => setChosen(way.id)}
            />
          </li>
        ))}
      </ul>
      <section className={styles.stack} aria-labelledby="way" aria-live="polite">
        <h3 id="way">{mannerWords(shown.repair.stands_for)}</h3>
        {isTaken && shown.state === "open" ? (
          <p>
            <Trans>Another way was taken.</Trans>
          </p>
        ) : (
          <Decision key={shown.id} proposal={shown} boardLink={boardLink} onDecided={lookAgain} />
        )}
        <LawWarnings warnings={shown.repair.law_warnings} />
        <PhoneList key={`phone-${shown.id}`} calls={shown.repair.calls} />
        <OpenVisits visits={shown.open_visits} week={week} />
        <Differences rows={shown.differences} />
      </section>
    </section>
  );
}

function isWay(proposal: ProposalOut): proposal is Way {
  return proposal.repair !== null;
}
