import { Trans } from "@lingui/react/macro";
import type { MyWeekVisitOut } from "@/api/generated/model";
import { duration } from "@/lib/time";
import styles from "./day.module.css";

/** What lies between a visit and the one before it: the way, and waiting, a break or free time. */
export function Gap({ visit }: { visit: MyWeekVisitOut }) {
  if (visit.gap_minutes === null) {
    return null;
  }
  const travel = visit.travel_minutes ?? 0;
  const rest = Math.max(0, visit.gap_minutes - travel);
  return (
    <p className={styles.gap}>
      {travel > 0 && <Trans>Travel {duration(travel)}</Trans>}
      {travel > 0 && rest > 0 && " · "}
      {rest > 0 && <Rest kind={visit.kind_of_gap} minutes={rest} />}
    </p>
  );
}

function Rest({ kind, minutes }: { kind: MyWeekVisitOut["kind_of_gap"]; minutes: number }) {
  const length = duration(minutes);
  switch (kind) {
    case "off":
      return <Trans>Free {length}</Trans>;
    case "break":
      return <Trans>Break {length}</Trans>;
    default:
      return <Trans>Waiting {length}, paid</Trans>;
  }
}
