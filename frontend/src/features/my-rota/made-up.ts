/** Made-up weeks and visits for tests. Each test states only what it is about. */
import type { MyDayOut, MyVisitOut, MyWeekOut, MyWeekVisitOut } from "@/api/generated/model";

export function aVisit(told: Partial<MyWeekVisitOut> = {}): MyWeekVisitOut {
  return {
    visit_id: 1,
    start_minute: 450,
    minutes: 30,
    starts_at: "2026-11-23T07:30:00Z",
    ends_at: "2026-11-23T08:00:00Z",
    client_name: "Mary T.",
    street: "Mill Lane",
    carers: [],
    travel_minutes: null,
    gap_minutes: null,
    kind_of_gap: null,
    changed: null,
    ...told,
  };
}

export function aDay(on: string, visits: readonly MyWeekVisitOut[]): MyDayOut {
  return { on, visits };
}

export function aWeek(told: Partial<MyWeekOut> = {}): MyWeekOut {
  return {
    week: "2026-11-23",
    vote: null,
    publication: { number: 1, published_at: "2026-11-19T12:00:00Z" },
    minutes: 60,
    guaranteed_minutes: 1200,
    days: [aDay("2026-11-23", [aVisit()])],
    changes_unseen: 0,
    ...told,
  };
}

export function aDoor(told: Partial<MyVisitOut> = {}): MyVisitOut {
  return {
    visit_id: 1,
    on: "2026-11-23",
    start_minute: 450,
    minutes: 30,
    starts_at: "2026-11-23T07:30:00Z",
    ends_at: "2026-11-23T08:00:00Z",
    client_name: "Mary Taylor",
    address: "4 Mill Lane",
    postcode: "LS1 1AA",
    at_the_door: "Ring twice.",
    tasks: ["Help with breakfast"],
    skills: [],
    carers: [],
    key_safe_available_from: null,
    key_safe_available_until: null,
    ...told,
  };
}
