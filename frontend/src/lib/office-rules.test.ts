import { expect, test } from "vitest";
import { reasonWords, ruleWords } from "./office-rules";

const CODES = Array.from({ length: 12 }, (_, rule) => `H${rule}`);

test.each(CODES)("%s is told in words, as a rule and as a reason", (code) => {
  expect(ruleWords(code)).toMatch(/^[A-Z].*\.$/);
  expect(reasonWords(code)).not.toBe(code);
});

test("a rule that is newer than this page is at least named", () => {
  expect(ruleWords("WTR-09")).toBe("WTR-09");
});
