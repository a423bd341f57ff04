import { useLingui } from "@lingui/react/macro";
import { useListSkills } from "@/api/generated/organisation/organisation";
import { CheckList } from "@/components/check-list";
import { SelectField } from "@/components/select-field";
import { TextField } from "@/components/text-field";
import styles from "../solver-run.module.css";
import { Days } from "./days";
import type { Draft } from "./draft";

interface ExtraVisitsProps {
  week: string;
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
}

/** On which days, at what time, for how long, and what the carers must be able to do. */
export function ExtraVisits({ week, draft, onChange }: ExtraVisitsProps) {
  const { t } = useLingui();
  const { data: skills = [] } = useListSkills();
  return (
    <>
      <Days week={week} chosen={draft.days} onChoose={(days) => onChange({ days })} />
      <div className={styles.start}>
        <TextField
          label={t`At what time?`}
          type="time"
          required
          value={draft.at}
          onChange={({ target }) => onChange({ at: target.value })}
        />
        <SelectField
          label={t`May it be sooner or later?`}
          value={draft.slack}
          onChoose={(slack) => onChange({ slack })}
          options={[
            { value: "0", label: t`No, at this time` },
            { value: "15", label: t`By a quarter of an hour` },
            { value: "30", label: t`By half an hour` },
            { value: "60", label: t`By an hour` },
            { value: "120", label: t`By two hours` },
          ]}
        />
        <TextField
          label={t`Minutes`}
          type="number"
          required
          min={5}
          max={720}
          step={5}
          value={draft.minutes}
          onChange={({ target }) => onChange({ minutes: target.value })}
        />
        <SelectField
          label={t`Carers`}
          value={draft.carers}
          onChoose={(carers) => onChange({ carers })}
          options={[
            { value: "1", label: t`One carer` },
            { value: "2", label: t`Two together` },
          ]}
        />
      </div>
      {skills.length > 0 && (
        <CheckList
          legend={t`What must the carer be able to do?`}
          chosen={draft.skills}
          onChoose={(chosen) => onChange({ skills: chosen })}
          options={skills.map(({ code, name }) => ({ value: code, label: name }))}
        />
      )}
    </>
  );
}
