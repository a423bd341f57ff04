import { expect, test } from "vitest";
import { differenceWords, faultWords, isLaw, reasonWords, ruleWords } from "./office-rules";

const CODES = [...Array.from({ length: 12 }, (_, rule) => `H${rule}`), "V1", "V2", "V3"];

test.each(CODES)("%s is told in words, as a rule and as a reason", (code) => {
  expect(ruleWords(code)).toMatch(/^[A-Z].*\.$/);
  expect(reasonWords(code)).not.toBe(code);
});

test("a rule that is newer than this page is at least named", () => {
  expect(ruleWords("WTR-09")).toBe("WTR-09");
});

const TERMS = [
  "S1 travel",
  "S2 extra carers",
  "S2 unfamiliar",
  "S3 lateness",
  "S4 overtime",
  "S4 shortfall",
  "S6 idle",
  "S6 split",
  "S8 stability",
  "S9 voted limits",
];

test.each(TERMS)("%s is told in words, both ways, without its code", (term) => {
  const more = differenceWords({ term, points: 12, amount: 12 });
  const less = differenceWords({ term, points: -12, amount: -12 });

  expect(more).toContain("12");
  expect(less).toContain("12");
  expect(more).not.toBe(less);
  expect(more + less).not.toContain("S");
});

test("a term that counts nothing is told in points", () => {
  expect(differenceWords({ term: "S5 preferences", points: 60, amount: null })).toBe(
    "wishes kept less (60 points)",
  );
  expect(differenceWords({ term: "S10 newer", points: -2.5, amount: null })).toBe(
    "S10 newer: 2.5 points less",
  );
});

test("a rule in the way comes with its figure", () => {
  expect(faultWords({ code: "H7", shortfall: 75 })).toBe("hours are full, 1 h 15 too many");
  expect(faultWords({ code: "H3", shortfall: 1 })).toBe(reasonWords("H3"));
});

const REFUSED = ["WTR-01", "WTR-02", "WTR-04", "WTR-06", "WTR-07", "VISA", "REG-19"];

test.each(REFUSED)("%s of the law is told in words, as a rule and as a reason", (code) => {
  expect(ruleWords(code)).toMatch(/^[A-Z].*\.$/);
  expect(reasonWords(code)).not.toBe(code);
});

test.each(["PAY-01", "NICE-01", "ERA-02"])("%s of the law only warns, in words", (code) => {
  expect(ruleWords(code)).toMatch(/^[A-Z].*\.$/);
});

test("what is no rota rule and no absence is the law", () => {
  expect(["H6", "H11", "V4", "away", "WTR-01", "VISA"].filter(isLaw)).toEqual(["WTR-01", "VISA"]);
});
