import { expect, test } from "vitest";
import { carersPerClient, leftOf, openVisits, rowsOf, scaleOf } from "./layout";
import { board, visit } from "./testing";
import { viewOf } from "./view";

test("a visit is drawn in true time on its day", () => {
  const scale = scaleOf(null);

  expect(leftOf(scale, 1, 7 * 60)).toBeCloseTo(scale.dayWidth + 60 * scale.perMinute);
});

test("a day that is not shown has no place", () => {
  expect(leftOf(scaleOf(2), 3, 600)).toBeNull();
});

test("a double-up stands in the rows of both its carers, with the journey of each", () => {
  const rows = rowsOf(
    board({ visits: [visit({ id: 9, carers: [1, 2], travel: [null, 12], start: 600 })] }),
    viewOf({}),
  );

  expect(rows.map((row) => row.blocks.length)).toEqual([1, 1]);
  expect(rows.map((row) => row.blocks[0]?.travelMinutes)).toEqual([null, 12]);
});

test("open visits come worst first, then by time", () => {
  const found = openVisits(
    board({
      visits: [
        visit({ id: 1, priority: 2, state: "unallocated", carers: [], start: null }),
        visit({ id: 2, priority: 1, day: 4, state: "unallocated", carers: [], start: null }),
        visit({ id: 3, priority: 1, day: 2, state: "unallocated", carers: [], start: null }),
        visit({ id: 4, priority: 1 }),
      ],
    }),
  );

  expect(found.map(({ id }) => id)).toEqual([3, 2, 1]);
});

test("an open visit stands in its client's row at the time the client would like", () => {
  const open = visit({ id: 5, state: "unallocated", carers: [], start: null, target: 480 });

  const [row] = rowsOf(board({ visits: [open] }), viewOf({ rows: "clients" }));

  expect(row?.blocks[0]?.left).toBe(leftOf(scaleOf(null), 0, 480));
});

test("a search for a name keeps only rows with it, whatever the case", () => {
  const rows = rowsOf(board({}), viewOf({ name: "BETH" }));

  expect(rows.map((row) => row.name)).toEqual(["Beth Stone"]);
});

test("a filter leaves out the rows it empties", () => {
  const rows = rowsOf(
    board({ visits: [visit({ id: 1, carers: [1] }), visit({ id: 2, carers: [2], locked: true })] }),
    viewOf({ only: "locked" }),
  );

  expect(rows.map((row) => row.id)).toEqual([2]);
});

test("the carers of a client are counted once each", () => {
  const counts = carersPerClient(
    board({ visits: [visit({ id: 1, carers: [1, 2] }), visit({ id: 2, carers: [2] })] }),
  );

  expect(counts.get(7)).toBe(2);
});
