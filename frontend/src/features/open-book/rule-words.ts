/**
 * The figures of a rule set in words.
 *
 * A figure's words are found by its area and its path in the values, such as
 * `rota_policy.weights.travel`. A figure without words yet is shown under its own name, never
 * left out: members see every figure that is in force.
 */
import { plural, t } from "@lingui/core/macro";
import { clock, duration, fullDate } from "@/lib/time";

export interface RuleLine {
  /** Where the figure stands in the values; unique in a rule set. */
  path: string;
  label: string;
  value: string;
}

type Format = (value: unknown) => string;

const asIs: Format = (value) =>
  Array.isArray(value) ? value.map(asIs).join(", ") : value === null ? t`none` : String(value);
const minutes: Format = (value) =>
  Array.isArray(value)
    ? value.map(minutes).join(", ")
    : typeof value === "number"
      ? duration(value)
      : asIs(value);
const inHours: Format = (value) => t`${asIs(value)} h`;
const days: Format = (value) => plural(Number(value), { one: "# day", other: "# days" });
const weeks: Format = (value) => plural(Number(value), { one: "# week", other: "# weeks" });
const points: Format = (value) => plural(Number(value), { one: "# point", other: "# points" });
const pounds: Format = (value) => (value === null ? asIs(value) : `£${asIs(value)}`);
const share: Format = (value) => `${Math.round(Number(value) * 1000) / 10} %`;
const metres: Format = (value) => t`${asIs(value)} m`;
const speed: Format = (value) => t`${asIs(value)} km/h`;
const yesNo: Format = (value) => (value === true ? t`yes` : t`no`);
const date: Format = (value) => fullDate(String(value));
const clockTime: Format = (value) => clock(Number(value));
const strictness: Format = (value) => (value === "hard" ? t`is refused` : t`is warned of`);
const restMode: Format = (value) =>
  value === "14d_48h"
    ? t`two together in a fortnight`
    : value === "14d_2x24h"
      ? t`two in a fortnight`
      : t`one in a week`;
const votesFrom: Format = (value) =>
  value === "admission"
    ? t`admission`
    : value === "full_payment"
      ? t`full payment of the share`
      : t`the first payment for the share`;
const asIsOrNone: Format = (value) =>
  Array.isArray(value) && value.length === 0 ? t`nobody` : asIs(value);
const times: Format = (value) => `× ${asIs(value)}`;

/** What a figure is called and how it is written; asked for when it is shown, for the language. */
const WORDS: Record<string, () => [label: string, format: Format]> = {
  "wishes.points": () => [t`Points for wishes in four weeks, the same for everybody`, points],
  "wishes.first_period_on": () => [t`The four weeks are counted from`, date],
  "rota_policy.max_day_minutes": () => [t`Longest working day`, minutes],
  "rota_policy.daily_rest_minutes": () => [t`Rest between two days`, minutes],
  "rota_policy.weekly_rest_minutes": () => [t`Rest in a week, in one piece`, minutes],
  "rota_policy.voted.max_consecutive_days": () => [t`Most working days in a row`, days],
  "rota_policy.voted.max_weekends_in_four": () => [t`Most working weekends of four`, asIs],
  "rota_policy.voted.latest_finish_before_early": () => [
    t`Latest finish before an early start`,
    clockTime,
  ],
  "rota_policy.voted.early_start_minute": () => [t`A start is early before`, clockTime],
  "rota_policy.voted.max_splits_week": () => [t`Most split days a week`, asIs],
  "rota_policy.voted.max_idle_minutes": () => [t`Longest wait between two visits`, minutes],
  "rota_policy.voted.max_journey_minutes": () => [t`Longest way between two visits`, minutes],
  "rota_policy.stretch_minutes": () => [t`Longest work without a break`, minutes],
  "rota_policy.break_minutes": () => [t`Shortest break`, minutes],
  "rota_policy.split_gap_minutes": () => [t`Gap that makes a day a split day`, minutes],
  "rota_policy.weights.unassigned.1": () => [t`A minute without a carer, most urgent`, points],
  "rota_policy.weights.unassigned.2": () => [t`A minute without a carer, usual`, points],
  "rota_policy.weights.unassigned.3": () => [t`A minute without a carer, flexible`, points],
  "rota_policy.weights.travel": () => [t`A minute of travel`, points],
  "rota_policy.weights.unfamiliar": () => [t`A carer the client hardly knows`, points],
  "rota_policy.weights.extra_carer": () => [t`One more carer for a client in the week`, points],
  "rota_policy.weights.lateness": () => [t`A minute away from the agreed time`, points],
  "rota_policy.weights.shortfall": () => [t`A minute below the guaranteed hours`, points],
  "rota_policy.weights.overtime": () => [t`A minute above the guaranteed hours`, points],
  "rota_policy.weights.idle": () => [t`A minute of waiting between visits`, points],
  "rota_policy.weights.split": () => [t`A split day`, points],
  "rota_policy.weights.fairness": () => [t`Hours unevenly shared`, points],
  "rota_policy.weights.stability": () => [t`A change to a week already published`, points],
  "rota_policy.weights.preferences.day_off": () => [t`Wish: a day off, not kept`, points],
  "rota_policy.weights.preferences.avoid_window": () => [t`Wish: hours to avoid, a minute`, points],
  "rota_policy.weights.preferences.avoid_client": () => [
    t`Wish: not this client, not kept`,
    points,
  ],
  "rota_policy.weights.preferences.prefer_client": () => [t`Wish: this client, not kept`, points],
  "rota_policy.weights.preferences.no_split": () => [t`Wish: no split days, not kept`, points],
  "rota_policy.weights.preferences.weekend_off": () => [t`Wish: weekend off, not kept`, points],
  "travel.modes.car.kmh": () => [t`By car`, speed],
  "travel.modes.car.detour": () => [t`By car: road against straight line`, times],
  "travel.modes.car.overhead_min": () => [t`By car: to set off and park`, minutes],
  "travel.modes.cycle.kmh": () => [t`By bicycle`, speed],
  "travel.modes.cycle.detour": () => [t`By bicycle: road against straight line`, times],
  "travel.modes.cycle.overhead_min": () => [t`By bicycle: to set off and park`, minutes],
  "travel.modes.walk.kmh": () => [t`On foot`, speed],
  "travel.modes.walk.detour": () => [t`On foot: way against straight line`, times],
  "travel.modes.walk.overhead_min": () => [t`On foot: to set off`, minutes],
  "working_time.avg_hours": () => [t`Most hours a week on average`, inHours],
  "working_time.ref_weeks": () => [t`Weeks in the average`, weeks],
  "working_time.warn_avg_hours": () => [t`Average at which a warning starts`, inHours],
  "working_time.opt_out_max_week_hours": () => [t`Most hours a week after opting out`, inHours],
  "working_week.warn_week_hours": () => [t`A single week is long above`, inHours],
  "working_week.weekly_rest_mode": () => [t`Days of rest`, restMode],
  "working_week.count_home_journeys": () => [t`Ways from and to home are working time`, yesNo],
  "working_week.longest_home_journey_minutes": () => [t`Of each such way counts at most`, minutes],
  "night_work.starts_minute": () => [t`The night begins`, clockTime],
  "night_work.ends_minute": () => [t`The night ends`, clockTime],
  "night_work.average_hours": () => [t`Most hours a day on average, night workers`, inHours],
  "night_work.hazard_hours": () => [t`Most hours in 24, nights with a special hazard`, inHours],
  "night_work.assessment": () => [t`Nights without a health assessment`, strictness],
  "night_work.assessment_months": () => [t`Months for which an assessment holds`, asIs],
  "young_workers.adult_age": () => [t`Young below the age of`, asIs],
  "young_workers.max_day_minutes": () => [t`Longest day under 18`, minutes],
  "young_workers.max_week_minutes": () => [t`Longest week under 18`, minutes],
  "young_workers.daily_rest_minutes": () => [t`Rest between two days under 18`, minutes],
  "young_workers.weekly_rest_minutes": () => [t`Rest in a week under 18`, minutes],
  "young_workers.stretch_minutes": () => [t`A break is due under 18 in days above`, minutes],
  "young_workers.break_minutes": () => [t`Shortest break under 18`, minutes],
  "young_workers.night_starts_minute": () => [t`No work under 18 from`, clockTime],
  "young_workers.night_ends_minute": () => [t`No work under 18 until`, clockTime],
  "notice.rota_days": () => [t`A rota is out before it begins by`, days],
  "notice.short_hours": () => [t`Notice of a change is short below`, inHours],
  "checks.right_to_work_warn_days": () => [t`Right to work: said before it ends`, days],
  "checks.dbs": () => [t`Work with a lapsed criminal record check`, strictness],
  "checks.training_warn_days": () => [t`Training: said before it runs out`, days],
  "pay_rules.off_duty_minutes": () => [t`A gap may be the carer's own from`, minutes],
  "pay_rules.unpaid_break_minutes": () => [t`A break is unpaid from`, minutes],
  "pay_rules.tight_share": () => [t`Pay is tight below, of the minimum wage`, share],
  "quality.min_visit_min": () => [t`Shortest visit without a reason`, minutes],
  "quality.on_time_windows_min": () => [t`Still on time, either side`, minutes],
  "quality.time_critical_min": () => [t`Still on time when time is critical`, minutes],
  "quality.parkinsons_min": () => [t`Parkinson's medicine, at most late by`, minutes],
  "quality.missed_after_min": () => [t`Counted as missed after`, minutes],
  "quality.clipped_below": () => [t`Cut short below this part of the visit`, share],
  "continuity.history_days": () => [t`Visits looked back on`, days],
  "continuity.half_life_days": () => [t`A past visit counts half after`, days],
  "continuity.familiar_score": () => [t`Familiar from a score of`, asIs],
  "continuity.double_up_factor": () => [t`More carers where two come together`, times],
  "access.client_hours_before": () => [t`A carer sees a client before a visit`, inHours],
  "access.client_hours_after": () => [t`A carer sees a client after a visit`, inHours],
  "access.key_safe_minutes_before": () => [t`Key-safe code opens before a visit`, minutes],
  "access.key_safe_minutes_after": () => [t`Key-safe code closes after a visit`, minutes],
  "access.key_safe_reveals_an_hour": () => [t`Key-safe codes shown in an hour, at most`, asIs],
  "nmw.adult": () => [t`An hour, adults`, pounds],
  "nmw.adult_min_age": () => [t`Adult rate from the age of`, asIs],
  "nmw.a21_22": () => [t`An hour, aged 21 to 22`, pounds],
  "nmw.a18_20": () => [t`An hour, aged 18 to 20`, pounds],
  "nmw.u18": () => [t`An hour, under 18`, pounds],
  "nmw.apprentice": () => [t`An hour, apprentices`, pounds],
  "ssp.weekly_flat": () => [t`Sick pay a week, at most`, pounds],
  "ssp.pct_awe": () => [t`Sick pay as a part of average earnings`, share],
  "ssp.waiting_days": () => [t`Days before sick pay starts`, days],
  "ssp.lower_earnings_limit": () => [t`Earnings needed for sick pay`, pounds],
  "ssp.max_weeks": () => [t`Sick pay lasts at most`, weeks],
  "ssp.link_days": () => [t`Sickness counts as one within`, days],
  "mileage.car_first_10000": () => [t`A mile by car, first 10,000 in a year`, pounds],
  "mileage.car_after": () => [t`A mile by car, after that`, pounds],
  "mileage.motorcycle": () => [t`A mile by motorcycle`, pounds],
  "mileage.bicycle": () => [t`A mile by bicycle`, pounds],
  "minimum_price.value": () => [t`An hour of care`, pounds],
  "minimum_price.careworker_direct": () => [t`Of which for the carer's work`, pounds],
  "ecm.geofence_m": () => [t`Checked in within`, metres],
  "ecm.manual_after_failed_scans": () => [t`Check-in by hand after failed scans`, asIs],
  "ecm.checkin_window_min": () => [t`Check-in opens around the start`, minutes],
  "ecm.logging_target": () => [t`Visits to be logged on the spot`, share],
  "membership.service_months": () => [t`Months of work before admission`, asIs],
  "membership.induction_steps": () => [t`Steps of the induction before admission`, asIs],
  "membership.admission_needs_vote": () => [t`Admission needs a vote`, yesNo],
  "membership.votes_from": () => [t`A member votes from`, votesFrom],
  "membership.repay_months": () => [t`A share is repaid within months`, asIs],
  "membership.inside_classes": () => [t`Also counted as inside`, asIsOrNone],
  "membership.election_valid_months": () => [t`Months for which an election holds`, asIs],
};

/** All figures of a rule set, in the order in which they were decided. */
export function ruleLines(area: string, values: Readonly<Record<string, unknown>>): RuleLine[] {
  return Object.entries(values).flatMap(([name, value]) => linesOf(area, name, value));
}

function linesOf(area: string, path: string, value: unknown): RuleLine[] {
  const words = WORDS[`${area}.${path}`];
  if (words !== undefined) {
    const [label, format] = words();
    return [{ path, label, value: format(value) }];
  }
  if (area === "continuity" && path === "targets" && Array.isArray(value)) {
    return value.map(carersForVisits);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([name, part]) => linesOf(area, `${path}.${name}`, part));
  }
  return [{ path, label: path.replaceAll(/[._]/g, " "), value: asIs(value) }];
}

/** A target of continuity: at most so many visits a week, so many carers. */
function carersForVisits(pair: unknown): RuleLine {
  const [visits = "", carers = ""] = Array.isArray(pair) ? pair.map(asIs) : [asIs(pair)];
  return {
    path: `targets.${visits}`,
    label: t`Carers for up to ${visits} visits a week`,
    value: carers,
  };
}
