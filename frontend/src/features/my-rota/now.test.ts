import { expect, test } from "vitest";
import { aDay, aVisit } from "./made-up";
import { minutesOf, minutesUntil, nextVisit } from "./now";

const EARLY = aVisit({ visit_id: 1, ends_at: "2026-11-23T08:00:00Z" });
const LATE = aVisit({ visit_id: 2, ends_at: "2026-11-23T12:00:00Z" });
const DAYS = [aDay("2026-11-23", [EARLY, LATE]), aDay("2026-11-24", [])];

test("a visit under way counts as the next until it has ended", () => {
  expect(nextVisit(DAYS, new Date("2026-11-23T07:59:00Z"))?.visit.visit_id).toBe(1);
  expect(nextVisit(DAYS, new Date("2026-11-23T08:00:00Z"))?.visit.visit_id).toBe(2);
});

test("after the last visit nothing is next", () => {
  expect(nextVisit(DAYS, new Date("2026-11-23T12:00:00Z"))).toBeNull();
});

test("minutes are summed by day and counted up to the moment", () => {
  expect(minutesOf(aDay("2026-11-23", [EARLY, LATE]))).toBe(60);
  expect(minutesUntil("2026-11-23T08:00:00Z", new Date("2026-11-23T07:58:30Z"))).toBe(2);
  expect(minutesUntil("2026-11-23T08:00:00Z", new Date("2026-11-23T08:10:00Z"))).toBe(-10);
});
