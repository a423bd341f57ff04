import { describe, expect, test } from "vitest";
import {
  addDays,
  clock,
  clockAt,
  daysBetween,
  duration,
  hours,
  isDate,
  localDate,
  longDate,
  minuteOfDay,
  mondayOf,
  shortDate,
  weekLabel,
} from "./time";

describe("times of day", () => {
  test.each([
    [0, "00:00"],
    [465, "07:45"],
    [1439, "23:59"],
    [1440, "00:00"],
    [1470, "00:30"],
    [-30, "23:30"],
  ])("%i minutes from midnight read %s", (minutes, text) => {
    expect(clock(minutes)).toBe(text);
  });

  test.each([
    ["07:45", 465],
    ["7:45", 465],
    ["07:45:00", 465],
    [" 23:59 ", 1439],
    ["24:00", 1440],
    ["24:01", null],
    ["7.45", null],
    ["07:60", null],
    ["", null],
  ])("%j is minute %s of the day", (text, minutes) => {
    expect(minuteOfDay(text)).toBe(minutes);
  });

  test("a moment is shown by the branch's clock, in summer an hour ahead of UTC", () => {
    expect(clockAt("2026-07-01T06:12:00Z")).toBe("07:12");
    expect(clockAt("2026-12-01T06:12:00Z")).toBe("06:12");
    expect(localDate("2026-07-01T23:30:00Z")).toBe("2026-07-02");
  });
});

describe("lengths of time", () => {
  test.each([
    [0, "0 min"],
    [45, "45 min"],
    [60, "1 h"],
    [105, "1 h 45"],
    [605, "10 h 05"],
    [-90, "−1 h 30"],
  ])("%i minutes read %s", (minutes, text) => {
    expect(duration(minutes)).toBe(text);
  });

  test("a week's hours are rounded to a tenth and grouped in thousands", () => {
    expect(hours(1_080_000)).toBe("18,000");
    expect(hours(1050)).toBe("17.5");
    expect(hours(1001)).toBe("16.7");
  });
});

describe("dates", () => {
  test("dates read as people say them", () => {
    expect(shortDate("2026-11-30")).toBe("Mon 30 Nov");
    expect(longDate("2026-11-30")).toBe("Monday 30 November");
    expect(weekLabel("2026-11-30")).toBe("Mon 30 Nov – Sun 6 Dec");
  });

  test.each([
    ["2026-11-30", "2026-11-30"],
    ["2026-12-06", "2026-11-30"],
    ["2027-01-01", "2026-12-28"],
  ])("the week of %s starts on %s", (date, monday) => {
    expect(mondayOf(date)).toBe(monday);
  });

  test("both clock changes keep every day of the week", () => {
    expect(addDays("2026-03-28", 1)).toBe("2026-03-29");
    expect(addDays("2026-03-29", 1)).toBe("2026-03-30");
    expect(addDays("2026-10-25", 1)).toBe("2026-10-26");
    expect(daysBetween("2026-10-19", "2026-10-26")).toBe(7);
  });

  test.each([
    ["2026-02-28", true],
    ["2026-02-29", false],
    ["2026-2-28", false],
    ["tomorrow", false],
    [20260228, false],
    [undefined, false],
  ])("%j is a date: %s", (value, answer) => {
    expect(isDate(value)).toBe(answer);
  });
});
