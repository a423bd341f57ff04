/** Small boards for tests; each states only what the test is about. */
import type { BoardCarerOut, BoardOut, BoardVisitOut } from "@/api/generated/model";

export function visit(given: Partial<BoardVisitOut> & { id: number }): BoardVisitOut {
  return {
    client: 7,
    day: 0,
    start: 540,
    target: 540,
    earliest: 510,
    latest: 570,
    minutes: 30,
    carers_required: given.carers?.length ?? 1,
    carers: [1],
    state: "allocated",
    priority: 2,
    locked: false,
    changed: null,
    travel: (given.carers ?? [1]).map(() => null),
    reason: null,
    ...given,
  };
}

function carer(id: number, name: string): BoardCarerOut {
  return {
    id,
    name,
    mode: "car",
    guaranteed_minutes: 960,
    maximum_minutes: 2400,
    max_days: 5,
    planned_minutes: 1000,
    contact_minutes: 900,
    available: [[420, 900]],
    warnings: [],
    wishes: 0,
  };
}

export function board({ visits = [] }: { visits?: readonly BoardVisitOut[] }): BoardOut {
  return {
    rota: {
      id: 3,
      branch_id: 1,
      branch_name: "Millbeck",
      week: "2026-11-30",
      version: 4,
      publication: null,
    },
    policy: { version: 2, starts_on: "2026-09-01", decided_by: "general meeting", vote: null },
    carers: [carer(1, "Anne Hill"), carer(2, "Beth Stone")],
    clients: [
      {
        id: 7,
        name: "Mr Idris Vale",
        risk_class: "R2",
        target_carers: 3,
        carers_28_days: 4,
        budget_28_days: 5,
      },
    ],
    visits,
    figures: {
      visits: visits.length,
      unassigned: visits.filter(({ state }) => state === "unallocated").length,
      unassigned_critical: 0,
      covered_percent: 99.5,
      familiar_percent: 90,
      carers_per_client: 3.1,
      continuity_index: 0.4,
      within_15_percent: 80,
      travel_percent: 14.2,
      travel_minutes: 6000,
      splits: 30,
      wishes_kept_percent: 81,
      cost: 200_000,
      terms: {},
      breaches: 0,
    },
    travel: { provider: "formula", tables: [] },
  };
}
