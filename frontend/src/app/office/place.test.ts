import { expect, test } from "vitest";
import { completePlace, readPlace, weeksToChoose } from "./place";

const BRANCHES = [
  { id: 4, next_week: "2026-11-30" },
  { id: 9, next_week: "2026-11-30" },
];
const TODAY = "2026-11-25";

test.each([
  [
    { branch: 4, week: "2026-11-30" },
    { branch: 4, week: "2026-11-30" },
  ],
  [
    { branch: 4, week: "2026-12-03" },
    { branch: 4, week: "2026-11-30" },
  ],
  [{ branch: "four", week: "soon" }, {}],
  [{ branch: -1, week: "2026-02-30" }, {}],
  [{ branch: 1.5, week: 20261130 }, {}],
  [{}, {}],
])("the address %j is read as %j", (search, place) => {
  expect(readPlace(search)).toEqual(place);
});

test("an open address shows the first branch and the week planned next", () => {
  expect(completePlace({}, BRANCHES, TODAY)).toEqual({ branch: 4, week: "2026-11-30" });
});

test("what the address names is kept", () => {
  const place = { branch: 9, week: "2026-11-02" };

  expect(completePlace(place, BRANCHES, TODAY)).toEqual(place);
});

test("a link to somebody else's branch shows one's own, in the same week", () => {
  expect(completePlace({ branch: 77, week: "2026-11-02" }, BRANCHES, TODAY)).toEqual({
    branch: 4,
    week: "2026-11-02",
  });
});

test("a member without a branch sees the present week and no branch", () => {
  expect(completePlace({ branch: 4 }, [], TODAY)).toEqual({ week: "2026-11-23" });
});

test("four weeks back and two ahead can be chosen, and the one that is shown", () => {
  expect(weeksToChoose(TODAY, "2026-11-30")).toEqual([
    "2026-10-26",
    "2026-11-02",
    "2026-11-09",
    "2026-11-16",
    "2026-11-23",
    "2026-11-30",
    "2026-12-07",
  ]);
  expect(weeksToChoose(TODAY, "2026-06-01")[0]).toBe("2026-06-01");
});
