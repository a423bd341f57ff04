/** The limits that members vote on, in the words of the paper. */
import { t } from "@lingui/core/macro";
import type { VotedLimitOut } from "@/api/generated/model";
import { clock } from "@/lib/time";

interface Limit {
  label: string;
  shown: (value: number) => string;
}

const minutes = (value: number) => t`${value} minutes`;
const days = (value: number) => t`${value} days`;

function limits(): Readonly<Record<string, Limit>> {
  return {
    max_day_minutes: { label: t`Most work in a day`, shown: minutes },
    daily_rest_minutes: { label: t`Rest between two working days`, shown: minutes },
    weekly_rest_minutes: { label: t`Rest in a week`, shown: minutes },
    stretch_minutes: { label: t`Most work without a break`, shown: minutes },
    break_minutes: { label: t`Length of a break`, shown: minutes },
    split_gap_minutes: {
      label: t`Longest gap that does not make a day a split one`,
      shown: minutes,
    },
    max_consecutive_days: { label: t`Most working days in a row`, shown: days },
    max_weekends_in_four: { label: t`Most working weekends in four`, shown: String },
    latest_finish_before_early: {
      label: t`Latest finish before an early start`,
      shown: clock,
    },
    early_start_minute: { label: t`Before which time a start is early`, shown: clock },
    max_splits_week: { label: t`Most split shifts a week`, shown: String },
    max_idle_minutes: { label: t`Longest idle gap on duty`, shown: minutes },
    max_journey_minutes: { label: t`Longest journey between two visits`, shown: minutes },
    rota_days: { label: t`Least notice of a published rota`, shown: days },
  };
}

/** One voted limit with its value, such as "Most split shifts a week: 3". */
export function limitWords({ name, value }: VotedLimitOut): string {
  const limit = limits()[name];
  return `${limit?.label ?? name}: ${limit?.shown(value) ?? value}`;
}
