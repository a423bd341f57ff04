/** What comes next in a carer's week, from the visits and the time. */
import type { MyDayOut, MyWeekVisitOut } from "@/api/generated/model";

/** The visit under way or the next one in these days, with its date; null when none is left. */
export function nextVisit(
  days: readonly MyDayOut[],
  now: Date,
): { on: string; visit: MyWeekVisitOut } | null {
  for (const day of days) {
    for (const visit of day.visits) {
      if (new Date(visit.ends_at) > now) {
        return { on: day.on, visit };
      }
    }
  }
  return null;
}

/** Minutes with clients on one day. */
export function minutesOf(day: MyDayOut): number {
  return day.visits.reduce((sum, visit) => sum + visit.minutes, 0);
}

/** Whole minutes from now until a moment; negative once it has passed. */
export function minutesUntil(moment: string, now: Date): number {
  return Math.ceil((new Date(moment).getTime() - now.getTime()) / 60_000);
}
