import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { PolicyRuleOut, WeekToTryOut } from "@/api/generated/model";
import { Button } from "@/components/button";
import { SelectField } from "@/components/select-field";
import { weekLabel } from "@/lib/time";
import styles from "./rota-policy.module.css";
import { type RuleName, rules, TOKENS } from "./rules";

export type Tokens = Record<RuleName, number>;

interface SplitProps {
  present: readonly PolicyRuleOut[];
  weeks: readonly WeekToTryOut[];
  isBusy: boolean;
  onTry: (tokens: Tokens, branchId: number | null) => void;
}

/** Places twenty tokens on the rules, and has the split tried on a recent week. */
export function Split({ present, weeks, isBusy, onTry }: SplitProps) {
  const { t } = useLingui();
  const now = tokensOf(present);
  const [tokens, setTokens] = useState(now);
  const [branch, setBranch] = useState("");
  const left = TOKENS - Object.values(tokens).reduce((sum, one) => sum + one, 0);
  return (
    <div className={styles.stack}>
      <p className={styles.left} role="status">
        <Plural value={left} _0="All tokens are placed" one="# token left" other="# tokens left" />
      </p>
      <ul className={styles.rules}>
        {rules().map(({ name, label, about }) => (
          <li key={name} className={styles.rule}>
            <div className={styles.words}>
              <span className={styles.name}>{label}</span>
              <p className={styles.quiet}>{about}</p>
            </div>
            <Stepper
              label={label}
              value={tokens[name]}
              mayAdd={left > 0}
              onChange={(value) => setTokens({ ...tokens, [name]: value })}
            />
          </li>
        ))}
      </ul>
      {weeks.length > 1 && (
        <SelectField
          label={t`Try it on`}
          value={branch}
          onChoose={setBranch}
          options={[
            { value: "", label: t`My branch` },
            ...weeks.map((week) => ({
              value: String(week.branch_id),
              label: `${week.branch_name}, ${weekLabel(week.week)}`,
            })),
          ]}
        />
      )}
      <Button
        kind="primary"
        large
        busy={isBusy}
        disabled={left !== 0}
        onClick={() => onTry(tokens, branch === "" ? null : Number(branch))}
      >
        <Trans>Try this split</Trans>
      </Button>
      <Button kind="quiet" onClick={() => setTokens(now)}>
        <Trans>Back to the present policy</Trans>
      </Button>
    </div>
  );
}

function tokensOf(present: readonly PolicyRuleOut[]): Tokens {
  const of = (name: RuleName) => present.find((rule) => rule.name === name)?.tokens ?? 0;
  return {
    continuity: of("continuity"),
    travel: of("travel"),
    weekend_fairness: of("weekend_fairness"),
    contract_hours: of("contract_hours"),
    preferred_times: of("preferred_times"),
    gaps: of("gaps"),
    rota_stability: of("rota_stability"),
  };
}

interface StepperProps {
  label: string;
  value: number;
  mayAdd: boolean;
  onChange: (value: number) => void;
}

function Stepper({ label, value, mayAdd, onChange }: StepperProps) {
  const { t } = useLingui();
  return (
    <fieldset className={styles.stepper}>
      <legend className="visually-hidden">{label}</legend>
      <Button
        aria-label={t`One token less for ${label}`}
        disabled={value === 0}
        onClick={() => onChange(value - 1)}
      >
        −
      </Button>
      <output className={styles.number}>{value}</output>
      <Button
        aria-label={t`One token more for ${label}`}
        disabled={!mayAdd}
        onClick={() => onChange(value + 1)}
      >
        +
      </Button>
    </fieldset>
  );
}
