import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { ScenarioOut, ScenarioSideOut } from "@/api/generated/model";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { WhatIf } from "./what-if";

function side(faces: number, travel: number): ScenarioSideOut {
  const spread = { lowest: 0, quarter: 1, median: 2, three_quarters: 3, highest: faces };
  const terms = [{ name: "S1 travel", value: travel }];
  return {
    figures: [
      { name: "new faces", value: faces },
      { name: "travel minutes", value: travel },
    ],
    by_carer: [{ name: "days", ...spread }],
    by_client: [{ name: "new faces", ...spread }],
    costs: [
      { total: travel, terms },
      { total: 3 * travel, terms: [{ name: "S1 travel", value: 3 * travel }] },
    ],
  };
}

function scenario(given: Partial<ScenarioOut>): ScenarioOut {
  const run = { state: "finished", seconds: 60, elapsed_seconds: 60, unassigned: 0 } as const;
  return {
    id: 4,
    rota_id: 6,
    state: "finished",
    change: { weights: { travel: 3 }, limits: {}, more_carers: null },
    present: run,
    tried: run,
    asked_at: "2026-11-25T10:00:00Z",
    asked_by: "Cora",
    result: null,
    ...given,
  };
}

const RULES = [
  {
    area: "rota_policy",
    branch_name: null,
    values: { max_day_minutes: 660, weights: { travel: 1 } },
  },
  { area: "rota_policy", branch_name: "North", values: { max_day_minutes: 600, weights: {} } },
];

function show() {
  renderApp(<WhatIf rotaId={6} branchName="North" week="2026-11-30" />);
}

async function choose(...names: string[]) {
  for (const name of names) {
    await userEvent.click(await screen.findByRole("checkbox", { name }));
  }
}

let backend: { scenarios: ScenarioOut[]; asked: unknown[] };

beforeEach(() => {
  backend = { scenarios: [], asked: [] };
  server.use(
    http.get("/api/organisation/skills", () =>
      HttpResponse.json([
        { code: "hoist", name: "Hoist" },
        { code: "peg", name: "PEG feeding" },
      ]),
    ),
    http.get("/api/organisation/rules", () => HttpResponse.json(RULES)),
    http.get("/api/rotas/6/scenarios", () => HttpResponse.json(backend.scenarios)),
    http.post("/api/rotas/6/scenarios", async ({ request }) => {
      backend.asked.push(await request.json());
      backend.scenarios = [scenario({ state: "queued" })];
      return HttpResponse.json(backend.scenarios[0], { status: 201 });
    }),
    http.post("/api/scenarios/4/cancel", () => {
      backend.scenarios = [scenario({ state: "cancelled" })];
      return HttpResponse.json(backend.scenarios[0]);
    }),
  );
});

test("a question is asked with what was filled in, watched, and stopped", async () => {
  show();

  await choose("Other points", "More carers", "PEG feeding");
  await userEvent.type(screen.getByLabelText("A minute of travel"), "3");
  await userEvent.type(screen.getByLabelText("How many"), "2");
  await userEvent.click(screen.getByRole("button", { name: "Try it" }));
  await userEvent.click(await screen.findByRole("button", { name: "Stop" }));

  expect(await screen.findByText("The last try was stopped. Nothing was kept.")).toBeVisible();
  expect(backend.asked).toMatchObject([
    {
      seconds: 60,
      change: {
        weights: { travel: 3 },
        more_carers: { count: 2, guaranteed_minutes: 1200, mode: "car", skills: ["hoist"] },
      },
    },
  ]);
});

test("limits are asked in hours, beside what holds in this branch now", async () => {
  show();

  await choose("Other limits");
  const day = screen.getByLabelText("Most work in a day, hours");
  expect(day).toHaveAttribute("placeholder", "10");
  await userEvent.type(day, "9.5");
  await userEvent.type(screen.getByLabelText("Length of a break, minutes"), "30");
  await userEvent.click(screen.getByRole("button", { name: "Try it" }));
  await screen.findByRole("button", { name: "Stop" });

  expect(backend.asked).toMatchObject([
    { change: { weights: {}, limits: { max_day_minutes: 570, break_minutes: 30 } } },
  ]);
});

test("a question that changes nothing is not sent, and says so", async () => {
  show();

  await choose("Other points");
  await userEvent.click(screen.getByRole("button", { name: "Try it" }));

  expect(screen.getByRole("alert")).toHaveTextContent("Change at least one thing");
  expect(backend.asked).toEqual([]);
});

test("both sides stand beside each other, and open to spreads and points", async () => {
  const result = { present: side(40, 95), tried: side(12, 60) };
  backend.scenarios = [scenario({ result })];

  show();

  expect(await screen.findByText("Tried: A minute of travel: 3.")).toBeVisible();
  const faces = screen.getByRole("row", { name: /New faces, over all clients/ });
  expect(
    within(faces)
      .getAllByRole("cell")
      .map((cell) => cell.textContent),
  ).toEqual(["40", "12", "↓ better, 28 less"]);
  expect(
    screen.getByText("The tried week is better in 2 figures, worse in none and the same in 8."),
  ).toBeVisible();
  await userEvent.click(screen.getByText("Points by what they are for"));
  const [, tried] = screen.getAllByRole("row", { name: /^Travel \d+ \d+$/ });
  expect(tried).toHaveTextContent("Travel285180");
});

test.each([
  ["failed", "The last try failed. Nothing was kept; you can try again."],
  ["cancelled", "The last try was stopped. Nothing was kept."],
] as const)("a try that %s says so, and another may be asked", async (state, words) => {
  backend.scenarios = [scenario({ state })];

  show();

  expect(await screen.findByText(words)).toBeVisible();
  await choose("More carers");
  expect(screen.getByRole("button", { name: "Try it" })).toBeEnabled();
});
