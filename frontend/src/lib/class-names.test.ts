import { expect, test } from "vitest";
import { classNames } from "./class-names";

test("absent names leave no trace", () => {
  expect(classNames("card", undefined, false, null, "", "quiet")).toBe("card quiet");
});
