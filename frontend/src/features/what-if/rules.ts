/** What of the rules can be tried, in words and in the units that people speak of. */
import { t } from "@lingui/core/macro";
import type { TriedLimitsRequest, TriedWeightsRequest } from "@/api/generated/model";

export interface Weight {
  name: keyof TriedWeightsRequest;
  label: string;
}

/** The points that can be tried. */
export function weights(): readonly Weight[] {
  return [
    { name: "travel", label: t`A minute of travel` },
    { name: "unfamiliar", label: t`A carer the client hardly knows` },
    { name: "extra_carer", label: t`One more carer for a client in the week` },
    { name: "lateness", label: t`A minute away from the agreed time` },
    { name: "shortfall", label: t`A minute below the guaranteed hours` },
    { name: "overtime", label: t`A minute above the guaranteed hours` },
    { name: "idle", label: t`A minute of waiting between visits` },
    { name: "split", label: t`A split day` },
    { name: "fairness", label: t`Wishes not kept, unevenly shared` },
    { name: "stability", label: t`A change to what people were told` },
  ];
}

export interface Limit {
  name: keyof TriedLimitsRequest;
  label: string;
  /** Minutes of one step of the field: 60 where people say hours. */
  unit: 1 | 60;
  /** In minutes: what the law and the solver allow. */
  least: number;
  most: number;
}

/** The limits that can be tried, never laxer than the law. */
export function limits(): readonly Limit[] {
  return [
    {
      name: "max_day_minutes",
      label: t`Most work in a day, hours`,
      unit: 60,
      least: 60,
      most: 780,
    },
    {
      name: "daily_rest_minutes",
      label: t`Rest between two days, hours`,
      unit: 60,
      least: 660,
      most: 1440,
    },
    {
      name: "weekly_rest_minutes",
      label: t`Rest once a week, hours`,
      unit: 60,
      least: 1440,
      most: 4320,
    },
    {
      name: "stretch_minutes",
      label: t`Longest stretch without a break, hours`,
      unit: 60,
      least: 60,
      most: 360,
    },
    {
      name: "break_minutes",
      label: t`Length of a break, minutes`,
      unit: 1,
      least: 20,
      most: 180,
    },
    {
      name: "split_gap_minutes",
      label: t`Gap from which a day counts as split, minutes`,
      unit: 1,
      least: 0,
      most: 600,
    },
  ];
}
