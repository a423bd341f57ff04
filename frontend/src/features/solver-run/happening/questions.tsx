import { useLingui } from "@lingui/react/macro";
import type { BoardOut } from "@/api/generated/model";
import { SelectField } from "@/components/select-field";
import { TextField } from "@/components/text-field";
import { addDays } from "@/lib/time";
import { AnyClient } from "./any-client";
import { Days } from "./days";
import type { Draft } from "./draft";
import { ExtraVisits } from "./extra-visits";
import type { Kind } from "./kinds";
import { Package } from "./package";
import { Who } from "./people";
import { Period } from "./period";
import { Visits } from "./visits";

interface QuestionsProps {
  kind: Kind;
  week: string;
  board: BoardOut;
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
}

/** What is asked about a kind: each question when the one before has its answer. */
export function Questions({ kind, week, board, draft, onChange }: QuestionsProps) {
  const { t } = useLingui();
  const period = <Period week={week} draft={draft} onChange={onChange} />;
  if (kind === "slow_roads") {
    return <SlowRoads week={week} draft={draft} onChange={onChange} />;
  }
  if (kind === "sickness" || kind === "leave") {
    return (
      <>
        <Who
          label={t`Which carer?`}
          people={board.carers}
          value={draft.carer}
          onChoose={(carer) => onChange({ carer })}
        />
        {draft.carer !== "" && period}
      </>
    );
  }
  const choose = (client: string) => onChange({ client, visits: [], packageId: "" });
  return (
    <>
      {kind === "visits_added" || kind === "package_started" ? (
        <AnyClient branchId={board.rota.branch_id} value={draft.client} onChoose={choose} />
      ) : (
        <Who
          label={t`Which client?`}
          people={board.clients}
          value={draft.client}
          onChoose={choose}
        />
      )}
      {draft.client !== "" && kind === "client_away" && period}
      {draft.client !== "" && kind === "visits_cancelled" && (
        <Visits
          board={board}
          week={week}
          client={Number(draft.client)}
          chosen={draft.visits}
          onChoose={(visits) => onChange({ visits })}
        />
      )}
      {draft.client !== "" && kind === "package_ended" && (
        <Package
          key={draft.client}
          client={Number(draft.client)}
          week={week}
          value={draft.packageId}
          onChoose={(packageId) => onChange({ packageId })}
        />
      )}
      {draft.packageId !== "" && kind === "package_ended" && (
        <TextField
          label={t`First day without visits`}
          type="date"
          required
          value={draft.from}
          max={addDays(week, 6)}
          onChange={({ target }) => onChange({ from: target.value })}
        />
      )}
      {draft.client !== "" && kind === "visits_added" && (
        <ExtraVisits week={week} draft={draft} onChange={onChange} />
      )}
    </>
  );
}

function SlowRoads({ week, draft, onChange }: Pick<QuestionsProps, "week" | "draft" | "onChange">) {
  const { t } = useLingui();
  return (
    <>
      <Days week={week} chosen={draft.days} onChoose={(days) => onChange({ days })} />
      <SelectField
        label={t`How much longer does a journey take?`}
        value={draft.percent}
        onChoose={(percent) => onChange({ percent })}
        options={[
          { value: "125", label: t`A quarter longer: 10 minutes become 13` },
          { value: "150", label: t`Half as long again: 10 minutes become 15` },
          { value: "200", label: t`Twice as long: 10 minutes become 20` },
          { value: "300", label: t`Three times as long: 10 minutes become 30` },
        ]}
      />
    </>
  );
}
