import { t } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import type { ChangeShapeRequest } from "@/api/generated/model";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { SelectField } from "@/components/select-field";
import { TextField } from "@/components/text-field";
import styles from "./what-if.module.css";

/** The weights that can be tried, in words. */
function weights(): readonly { name: keyof ChangeShapeRequest["weights"]; label: string }[] {
  return [
    { name: "travel", label: t`A minute of travel` },
    { name: "unfamiliar", label: t`A carer the client hardly knows` },
    { name: "extra_carer", label: t`One more carer for a client in the week` },
    { name: "lateness", label: t`A minute away from the agreed time` },
    { name: "shortfall", label: t`A minute below the guaranteed hours` },
    { name: "overtime", label: t`A minute above the guaranteed hours` },
    { name: "idle", label: t`A minute of waiting between visits` },
    { name: "split", label: t`A split day` },
  ];
}

interface AskProps {
  isBusy: boolean;
  onAsk: (seconds: number, change: ChangeShapeRequest) => void;
}

/** Asks for a week with other weights, with more carers, or with both. */
export function Ask({ isBusy, onAsk }: AskProps) {
  const { t: words } = useLingui();
  const [seconds, setSeconds] = useState("60");
  const [mode, setMode] = useState("car");
  const [isEmpty, setIsEmpty] = useState(false);
  const ask = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const number = (name: string) => {
      const text = String(form.get(name) ?? "").trim();
      return text === "" ? null : Number(text);
    };
    const tried = Object.fromEntries(
      weights().flatMap(({ name }) => {
        const points = number(name);
        return points === null ? [] : [[name, points]];
      }),
    );
    const count = number("count") ?? 0;
    const hours = (number("hours") ?? 0) * 60;
    const change: ChangeShapeRequest = {
      weights: tried,
      limits: {},
      more_carers:
        count === 0
          ? null
          : {
              count,
              guaranteed_minutes: hours,
              max_week_minutes: Math.max(hours, (number("most") ?? 0) * 60),
              max_days: number("days") ?? 5,
              mode: mode === "cycle" || mode === "walk" ? mode : "car",
              gender: "f",
              skills: String(form.get("skills") ?? "")
                .split(",")
                .map((code) => code.trim())
                .filter(Boolean),
              from_minute: 7 * 60,
              to_minute: 22 * 60,
            },
    };
    const asksNothing = count === 0 && Object.keys(tried).length === 0;
    setIsEmpty(asksNothing);
    if (!asksNothing) {
      onAsk(Number(seconds), change);
    }
  };
  return (
    <Card>
      <form className={styles.stack} onSubmit={ask}>
        <fieldset className={styles.fields}>
          <legend>
            <Trans>Other points</Trans>
          </legend>
          {weights().map(({ name, label }) => (
            <TextField
              key={name}
              name={name}
              label={label}
              type="number"
              min={0}
              max={10_000}
              step="any"
              placeholder={words`as now`}
            />
          ))}
        </fieldset>
        <fieldset className={styles.fields}>
          <legend>
            <Trans>More carers</Trans>
          </legend>
          <TextField name="count" label={words`How many`} type="number" min={0} max={50} />
          <TextField
            name="hours"
            label={words`Guaranteed hours a week`}
            type="number"
            min={0}
            max={60}
            defaultValue={20}
          />
          <TextField
            name="most"
            label={words`Most hours a week`}
            type="number"
            min={1}
            max={60}
            defaultValue={37}
          />
          <TextField
            name="days"
            label={words`Days a week`}
            type="number"
            min={1}
            max={7}
            defaultValue={5}
          />
          <SelectField
            label={words`How they travel`}
            value={mode}
            onChoose={setMode}
            options={[
              { value: "car", label: words`By car` },
              { value: "cycle", label: words`By bicycle` },
              { value: "walk", label: words`On foot` },
            ]}
          />
          <TextField
            name="skills"
            label={words`Skills, by code`}
            hint={words`Separated by commas.`}
            defaultValue="personal_care, medication, moving_handling"
          />
        </fieldset>
        <p className={styles.quiet}>
          <Trans>
            They are women, live spread over the area, can work from 07:00 to 22:00, and no client
            knows them yet.
          </Trans>
        </p>
        <div className={styles.fields}>
          <SelectField
            label={words`How long may each side take?`}
            value={seconds}
            onChoose={setSeconds}
            options={[
              { value: "15", label: words`15 seconds, a first look` },
              { value: "60", label: words`1 minute` },
              { value: "300", label: words`5 minutes` },
            ]}
          />
          <Button type="submit" kind="primary" busy={isBusy}>
            <Trans>Try it</Trans>
          </Button>
        </div>
        {isEmpty && (
          <p role="alert">
            <Trans>Change at least one thing: give other points, or add carers.</Trans>
          </p>
        )}
      </form>
    </Card>
  );
}
