/**
 * Times, dates and lengths of time as people read them.
 *
 * A date is an ISO string (`2026-11-30`), a moment an ISO string with its offset, a time of
 * day a whole number of minutes from midnight. Arithmetic on dates goes through UTC, so a
 * clock change never loses a day.
 */
import { FORMAT_LOCALE } from "./i18n";

const MINUTES_PER_DAY = 1440;
const MS_PER_DAY = 86_400_000;

/** The clock on the wall of every branch. */
export const TIME_ZONE = "Europe/London";

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** `465` → `07:45`. Minutes past midnight start the next day: `1470` → `00:30`. */
export function clock(minutes: number): string {
  const inDay = ((minutes % MINUTES_PER_DAY) + MINUTES_PER_DAY) % MINUTES_PER_DAY;
  return `${twoDigits(Math.floor(inDay / 60))}:${twoDigits(inDay % 60)}`;
}

/** `07:45` or `07:45:00` → `465`; `24:00` → `1440`; null when it is no time of day. */
export function minuteOfDay(text: string): number | null {
  const match = /^(\d{1,2}):([0-5]\d)(?::[0-5]\d)?$/.exec(text.trim());
  if (match === null) {
    return null;
  }
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return minutes <= MINUTES_PER_DAY ? minutes : null;
}

const clockFormat = new Intl.DateTimeFormat(FORMAT_LOCALE, {
  timeZone: TIME_ZONE,
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

const localDateFormat = new Intl.DateTimeFormat("en-CA", {
  timeZone: TIME_ZONE,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/** A moment as the branch's clock shows it: `2026-07-01T06:12:00Z` → `07:12`. */
export function clockAt(moment: string | Date): string {
  return clockFormat.format(new Date(moment));
}

/** The date of a moment at the branch: `2026-07-01T23:30:00Z` → `2026-07-02`. */
export function localDate(moment: string | Date): string {
  return localDateFormat.format(new Date(moment));
}

/** `105` → `1 h 45`, `45` → `45 min`, `120` → `2 h`. */
export function duration(minutes: number): string {
  const sign = minutes < 0 ? "−" : "";
  const whole = Math.abs(minutes);
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  if (hours === 0) {
    return `${sign}${rest} min`;
  }
  return rest === 0 ? `${sign}${hours} h` : `${sign}${hours} h ${twoDigits(rest)}`;
}

const hoursFormat = new Intl.NumberFormat(FORMAT_LOCALE, { maximumFractionDigits: 1 });

/** Minutes as hours for totals: `1080000` → `18,000`, `1050` → `17.5`. */
export function hours(minutes: number): string {
  return hoursFormat.format(minutes / 60);
}

function utc(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

function isoDate(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** Whether a text is a real date such as `2026-11-30`. */
export function isDate(text: unknown): text is string {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    return false;
  }
  const moment = utc(text);
  return !Number.isNaN(moment.getTime()) && isoDate(moment) === text;
}

/** The date so many days later, or earlier when `days` is negative. */
export function addDays(date: string, days: number): string {
  return isoDate(new Date(utc(date).getTime() + days * MS_PER_DAY));
}

/** Days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((utc(to).getTime() - utc(from).getTime()) / MS_PER_DAY);
}

/** The Monday on or before a date. */
export function mondayOf(date: string): string {
  return addDays(date, -((utc(date).getUTCDay() + 6) % 7));
}

function dateFormat(options: Intl.DateTimeFormatOptions): (date: string) => string {
  const format = new Intl.DateTimeFormat(FORMAT_LOCALE, { timeZone: "UTC", ...options });
  // The locale puts a comma after the weekday; the house style has none.
  return (date) => format.format(utc(date)).replace(",", "");
}

/** `2026-11-30` → `Mon 30 Nov`. */
export const shortDate = dateFormat({ weekday: "short", day: "numeric", month: "short" });

/** `2026-11-30` → `30 Nov 2026`, for dates that may be years away. */
export const fullDate = dateFormat({ day: "numeric", month: "short", year: "numeric" });

/** `2026-11-30` → `Monday 30 November`. */
export const longDate = dateFormat({ weekday: "long", day: "numeric", month: "long" });

/** `2026-11-30` → `Mon`. */
export const weekday = dateFormat({ weekday: "short" });

/** `2026-11-30` → `Monday`. */
export const longWeekday = dateFormat({ weekday: "long" });

/** `2026-11-30` → `Mon 30 Nov – Sun 6 Dec`. */
export function weekLabel(monday: string): string {
  return `${shortDate(monday)} – ${shortDate(addDays(monday, 6))}`;
}
