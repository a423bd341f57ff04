/** What may happen to a week that people were told of, and what is asked about each. */
import { t } from "@lingui/core/macro";

export type Kind =
  | "sickness"
  | "leave"
  | "client_away"
  | "visits_cancelled"
  | "package_ended"
  | "visits_added"
  | "package_started"
  | "slow_roads";

/** Every kind in words, the most frequent first. */
export function kinds(): readonly { value: Kind; label: string }[] {
  return [
    { value: "sickness", label: t`A carer is ill` },
    { value: "leave", label: t`A carer is on leave` },
    { value: "client_away", label: t`A client is away or in hospital` },
    { value: "visits_cancelled", label: t`A client cancels visits` },
    { value: "package_ended", label: t`A client's package ends` },
    { value: "visits_added", label: t`A client needs extra visits` },
    { value: "package_started", label: t`A client's new package starts` },
    { value: "slow_roads", label: t`Roads are slow: snow, floods, a closed bridge` },
  ];
}

/** What is written down at once, before any way to mend the week is chosen. */
export function writtenDown(kind: Kind): string {
  switch (kind) {
    case "sickness":
    case "leave":
      return t`The absence is written down at once.`;
    case "client_away":
      return t`The client's visits in that time are stopped at once.`;
    case "visits_cancelled":
      return t`The visits are cancelled at once. The package goes on as before.`;
    case "package_ended":
      return t`The package ends at once, in this week and all that follow.`;
    case "visits_added":
      return t`The visits are put into this week at once, without carers.`;
    case "package_started":
      return t`The week is brought up to date with the packages at once.`;
    case "slow_roads":
      return t`Only the ways to mend the week reckon with slow roads. The board goes on with usual times.`;
  }
}
