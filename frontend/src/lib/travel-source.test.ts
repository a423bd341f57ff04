import { expect, test } from "vitest";
import type { RoadTableOut, TravelOut } from "@/api/generated/model";
import { travelSourceWords } from "./travel-source";

function table(told: Partial<RoadTableOut> = {}): RoadTableOut {
  return {
    mode: "car",
    known: 200,
    unknown: 0,
    oldest_at: "2026-11-12T23:30:00Z",
    asked_at: "2026-11-23T04:00:00Z",
    failure: null,
    digest: "d",
    ...told,
  };
}

const osrm = (...tables: RoadTableOut[]): TravelOut => ({ provider: "osrm", tables });

test("nothing is said where the rules reckon by the formula or nobody knows yet", () => {
  expect(travelSourceWords({ provider: "formula", tables: [] })).toEqual([]);
  expect(travelSourceWords(null)).toEqual([]);
});

test.each([
  [table(), "Travel times by car from 12 Nov 2026."],
  [
    table({ failure: "timed_out" }),
    "Travel times by car from 12 Nov 2026. The route service did not answer.",
  ],
  [
    table({ failure: "resting", unknown: 1, mode: "walk" }),
    "Travel times on foot from 12 Nov 2026. The route service did not answer. 1% of the ways by the formula.",
  ],
  [
    table({ failure: "unreadable" }),
    "Travel times by car from 12 Nov 2026. The route service gave no answer that could be used.",
  ],
  [
    table({ failure: "out_of_time", unknown: 200 }),
    "Travel times by car from 12 Nov 2026. More are still to be fetched. 50% of the ways by the formula.",
  ],
  [
    table({ failure: "no_address", known: 0, unknown: 200, oldest_at: null }),
    "Travel times by car by the formula. No route service is connected.",
  ],
])("a table says where its times are from and how old they are", (given, words) => {
  expect(travelSourceWords(osrm(given))).toEqual([words]);
});

test("without a table the formula is named, and why", () => {
  expect(travelSourceWords(osrm())).toEqual([
    "Travel times by the formula: the route service has not been asked yet.",
  ]);
});
