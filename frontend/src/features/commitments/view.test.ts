import { expect, test } from "vitest";
import { commitmentsSearchOf, commitmentsViewOf, readCommitmentsSearch } from "./view";

test("an address gives back the view that it was made of", () => {
  const view = { figure: "owed", funder: 3, from: 50 } as const;

  expect(commitmentsViewOf(readCommitmentsSearch({ ...commitmentsSearchOf(view) }))).toEqual(view);
});

test("what is usual leaves no trace in the address", () => {
  expect(commitmentsSearchOf({ figure: "owed", funder: null, from: 0 })).toEqual({});
});

test.each([
  { figure: "owed" },
  { figure: "everything" },
  { funder: -1 },
  { funder: "3" },
  { from: 1.5 },
  { from: 0 },
])("an address that nobody made is left aside: %o", (search) => {
  expect(readCommitmentsSearch(search)).toEqual({});
});
