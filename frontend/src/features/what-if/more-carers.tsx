import { Trans, useLingui } from "@lingui/react/macro";
import type { SkillOut } from "@/api/generated/model";
import { CheckList } from "@/components/check-list";
import { SelectField } from "@/components/select-field";
import { TextField } from "@/components/text-field";
import type { MoreCarersChoice } from "./change";
import styles from "./what-if.module.css";

interface MoreCarersProps {
  skills: readonly SkillOut[];
  choice: MoreCarersChoice;
  onChange: (choice: MoreCarersChoice) => void;
}

/** How many more carers, for how many hours, and what they can do. */
export function MoreCarers({ skills, choice, onChange }: MoreCarersProps) {
  const { t } = useLingui();
  return (
    <fieldset className={styles.part}>
      <legend>
        <Trans>More carers</Trans>
      </legend>
      <div className={styles.fields}>
        <TextField name="count" label={t`How many`} type="number" min={0} max={50} />
        <TextField
          name="hours"
          label={t`Guaranteed hours a week`}
          type="number"
          min={0}
          max={60}
          defaultValue={20}
        />
        <TextField
          name="most"
          label={t`Most hours a week`}
          type="number"
          min={1}
          max={60}
          defaultValue={37}
        />
        <TextField
          name="days"
          label={t`Days a week`}
          type="number"
          min={1}
          max={7}
          defaultValue={5}
        />
        <SelectField
          label={t`How they travel`}
          value={choice.mode}
          onChoose={(mode) => onChange({ ...choice, mode })}
          options={[
            { value: "car", label: t`By car` },
            { value: "cycle", label: t`By bicycle` },
            { value: "walk", label: t`On foot` },
          ]}
        />
        <SelectField
          label={t`Women or men`}
          value={choice.gender}
          onChoose={(gender) => onChange({ ...choice, gender })}
          options={[
            { value: "f", label: t`Women` },
            { value: "m", label: t`Men` },
          ]}
        />
      </div>
      <CheckList
        legend={t`What they can do`}
        hint={t`Take away what they would not be trained in.`}
        options={skills.map(({ code, name }) => ({ value: code, label: name }))}
        chosen={choice.skills}
        onChoose={(chosen) => onChange({ ...choice, skills: chosen })}
      />
      <p className={styles.quiet}>
        <Trans>
          They live spread over the area, can work from 07:00 to 22:00, and no client knows them
          yet.
        </Trans>
      </p>
    </fieldset>
  );
}
