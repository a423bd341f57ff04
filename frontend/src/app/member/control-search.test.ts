import { expect, test } from "vitest";
import { readControlSearch } from "./control-search";

test("an address keeps a real day and a body, and nothing else", () => {
  expect(readControlSearch({ on: "2014-10-31", body: 3, week: "2026-11-30" })).toEqual({
    on: "2014-10-31",
    body: 3,
  });
  expect(readControlSearch({ on: "2014-02-31", body: -1 })).toEqual({});
  expect(readControlSearch({ on: 5, body: "3" })).toEqual({});
});
