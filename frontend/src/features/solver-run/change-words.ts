import { t } from "@lingui/core/macro";
import type { RunOut } from "@/api/generated/model";

/** What a repair mends, as a sentence; empty for any other run. */
export function changeWords(happened: RunOut["happened"]): string {
  switch (happened) {
    case "carer_away":
      return t`A carer cannot come.`;
    case "client_away":
      return t`A client is away.`;
    case "visits_cancelled":
      return t`Visits are not to be made.`;
    case "visits_added":
      return t`New visits have come into the week.`;
    case "slower_travel":
      return t`Journeys take longer than usual.`;
    case null:
      return "";
  }
}
