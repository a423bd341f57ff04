/** The seven rules that members vote on, in the words of the paper. */
import { t } from "@lingui/core/macro";
import type { PolicyRuleOut } from "@/api/generated/model";
import { decimal } from "@/lib/numbers";

export const TOKENS = 20;

export type RuleName = PolicyRuleOut["name"];

interface RuleWords {
  name: RuleName;
  label: string;
  about: string;
}

/** Name and meaning of each rule, in the order of the paper. */
export function rules(): readonly RuleWords[] {
  return [
    {
      name: "continuity",
      label: t`Familiar faces`,
      about: t`Clients are visited by carers they know, and by few different ones.`,
    },
    { name: "travel", label: t`Less travel`, about: t`Short ways between visits.` },
    {
      name: "weekend_fairness",
      label: t`Weekends off`,
      about: t`Who asked for the weekend off gets it.`,
    },
    {
      name: "contract_hours",
      label: t`Contract hours`,
      about: t`Everybody gets the hours in their contract, not fewer and not more.`,
    },
    {
      name: "preferred_times",
      label: t`Carers' wishes`,
      about: t`Days off, times and clients that carers asked for or would rather avoid.`,
    },
    { name: "gaps", label: t`No gaps`, about: t`Little waiting, and few split days.` },
    {
      name: "rota_stability",
      label: t`A rota that stays`,
      about: t`What was published changes as little as it can.`,
    },
  ];
}

/** What one token on a rule does, against a minute of travel as it counts now. */
export function tokenWords({ name, token_travel_minutes: minutes }: PolicyRuleOut): string {
  if (minutes === null) {
    return t`Travel counts nothing under this policy, so there is nothing to compare with.`;
  }
  const amount = decimal(minutes);
  const words: Record<RuleName, string> = {
    continuity: t`One token: a visit by a new face weighs as much as ${amount} minutes of travel.`,
    travel: t`One token: a minute of travel weighs as much as ${amount} minutes do now.`,
    weekend_fairness: t`One token: a weekend that was wished off weighs as much as ${amount} minutes of travel.`,
    contract_hours: t`One token: a contract minute not worked weighs as much as ${amount} minutes of travel.`,
    preferred_times: t`One token: a day that was wished off weighs as much as ${amount} minutes of travel.`,
    gaps: t`One token: a minute of waiting weighs as much as ${amount} minutes of travel.`,
    rota_stability: t`One token: a change after publishing weighs as much as ${amount} minutes of travel.`,
  };
  return words[name];
}
