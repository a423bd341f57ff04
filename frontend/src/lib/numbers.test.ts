import { expect, test } from "vitest";
import { count } from "./numbers";

test("thousands are set apart", () => {
  expect(count(999)).toBe("999");
  expect(count(18_000)).toBe("18,000");
});
