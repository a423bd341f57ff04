import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type {
  PolicyTryOut,
  PromiseFigureOut,
  PromiseOut,
  RotaPolicyOut,
} from "@/api/generated/model";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { RotaPolicy } from "./rota-policy";
import { rules } from "./rules";

const TOKENS = [6, 8, 1, 1, 1, 2, 1];

function policy(given: Partial<RotaPolicyOut> = {}): RotaPolicyOut {
  return {
    vote: null,
    decided_by: "default",
    starts_on: "2020-01-01",
    rules: rules().map(({ name }, place) => ({
      name,
      thousandths: 50 * (TOKENS[place] ?? 0),
      tokens: TOKENS[place] ?? 0,
      points: 1,
      token_points: 113.7,
      token_travel_minutes: 113.7,
      usual_week: 66,
    })),
    versions: [],
    overrides: [],
    ...given,
  };
}

function aTry(given: Partial<PolicyTryOut>): PolicyTryOut {
  return {
    id: 4,
    state: "queued",
    branch_name: "North",
    week: "2026-11-16",
    tokens: [{ name: "travel", tokens: 20 }],
    asked_at: "2026-11-25T10:00:00Z",
    seconds: 120,
    elapsed_seconds: 0,
    present: null,
    tried: null,
    ...given,
  };
}

function promise(given: Partial<PromiseOut> = {}): PromiseOut {
  return {
    state: "finished",
    weeks_needed: 4,
    weeks: 4,
    has_ended: false,
    figures: [],
    branches: [],
    ...given,
  };
}

function versionWith(promised: PromiseOut) {
  return {
    number: 3,
    ballot: "",
    voted_on: "2026-03-12",
    effective_from: "2026-04-13",
    is_to_come: false,
    method: "im-1",
    inputs_hash: "a".repeat(64),
    result_hash: "b".repeat(64),
    limits: [],
    rules: policy().rules,
    promise: promised,
  };
}

let backend: { policy: RotaPolicyOut; tries: PolicyTryOut[]; asked: unknown[] };

beforeEach(() => {
  backend = { policy: policy(), tries: [], asked: [] };
  const weeks = [{ branch_id: 3, branch_name: "North", week: "2026-11-16" }];
  server.use(
    http.get("/api/rota-policy", () => HttpResponse.json(backend.policy)),
    http.get("/api/rota-policy/tries", () => HttpResponse.json({ tries: backend.tries, weeks })),
    http.post("/api/rota-policy/tries", async ({ request }) => {
      backend.asked.push(await request.json());
      backend.tries = [aTry({})];
      return HttpResponse.json(backend.tries[0], { status: 201 });
    }),
  );
});

const more = (rule: string) => screen.getByRole("button", { name: `One token more for ${rule}` });
const less = (rule: string) => screen.getByRole("button", { name: `One token less for ${rule}` });

test("a split can be tried only when all tokens are placed, and no more can be placed", async () => {
  renderApp(<RotaPolicy mayTry mayRelax={false} />);
  await screen.findByText("All tokens are placed");
  expect(more("Weekends off")).toBeDisabled();

  await userEvent.click(less("Less travel"));

  expect(screen.getByText("1 token left")).toBeVisible();
  expect(screen.getByRole("button", { name: "Try this split" })).toBeDisabled();
  await userEvent.click(more("Weekends off"));
  await userEvent.click(screen.getByRole("button", { name: "Try this split" }));
  expect(await screen.findByText("Making both weeks")).toBeVisible();
  expect(backend.asked).toEqual([
    {
      branch_id: null,
      tokens: {
        continuity: 6,
        travel: 7,
        weekend_fairness: 2,
        contract_hours: 1,
        preferred_times: 1,
        gaps: 2,
        rota_stability: 1,
      },
    },
  ]);
});

test("both weeks stand side by side in figures that people care about", async () => {
  const side = (faces: number) => [{ name: "new faces", value: faces }];
  backend.tries = [aTry({ state: "finished", present: side(40), tried: side(12) })];

  renderApp(<RotaPolicy mayTry mayRelax={false} />);

  const row = (await screen.findByText("New faces, over all clients")).closest("tr");
  expect(row).not.toBeNull();
  expect(within(row as HTMLElement).getByText("↓ better, 28 less")).toBeVisible();
});

test("who is no member reads the policy, and is not asked to try", async () => {
  renderApp(<RotaPolicy mayTry={false} mayRelax={false} />);

  expect(await screen.findByText(/Nobody has voted on it yet/)).toBeVisible();
  expect(screen.getByText(/a weekend that was wished off weighs as much as 113.7/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Try this split" })).toBeNull();
});

test("a vote is named with its day, and the one to come with its Monday", async () => {
  const vote = {
    number: 3,
    ballot: "ballot-7",
    voted_on: "2026-03-12",
    effective_from: "2026-04-13",
  };
  const declared = {
    ...vote,
    is_to_come: false,
    method: "im-1",
    inputs_hash: "a".repeat(64),
    result_hash: "b".repeat(64),
    limits: [],
    rules: policy().rules,
    promise: promise(),
  };
  const next = { ...declared, number: 4, is_to_come: true, effective_from: "2026-12-28" };
  backend.policy = policy({ vote, starts_on: "2026-04-13", versions: [next, declared] });

  renderApp(<RotaPolicy mayTry={false} mayRelax={false} />);

  expect(await screen.findByText(/Policy 3, voted 12 Mar 2026. It holds since/)).toBeVisible();
  expect(screen.getByText(/Policy 4, .* holds from 28 Dec 2026/)).toBeVisible();
});

test("a version shows the limits that were voted, and leads to its vote and its votes", async () => {
  const version = {
    number: 3,
    ballot: "policy-2026",
    voted_on: "2026-03-12",
    effective_from: "2026-04-13",
    is_to_come: false,
    method: "im-1, median-1",
    inputs_hash: "a".repeat(64),
    result_hash: "b".repeat(64),
    limits: [
      { name: "rota_days", value: 14 },
      { name: "latest_finish_before_early", value: 1290 },
    ],
    rules: policy().rules,
    promise: promise(),
  };
  const decided = { ...version, number: 2, ballot: "", limits: [] };
  backend.policy = policy({ versions: [version, decided] });

  renderApp(<RotaPolicy mayTry={false} mayRelax={false} />);
  await userEvent.click(await screen.findByText("Policy 3, voted 12 Mar 2026"));

  expect(screen.getByText("Least notice of a published rota: 14 days")).toBeVisible();
  expect(screen.getByText("Latest finish before an early start: 21:30")).toBeVisible();
  const links = screen
    .getAllByRole("link", { hidden: true })
    .map((link) => link.getAttribute("href"));
  expect(links).toEqual([
    "/member/ballots/named/policy-2026/result",
    "/member/ballots/named/policy-2026/package.json",
  ]);
});

test("a coordinator relaxes a rule for a week, and all read by whom and why", async () => {
  const asked: unknown[] = [];
  const [north] = [
    { id: 3, name: "North", external_id: "n", this_week: "2026-11-23", next_week: "2026-11-30" },
  ];
  server.use(
    http.get("/api/branches", () => HttpResponse.json([north])),
    http.post("/api/branches/3/policy-overrides", async ({ request }) => {
      asked.push(await request.json());
      backend.policy = policy({
        overrides: [
          {
            branch_name: "North",
            name: "gaps",
            value: 50,
            starts_on: "2026-11-30",
            ends_before: "2026-12-07",
            reason: "The bridge is closed",
            made_by: "Cora",
            made_at: "2026-11-25T10:00:00Z",
          },
        ],
      });
      return HttpResponse.json(backend.policy, { status: 201 });
    }),
  );
  renderApp(<RotaPolicy mayTry={false} mayRelax />);

  await userEvent.selectOptions(await screen.findByLabelText("What to relax"), "No gaps");
  await userEvent.type(screen.getByLabelText("How much of it is left, in %"), "50");
  await userEvent.type(screen.getByLabelText("Reason, for all to read"), "The bridge is closed");
  await userEvent.click(screen.getByRole("button", { name: "Relax it" }));

  expect(await screen.findByText(/North: No gaps, 50% of what was voted/)).toBeVisible();
  expect(screen.getByText(/by Cora. The bridge is closed/)).toBeVisible();
  expect(asked).toEqual([
    {
      name: "gaps",
      value: 50,
      starts_on: "2026-11-30",
      weeks: 1,
      reason: "The bridge is closed",
    },
  ]);
});

const NORTH: PromiseOut["branches"][number] = {
  branch_name: "North",
  state: "finished",
  failed_weeks: 1,
  is_counted: true,
  made_weeks: ["2026-03-02"],
  weeks_before: ["2026-03-30", "2026-04-06"],
  weeks_after: ["2026-04-13", "2026-04-20", "2026-04-27", "2026-05-04"],
  figures: [],
};

test("what was promised of a policy stands beside what happened, with its weeks", async () => {
  const faces: PromiseFigureOut = {
    name: "new faces",
    is_sum: true,
    before: 84,
    promised_change: -20,
    after: 76,
    change: -8,
    verdict: "less",
  };
  const travel: PromiseFigureOut = {
    ...faces,
    name: "travel minutes",
    before: 600.4,
    promised_change: 30.2,
    after: 570.4,
    change: -30,
    verdict: "other_way",
  };
  backend.policy = policy({
    versions: [versionWith(promise({ figures: [travel, faces], branches: [NORTH] }))],
  });
  renderApp(<RotaPolicy mayTry={false} mayRelax={false} />);
  await userEvent.click(await screen.findByText("Policy 3, voted 12 Mar 2026"));

  const table = screen.getByRole("table", { name: /A week of the counted branches together/ });
  const cells = within(table)
    .getAllByRole("row")
    .slice(1)
    .map((row) => [...row.children].map((cell) => cell.textContent));
  expect(cells).toEqual([
    [
      "New faces, over all clients",
      "84",
      "−20",
      "76",
      "−8",
      "down as promised, by less than half of it",
    ],
    ["Travel", "10 h", "+30 min", "9 h 30", "−30 min", "the other way"],
  ]);
  expect(screen.getByText(/no proof of what the policy did/)).toBeVisible();
  await userEvent.click(screen.getByText("North"));
  expect(screen.getByText("Before, the weeks from: 30 Mar 2026, 6 Apr 2026")).toBeVisible();
  expect(screen.getByText("Promised by the weeks from: 2 Mar 2026")).toBeVisible();
  expect(screen.getByText("One week could not be made.")).toBeVisible();
});

test("before there are four weeks it is too early, and their number is said", async () => {
  const early: PromiseFigureOut = {
    name: "splits",
    is_sum: true,
    before: 12.5,
    promised_change: 3,
    after: null,
    change: null,
    verdict: "too_early",
  };
  const one = promise({ state: "waiting", weeks: 1, figures: [early], branches: [NORTH] });
  backend.policy = policy({ versions: [versionWith(one)] });

  renderApp(<RotaPolicy mayTry={false} mayRelax={false} />);
  await userEvent.click(await screen.findByText("Policy 3, voted 12 Mar 2026"));

  expect(
    screen.getByText(/One whole week has been published under it; 4 are needed/),
  ).toBeVisible();
  expect(screen.getByText(/Recent weeks are still being made/)).toBeVisible();
  expect(screen.getByText("too early")).toBeVisible();
});

test("a policy that no week was made by says so", async () => {
  backend.policy = policy({ versions: [versionWith(promise({ state: "none", weeks: 0 }))] });

  renderApp(<RotaPolicy mayTry={false} mayRelax={false} />);
  await userEvent.click(await screen.findByText("Policy 3, voted 12 Mar 2026"));

  expect(screen.getByText(/Nothing was promised of this policy/)).toBeVisible();
});
