import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { InsteadOut, VisitCarerOut } from "@/api/generated/model";
import { useExplainVisit } from "@/api/generated/rota/rota";
import { ProblemPanel } from "@/components/problem-panel";
import { SelectField } from "@/components/select-field";
import { Skeleton } from "@/components/skeleton";
import { carerReasonWords, differenceWords, faultWords } from "@/lib/office-rules";
import { clock } from "@/lib/time";
import styles from "./panel.module.css";

const REASONS_SHOWN = 3;
const DIFFERENCES_SHOWN = 3;

/** Somebody of the week, to be asked about. */
export interface Person {
  id: number;
  name: string;
}

interface WhyProps {
  visitId: number;
  start: number;
  carers: readonly VisitCarerOut[];
  people: readonly Person[];
}

/** Who makes a visit and why, what the next best would change, and why not a carer of one's choice. */
export function Why({ visitId, start, carers, people }: WhyProps) {
  const { t } = useLingui();
  const [asked, setAsked] = useState("");
  const others = people.filter(({ id }) => carers.every(({ carer_id }) => carer_id !== id));
  return (
    <>
      <ul className={styles.list}>
        {carers.map((carer) => (
          <li key={carer.carer_id}>
            <strong>{carer.name}</strong>
            {carer.reasons.length > 0 && (
              <>: {carer.reasons.slice(0, REASONS_SHOWN).map(carerReasonWords).join(", ")}</>
            )}
          </li>
        ))}
      </ul>
      <NextBest visitId={visitId} start={start} isTeam={carers.length > 1} />
      <SelectField
        label={t`Why not …?`}
        value={asked}
        options={[
          { value: "", label: t`Choose a carer` },
          ...others.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        onChoose={setAsked}
      />
      {asked !== "" && (
        <Asked visitId={visitId} start={start} carerId={Number(asked)} isTeam={carers.length > 1} />
      )}
    </>
  );
}

interface PartProps {
  visitId: number;
  start: number;
  isTeam: boolean;
}

function NextBest({ visitId, start, isTeam }: PartProps) {
  const { data, error, isPending, refetch } = useExplainVisit(visitId);
  if (isPending) {
    return <Skeleton lines={3} />;
  }
  if (error !== null) {
    return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  }
  if (data.next_best.length === 0) {
    return (
      <p className={styles.quiet}>
        <Trans>Nobody else could take it as the week stands.</Trans>
      </p>
    );
  }
  return (
    <>
      <h4>
        <Trans>Next best</Trans>
      </h4>
      <ul className={styles.list}>
        {data.next_best.map((row) => (
          <li key={row.carer_id}>
            <Instead row={row} start={start} isTeam={isTeam} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Asked({ visitId, start, carerId, isTeam }: PartProps & { carerId: number }) {
  const { data, error, isPending, refetch } = useExplainVisit(visitId, { carer_id: carerId });
  return (
    <div role="status">
      {isPending && <Skeleton lines={1} />}
      {error !== null && <ProblemPanel error={error} onRetry={() => void refetch()} />}
      {data?.asked != null && (
        <p>
          <Instead row={data.asked} start={start} isTeam={isTeam} />
        </p>
      )}
    </div>
  );
}

/** One other carer: what would be different, or what is in the way. */
function Instead({ row, start, isTeam }: { row: InsteadOut; start: number; isTeam: boolean }) {
  const { t } = useLingui();
  const parts =
    row.code === null
      ? row.differences.slice(0, DIFFERENCES_SHOWN).map(differenceWords)
      : row.faults.map(faultWords);
  if (isTeam && row.replaces !== null) {
    parts.unshift(t`in place of ${row.replaces}`);
  }
  if (row.code === null && row.start !== null && row.start !== start) {
    parts.unshift(t`at ${clock(row.start)}`);
  }
  return (
    <>
      <strong>{row.name}</strong>: {parts.length > 0 ? parts.join(", ") : t`nothing would change`}.
      <Moved row={row} />
    </>
  );
}

/** What would have to move first, and where it could go. */
function Moved({ row: { moves, moves_to: to, moves_start: at } }: { row: InsteadOut }) {
  if (moves === null) {
    return null;
  }
  if (to !== null) {
    return (
      <>
        {" "}
        <Trans>
          Possible if {to} takes the visit to {moves}.
        </Trans>
      </>
    );
  }
  return (
    <>
      {" "}
      {at === null ? (
        <Trans>Possible if the visit to {moves} is moved away.</Trans>
      ) : (
        <Trans>
          Possible if the visit to {moves} moves to {clock(at)}.
        </Trans>
      )}
    </>
  );
}
