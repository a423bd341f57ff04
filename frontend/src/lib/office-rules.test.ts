import { expect, test } from "vitest";
import { isLaw, reasonWords, ruleWords } from "./office-rules";

const CODES = Array.from({ length: 12 }, (_, rule) => `H${rule}`);

test.each(CODES)("%s is told in words, as a rule and as a reason", (code) => {
  expect(ruleWords(code)).toMatch(/^[A-Z].*\.$/);
  expect(reasonWords(code)).not.toBe(code);
});

test("a rule that is newer than this page is at least named", () => {
  expect(ruleWords("WTR-09")).toBe("WTR-09");
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
  expect(["H6", "H11", "away", "WTR-01", "VISA"].filter(isLaw)).toEqual(["WTR-01", "VISA"]);
});
