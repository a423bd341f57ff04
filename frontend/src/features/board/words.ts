/** The words for a block, read out and shown on hovering. */
import { plural, t } from "@lingui/core/macro";
import type { BoardVisitOut } from "@/api/generated/model";
import { addDays, clock, duration, shortDate } from "@/lib/time";
import { isOpen, startOf } from "./layout";

/** `Mon 30 Nov, 07:45 – 08:15`. */
export function whenOf(visit: BoardVisitOut, week: string): string {
  const start = startOf(visit);
  return `${shortDate(addDays(week, visit.day))}, ${clock(start)} – ${clock(start + visit.minutes)}`;
}

/** A visit in one sentence: when, who, and everything its marks say. */
export function blockWords(
  visit: BoardVisitOut,
  week: string,
  client: string,
  carers: readonly string[],
  travel: number | null,
): string {
  const parts = [`${whenOf(visit, week)}, ${client}`];
  if (isOpen(visit)) {
    parts.push(t`not covered`);
  } else {
    parts.push(carers.join(t` and `));
  }
  if (visit.carers_required > 1) {
    parts.push(plural(visit.carers_required, { one: "# carer", other: "# carers" }));
  }
  if (travel !== null) {
    parts.push(t`${duration(travel)} travel before`);
  }
  if (visit.priority === 1) {
    parts.push(t`critical`);
  }
  if (visit.locked) {
    parts.push(t`locked`);
  }
  if (visit.changed !== null) {
    parts.push(t`changed since it was published`);
  }
  return parts.join(", ");
}
