/** Runs and proposals for tests; each states only what the test is about. */
import type {
  FiguresOut,
  GroupPartOut,
  GroupProposalOut,
  GroupRunOut,
  ProposalOut,
  RepairOut,
  RunOut,
} from "@/api/generated/model";

export function run(told: Partial<RunOut> = {}): RunOut {
  return {
    id: 7,
    rota_id: 6,
    kind: "build",
    state: "running",
    stage: "improving",
    seconds: 60,
    elapsed_seconds: 12,
    best_cost: 137_054.4,
    unassigned: 4,
    figures: { terms: {}, iterations: 9000, unassigned_critical: 1, rebased: false, gap: null },
    curve: [],
    asked_by: "Asha Thackray",
    asked_at: "2026-11-23T13:00:00Z",
    started_at: "2026-11-23T13:00:01Z",
    ended_at: null,
    heartbeat_at: "2026-11-23T13:00:12Z",
    cancelled_by: null,
    cancelled_at: null,
    keep_best: true,
    proposal_id: null,
    proposal_ids: [],
    last_error: "",
    rule_versions: {},
    attempts: 1,
    travel: null,
    happened: null,
    ...told,
  };
}

export function figures(told: Partial<FiguresOut> = {}): FiguresOut {
  return {
    visits: 4319,
    unassigned: 0,
    unassigned_critical: 0,
    covered_percent: 100,
    familiar_percent: 60,
    carers_per_client: 8,
    continuity_index: 0.1,
    within_15_percent: 60,
    travel_percent: 16,
    travel_minutes: 35_530,
    splits: 551,
    wishes_kept_percent: 61,
    cost: 101_812,
    terms: {},
    breaches: 0,
    ...told,
  };
}

export function proposal(told: Partial<ProposalOut> = {}): ProposalOut {
  return {
    id: 9,
    run_id: 7,
    rota_id: 6,
    state: "open",
    stale: false,
    figures: figures(),
    figures_before: figures({ unassigned: 13, covered_percent: 99.7, splits: 500 }),
    open_visits: [],
    differences: [],
    lent: [],
    repair: null,
    made_at: "2026-11-23T13:01:00Z",
    decided_by: null,
    decided_at: null,
    ...told,
  };
}

export function repair(told: Partial<RepairOut> = {}): RepairOut {
  const before = { start_minute: 540, carer_names: ["Ann Able"] };
  const after = { start_minute: 540, carer_names: ["Bob Best"] };
  const visit = { visit_id: 1, client_name: "Kim Kent", on: "2099-12-01", before, after };
  return {
    stands_for: ["fewest_changes"],
    change_count: 1,
    others_changed: 0,
    left_open: 0,
    new_faces: 0,
    travel_added: 12,
    least_open_proven: true,
    proven: false,
    changes_at_least: 1,
    calls: [
      { who: "carer", id: 5, name: "Bob Best", items: [{ told: "given", ...visit }] },
      { who: "client", id: 4, name: "Kim Kent", items: [{ told: "other_carer", ...visit }] },
    ],
    law_warnings: [],
    ...told,
  };
}

/** A part of a group run: Calder by itself, done unless told otherwise. */
export function part(told: Partial<GroupPartOut> = {}): GroupPartOut {
  return {
    run_id: 21,
    branches: ["Calder"],
    state: "finished",
    stage: "done",
    seconds: 60,
    elapsed_seconds: 60,
    best_cost: 900,
    unassigned: 3,
    unassigned_critical: 1,
    attempts: 0,
    lost: false,
    last_error: "",
    ...told,
  };
}

/** A group run of two branches in its first step. */
export function groupRun(told: Partial<GroupRunOut> = {}): GroupRunOut {
  return {
    id: 5,
    week_starts_on: "2026-11-30",
    state: "running",
    seconds: 300,
    stage: 0,
    stages: [
      {
        kind: "alone",
        seconds: 60,
        total: 2,
        done: 1,
        parts: [
          part(),
          part({
            run_id: 22,
            branches: ["Wharfe"],
            state: "running",
            stage: "improving",
            elapsed_seconds: 12,
            unassigned: 7,
            unassigned_critical: 0,
          }),
        ],
      },
      { kind: "neighbours", seconds: 120, total: 1, done: 0, parts: [] },
      { kind: "proposals", seconds: 5, total: 2, done: 0, parts: [] },
    ],
    best_cost: null,
    unassigned: null,
    curve: [
      [2, 90_000, 40],
      [12, 1800, 10],
    ],
    asked_by: "Asha Thackray",
    asked_at: "2026-11-23T13:00:00Z",
    cancelled_by: null,
    cancelled_at: null,
    keep_best: true,
    ended_at: null,
    proposals: [],
    ...told,
  };
}

export function groupProposal(told: Partial<GroupProposalOut> = {}): GroupProposalOut {
  return {
    branch_id: 1,
    branch_name: "Calder",
    proposal_id: 9,
    state: "open",
    stale: false,
    visits: 100,
    unassigned_before: 20,
    unassigned: 2,
    unassigned_critical: 1,
    ...told,
  };
}
