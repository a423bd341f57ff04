import { expect, test } from "vitest";
import { count, decimal, percent, percentAtMost, pounds, signedCount } from "./numbers";

test("thousands are set apart", () => {
  expect(count(999)).toBe("999");
  expect(count(18_000)).toBe("18,000");
});

test("a difference says whether it is more or less, and no difference has no sign", () => {
  expect([12.4, -3, 0.2].map(signedCount)).toEqual(["+12", "-3", "0"]);
});

test("a share is never said to be whole while something is missing", () => {
  expect(percent(99.98)).toBe("99.9%");
  expect(percent(100)).toBe("100%");
  expect(percent(57.97)).toBe("58%");
});

test("a limit is never said to be nearer than it is", () => {
  expect(percentAtMost(0)).toBe("0%");
  expect(percentAtMost(0.03)).toBe("3%");
  expect(percentAtMost(0.0301)).toBe("3.1%");
});

test("a figure that is no count keeps two digits", () => {
  expect(decimal(8.048)).toBe("8.05");
});

test("money keeps its pence", () => {
  expect(pounds(10_198)).toBe("£101.98");
  expect(pounds(25)).toBe("£0.25");
});
