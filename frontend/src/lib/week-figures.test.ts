import { expect, test } from "vitest";
import { figures, verdictOf, verdictWords } from "./week-figures";

function figure(name: string) {
  const found = figures().find((one) => one.name === name);
  if (found === undefined) {
    throw new Error(`there is no figure ${name}`);
  }
  return found;
}

test("less is better, but for what there should be more of", () => {
  expect(verdictOf(figure("splits"), 10, 7)).toBe("better");
  expect(verdictOf(figure("splits"), 7, 10)).toBe("worse");
  expect(verdictOf(figure("contract hours filled %"), 90, 95)).toBe("better");
});

test("what looks the same is the same", () => {
  expect(verdictOf(figure("carers per client"), 7.561, 7.559)).toBe("same");
});

test("the words say which way the figure goes", () => {
  expect(verdictWords(figure("travel minutes"), 600, 695)).toBe("↑ worse, 1 h 35 more");
  expect(verdictWords(figure("wishes kept % (by strength)"), 60, 50)).toBe("↓ worse, 10 less");
  expect(verdictWords(figure("splits"), 3, 3)).toBe("= the same");
});
