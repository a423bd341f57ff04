import { expect, test } from "vitest";
import { curvePath, curvePoints, thinned } from "./curve";

const POINTS = curvePoints([
  [0, 10_000, 50],
  [10, 1_000, 5],
  [20, 100, 0],
]);

test("a point that is not complete is left out", () => {
  expect(
    curvePoints([
      [1, 2],
      [3, 4, 5],
    ]),
  ).toEqual([{ second: 3, cost: 4, unassigned: 5 }]);
});

test("the line goes in steps from the worst at the top to the best at the bottom", () => {
  // Each is a tenth of the one before, so the steps are of the same height.
  expect(curvePath(POINTS, 200, 100)).toBe("M0.0 0.0H100.0V50.0H200.0V100.0");
});

test("a run that found nothing better is a flat line", () => {
  const flat = curvePoints([
    [0, 500, 1],
    [10, 500, 1],
  ]);

  expect(curvePath(flat, 200, 100)).toBe("M0.0 100.0H200.0V100.0");
});

test("a long run keeps its first and last point among a few", () => {
  const many = curvePoints(Array.from({ length: 301 }, (_, second) => [second, 1000 - second, 0]));

  const few = thinned(many, 8);

  expect(few).toHaveLength(8);
  expect([few[0]?.second, few[7]?.second]).toEqual([0, 300]);
});
