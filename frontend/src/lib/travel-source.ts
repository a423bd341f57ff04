/** Where a week's travel times come from, in words for the board and for a run. */
import { t } from "@lingui/core/macro";
import type { RoadTableOut, TravelFailureEnum, TravelOut } from "@/api/generated/model";
import { travelModeWords } from "./office-words";
import { fullDate, localDate } from "./time";

/** One sentence for each way of travel; none where the formula is what the rules ask for. */
export function travelSourceWords(travel: TravelOut | null): string[] {
  if (travel === null || travel.provider === "formula") {
    return [];
  }
  if (travel.tables.length === 0) {
    return [t`Travel times by the formula: the route service has not been asked yet.`];
  }
  return travel.tables.map(tableWords);
}

function tableWords(table: RoadTableOut): string {
  const mode = travelModeWords(table.mode);
  const parts = [];
  if (table.oldest_at === null || table.known === 0) {
    parts.push(t`Travel times ${mode} by the formula.`);
  } else {
    const day = fullDate(localDate(table.oldest_at));
    parts.push(t`Travel times ${mode} from ${day}.`);
  }
  if (table.failure !== null) {
    parts.push(failureWords(table.failure));
  }
  if (table.known > 0 && table.unknown > 0) {
    const share = Math.max(1, Math.round((100 * table.unknown) / (table.known + table.unknown)));
    parts.push(t`${share}% of the ways by the formula.`);
  }
  return parts.join(" ");
}

function failureWords(failure: TravelFailureEnum): string {
  switch (failure) {
    case "no_address":
      return t`No route service is connected.`;
    case "out_of_time":
      return t`More are still to be fetched.`;
    case "refused":
    case "too_big":
    case "unreadable":
      return t`The route service gave no answer that could be used.`;
    default:
      return t`The route service did not answer.`;
  }
}
