/** What is compared, in plain words. */
import { t } from "@lingui/core/macro";
import type { FairMeasureOut } from "@/api/generated/model";
import { decimal } from "@/lib/numbers";
import { duration } from "@/lib/time";

type MeasureName = FairMeasureOut["measure"];

export function measureWords(measure: MeasureName): string {
  switch (measure) {
    case "wishes_kept":
      return t`Wishes kept, of 100 points`;
    case "weekend_days":
      return t`Weekend days, in 100 hours`;
    case "late_finishes":
      return t`Days that ended after 21:00, in 100 hours`;
    case "split_days":
      return t`Days with a long gap, in 100 hours`;
    case "unpaid_gap_minutes":
      return t`Minutes of long gaps, in 100 hours`;
    case "critical_visits":
      return t`Visits where life or limb is at stake, in 100 hours`;
    case "double_ups":
      return t`Visits made by two, in 100 hours`;
    case "changes":
      return t`Changes after the rota came out, in 100 hours`;
    case "extra_minutes":
      return t`Minutes beyond the contract, in 100 hours`;
  }
}

/** How a figure of a measure is said. */
export function figureWords(measure: MeasureName): (figure: number) => string {
  if (measure === "unpaid_gap_minutes" || measure === "extra_minutes") {
    return (figure) => duration(Math.round(figure));
  }
  return (figure) => decimal(figure);
}
