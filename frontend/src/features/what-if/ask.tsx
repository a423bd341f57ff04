import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import type { ChangeShapeRequest, SkillOut } from "@/api/generated/model";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { CheckList } from "@/components/check-list";
import { SelectField } from "@/components/select-field";
import { TextField } from "@/components/text-field";
import { changeOf } from "./change";
import { MoreCarers } from "./more-carers";
import { limits, weights } from "./rules";
import styles from "./what-if.module.css";

/** Figures of the rules in force, by name; empty while they are not known. */
export interface Present {
  weights: Readonly<Record<string, number>>;
  limits: Readonly<Record<string, number>>;
}

interface AskProps {
  skills: readonly SkillOut[];
  present: Present;
  isBusy: boolean;
  onAsk: (seconds: number, change: ChangeShapeRequest) => void;
}

/** Asks for a week with other points, other limits, more carers, or all of these. */
export function Ask({ skills, present, isBusy, onAsk }: AskProps) {
  const { t } = useLingui();
  const [parts, setParts] = useState<readonly string[]>([]);
  const [seconds, setSeconds] = useState("60");
  const [more, setMore] = useState({
    mode: "car",
    gender: "f",
    skills: skills.map(({ code }): string => code) as readonly string[],
  });
  const [isEmpty, setIsEmpty] = useState(false);
  const ask = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const change = changeOf(new FormData(event.currentTarget), more);
    setIsEmpty(change === null);
    if (change !== null) {
      onAsk(Number(seconds), change);
    }
  };
  return (
    <Card>
      <form className={styles.stack} onSubmit={ask}>
        <CheckList
          legend={t`What do you want to try?`}
          options={[
            { value: "weights", label: t`Other points` },
            { value: "limits", label: t`Other limits` },
            { value: "carers", label: t`More carers` },
          ]}
          chosen={parts}
          onChoose={setParts}
        />
        {parts.includes("weights") && <Weights now={present.weights} />}
        {parts.includes("limits") && <Limits now={present.limits} />}
        {parts.includes("carers") && (
          <MoreCarers skills={skills} choice={more} onChange={setMore} />
        )}
        {parts.length > 0 && (
          <div className={styles.fields}>
            <SelectField
              label={t`How long may each side take?`}
              value={seconds}
              onChoose={setSeconds}
              options={[
                { value: "15", label: t`15 seconds, a first look` },
                { value: "60", label: t`1 minute` },
                { value: "300", label: t`5 minutes` },
              ]}
            />
            <Button type="submit" kind="primary" busy={isBusy}>
              <Trans>Try it</Trans>
            </Button>
          </div>
        )}
        {isEmpty && (
          <p role="alert">
            <Trans>Change at least one thing: fill in a field, or add carers.</Trans>
          </p>
        )}
      </form>
    </Card>
  );
}

type Now = Readonly<Record<string, number>>;

function Weights({ now }: { now: Now }) {
  const { t } = useLingui();
  return (
    <fieldset className={styles.part}>
      <legend>
        <Trans>Other points</Trans>
      </legend>
      <p className={styles.quiet}>
        <Trans>The more points something costs, the more it is avoided. Empty: as now.</Trans>
      </p>
      <div className={styles.fields}>
        {weights().map(({ name, label }) => (
          <TextField
            key={name}
            name={name}
            label={label}
            type="number"
            min={0}
            max={10_000}
            step="any"
            placeholder={asNow(now[name], 1, t`as now`)}
          />
        ))}
      </div>
    </fieldset>
  );
}

function Limits({ now }: { now: Now }) {
  const { t } = useLingui();
  return (
    <fieldset className={styles.part}>
      <legend>
        <Trans>Other limits</Trans>
      </legend>
      <p className={styles.quiet}>
        <Trans>Nothing laxer than the law can be tried. Empty: as now.</Trans>
      </p>
      <div className={styles.fields}>
        {limits().map(({ name, label, unit, least, most }) => (
          <TextField
            key={name}
            name={name}
            label={label}
            type="number"
            min={least / unit}
            max={most / unit}
            step={unit === 1 ? 1 : 0.25}
            placeholder={asNow(now[name], unit, t`as now`)}
          />
        ))}
      </div>
    </fieldset>
  );
}

function asNow(value: number | undefined, unit: number, otherwise: string): string {
  return value === undefined ? otherwise : String(value / unit);
}
