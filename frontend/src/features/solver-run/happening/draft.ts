/** The answers so far, and the report that they make once there are enough of them. */
import type { StartRepairInRequest } from "@/api/generated/model";
import { addDays, clockAt, localDate, minuteOfDay } from "@/lib/time";
import type { Kind } from "./kinds";

export interface Draft {
  carer: string;
  client: string;
  packageId: string;
  visits: readonly string[];
  from: string;
  time: string;
  until: string;
  days: readonly string[];
  percent: string;
  at: string;
  /** Minutes by which a visit may begin sooner or later. */
  slack: string;
  minutes: string;
  carers: string;
  skills: readonly string[];
}

/** Nothing answered yet: from now on, or from the Monday of a later week, for that one day. */
export function emptyDraft(week: string, now: Date, carer: string): Draft {
  const { from, time } = firstMoment(week, now);
  return {
    carer,
    client: "",
    packageId: "",
    visits: [],
    from,
    time,
    until: from,
    days: [],
    percent: "150",
    at: "",
    slack: "30",
    minutes: "30",
    carers: "1",
    skills: [],
  };
}

/** What has begun cannot be mended: today it is from now on, in a later week from its Monday. */
function firstMoment(week: string, now: Date): { from: string; time: string } {
  const today = localDate(now);
  return today < week ? { from: week, time: "00:00" } : { from: today, time: clockAt(now) };
}

/** The days of a week that are not over. */
export function daysLeft(week: string, now: Date): string[] {
  const today = localDate(now);
  return [0, 1, 2, 3, 4, 5, 6].map((n) => addDays(week, n)).filter((day) => day >= today);
}

/** The report; null while an answer is missing. */
export function reportOf(kind: Kind, draft: Draft): StartRepairInRequest | null {
  switch (kind) {
    case "sickness":
    case "leave":
      return draft.carer === "" || draft.from === ""
        ? null
        : { kind: "carer_away", carer_id: Number(draft.carer), reason: kind, ...period(draft) };
    case "client_away":
      return draft.client === "" || draft.from === ""
        ? null
        : { kind, client_id: Number(draft.client), ...period(draft) };
    case "visits_cancelled":
      return draft.visits.length === 0 ? null : { kind, visit_ids: draft.visits.map(Number) };
    case "package_ended":
      return draft.packageId === "" || draft.from === ""
        ? null
        : { kind, package_id: Number(draft.packageId), starts_on: draft.from };
    case "visits_added":
      return extraVisits(draft);
    case "package_started":
      return draft.client === "" ? null : { kind, client_id: Number(draft.client) };
    case "slow_roads":
      return draft.days.length === 0
        ? null
        : { kind, days: [...draft.days], percent: Number(draft.percent) };
  }
}

function period({ from, time, until }: Draft) {
  return {
    starts_on: from,
    start_minute: minuteOfDay(time) ?? 0,
    ends_on: until === "" ? null : until,
  };
}

const LAST_MINUTE = 1440;

function extraVisits(draft: Draft): StartRepairInRequest | null {
  const target = minuteOfDay(draft.at);
  const minutes = Number(draft.minutes);
  if (draft.client === "" || draft.days.length === 0 || target === null || minutes <= 0) {
    return null;
  }
  const slack = Number(draft.slack);
  // Nobody is sent before midnight, or so late that the visit would end on the next day.
  const latest = Math.max(target, Math.min(target + slack, LAST_MINUTE - minutes));
  return {
    kind: "visits_added",
    client_id: Number(draft.client),
    days: [...draft.days],
    visit: {
      target_minute: target,
      earliest_minute: Math.max(0, target - slack),
      latest_minute: latest,
      minutes,
      carers_required: Number(draft.carers),
      skills: [...draft.skills],
    },
  };
}
