import { expect, test } from "vitest";
import { ruleLines } from "./rule-words";

test("limits read as lengths of time, pay as pounds, shares as per cent", () => {
  expect(ruleLines("rota_policy", { daily_rest_minutes: 660 })).toEqual([
    { path: "daily_rest_minutes", label: "Rest between two days", value: "11 h" },
  ]);
  expect(ruleLines("nmw", { adult: "12.71" })[0]?.value).toBe("£12.71");
  expect(ruleLines("quality", { clipped_below: 0.9 })[0]?.value).toBe("90 %");
  expect(ruleLines("quality", { on_time_windows_min: [15, 30] })[0]?.value).toBe("15 min, 30 min");
  expect(ruleLines("ssp", { lower_earnings_limit: null })[0]?.value).toBe("none");
});

test("weights inside weights are each a line", () => {
  const lines = ruleLines("rota_policy", {
    weights: { unassigned: { "1": 40 }, travel: 1, fairness: 0.002 },
  });

  expect(lines.map(({ label, value }) => `${label}: ${value}`)).toEqual([
    "A minute without a carer, most urgent: 40 points",
    "A minute of travel: 1 point",
    "Hours unevenly shared: 0.002 points",
  ]);
});

test("targets of continuity say for how many visits", () => {
  expect(ruleLines("continuity", { targets: [[7, 3]] })).toEqual([
    { path: "targets.7", label: "Carers for up to 7 visits a week", value: "3" },
  ]);
});

test("a figure that has no words yet is shown under its own name", () => {
  expect(ruleLines("ecm", { brand_new: { part: 3 } })).toEqual([
    { path: "brand_new.part", label: "brand new part", value: "3" },
  ]);
});
