import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { BoardVisitOut, CandidateOut } from "@/api/generated/model";
import { useListVisitCandidates } from "@/api/generated/rota/rota";
import { Button } from "@/components/button";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { type Status, StatusChip } from "@/components/status-chip";
import { FORMAT_LOCALE } from "@/lib/i18n";
import { clock } from "@/lib/time";
import { startOf } from "./layout";
import styles from "./panel.module.css";

const points = new Intl.NumberFormat(FORMAT_LOCALE, {
  maximumFractionDigits: 0,
  signDisplay: "exceptZero",
});

const SHOWN_AT_FIRST = 8;
const STATUS: Record<CandidateOut["outcome"], Status> = {
  CAN: "done",
  CAN_IF: "at-risk",
  CANNOT: "locked",
};

interface VerdictsProps {
  visit: BoardVisitOut;
  isBusy: boolean;
  onAssign: (carers: readonly number[], start: number) => void;
}

/** Everybody who could make the visit, with a verdict and the rule that decides. */
export function Verdicts({ visit, isBusy, onAssign }: VerdictsProps) {
  const { data, error, isPending, refetch } = useListVisitCandidates(visit.id);
  const [chosen, setChosen] = useState<readonly CandidateOut[]>([]);
  const [isAll, setIsAll] = useState(false);
  if (isPending) {
    return <Skeleton lines={6} />;
  }
  if (error !== null) {
    return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  }
  const choose = (candidate: CandidateOut) => {
    const others = chosen.filter(({ carer_id }) => carer_id !== candidate.carer_id);
    const team = others.length === chosen.length ? [...chosen, candidate] : others;
    if (team.length < visit.carers_required) {
      setChosen(team);
      return;
    }
    setChosen([]);
    const start = team.find((one) => one.start !== null)?.start ?? startOf(visit);
    onAssign(
      team.map(({ carer_id }) => carer_id),
      start,
    );
  };
  const shown = isAll ? data : data.slice(0, SHOWN_AT_FIRST);
  return (
    <>
      {visit.carers_required > 1 && (
        <p role="status">
          <Plural
            value={visit.carers_required - chosen.length}
            one="Choose one more carer."
            other="Choose # carers, one after the other."
          />
        </p>
      )}
      <ul className="plain-list">
        {shown.map((candidate) => (
          <li key={candidate.carer_id} className={styles.candidate}>
            <Verdict candidate={candidate} visit={visit} />
            {candidate.outcome !== "CANNOT" && (
              <Button
                busy={isBusy}
                aria-pressed={
                  visit.carers_required > 1
                    ? chosen.some(({ carer_id }) => carer_id === candidate.carer_id)
                    : undefined
                }
                aria-label={candidate.name}
                onClick={() => choose(candidate)}
              >
                <Trans>Give</Trans>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {data.length > shown.length && (
        <Button kind="quiet" onClick={() => setIsAll(true)}>
          <Trans>Show all {data.length}</Trans>
        </Button>
      )}
    </>
  );
}

function Verdict({ candidate, visit }: { candidate: CandidateOut; visit: BoardVisitOut }) {
  const { t } = useLingui();
  const words = { CAN: t`Can`, CAN_IF: t`Can, if`, CANNOT: t`Cannot` };
  return (
    <div className={styles.verdict}>
      <strong>{candidate.name}</strong>{" "}
      <StatusChip status={STATUS[candidate.outcome]}>{words[candidate.outcome]}</StatusChip>
      <p className={styles.quiet}>
        {candidate.start !== null && candidate.start !== startOf(visit) && (
          <Trans>At {clock(candidate.start)}. </Trans>
        )}
        {candidate.message}
        {candidate.cost_change !== null && (
          <>
            {" "}
            <Trans>{points.format(candidate.cost_change)} points.</Trans>
          </>
        )}
      </p>
    </div>
  );
}
