import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import type { ProposalOut, RepairOut, RunOut } from "@/api/generated/model";
import { problem } from "@/testing/people";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { RepairPanel } from "./repair-panel";
import { proposal, repair, run } from "./testing";

let backend: { runs: RunOut[]; ways: ProposalOut[] };

function way(id: number, told: Partial<RepairOut>): ProposalOut {
  return proposal({ id, repair: repair(told) });
}

beforeEach(() => {
  vi.stubGlobal("EventSource", undefined);
  backend = {
    runs: [],
    ways: [
      way(9, { stands_for: ["fewest_changes", "familiar_faces"], proven: true }),
      way(10, { stands_for: ["nobody_else"], left_open: 2, change_count: 4, calls: [] }),
    ],
  };
  server.use(
    http.get("/api/rotas/6/board", () =>
      HttpResponse.json({
        carers: [{ id: 3, name: "Ann Able" }],
        clients: [{ id: 4, name: "Kim Kent" }],
        visits: [],
      }),
    ),
    http.get("/api/rotas/6/runs", () => HttpResponse.json(backend.runs)),
    http.get("/api/runs/7", () => HttpResponse.json(backend.runs[0])),
    http.get("/api/proposals/:id", ({ params }) =>
      HttpResponse.json(backend.ways.find(({ id }) => id === Number(params.id))),
    ),
  );
});

function show() {
  renderApp(<RepairPanel rotaId={6} week="2099-11-30" boardLink={<a href="/board">Board</a>} />);
}

function ended(): RunOut {
  return run({ kind: "repair", state: "finished", proposal_id: 9, proposal_ids: [9, 10] });
}

test("a sick carer is reported with the days, and the ways stand side by side", async () => {
  const asked = vi.fn();
  server.use(
    http.post("/api/rotas/6/repairs", async ({ request }) => {
      asked(await request.json());
      backend.runs = [ended()];
      return HttpResponse.json(backend.runs[0], { status: 201 });
    }),
  );
  show();

  await userEvent.selectOptions(await screen.findByLabelText("Which carer?"), "Ann Able");
  await userEvent.click(screen.getByRole("button", { name: "Find ways to mend the week" }));

  expect(await screen.findByRole("heading", { name: "2 ways to mend the week" })).toBeVisible();
  expect(asked).toHaveBeenCalledWith({
    kind: "carer_away",
    carer_id: 3,
    reason: "sickness",
    starts_on: "2099-11-30",
    start_minute: 0,
    ends_on: "2099-11-30",
  });
  const card = screen.getByRole("region", { name: "Nobody else's visits change" });
  expect(within(card).getByText("visits left open").nextSibling).toHaveTextContent("2");
  expect(screen.getByText(/Proved: no other way leaves less open with fewer/)).toBeVisible();
});

test("the way that is looked at says whom to phone and what to tell", async () => {
  backend.runs = [ended()];
  show();

  expect(await screen.findByRole("heading", { name: "2 people to phone" })).toBeVisible();
  expect(screen.getByText("New: Kim Kent, Tue 1 Dec 09:00")).toBeVisible();
  expect(screen.getByText("Tue 1 Dec 09:00: Bob Best instead of Ann Able")).toBeVisible();

  const card = screen.getByRole("region", { name: "Nobody else's visits change" });
  await userEvent.click(within(card).getByRole("button", { name: "Look at this way" }));

  expect(screen.getByText("Nobody has to be phoned.")).toBeVisible();
});

test("taking one way leaves the others, and leads to the board", async () => {
  backend.runs = [ended()];
  server.use(
    http.post("/api/proposals/9/accept", () => {
      const taken = { ...backend.ways[0], state: "accepted" as const, decided_by: "Asha" };
      backend.ways = [taken as ProposalOut, ...backend.ways.slice(1)];
      return HttpResponse.json(taken);
    }),
  );
  show();

  await userEvent.click(await screen.findByRole("button", { name: "Accept the proposal" }));

  expect(await screen.findByRole("link", { name: "Board" })).toBeVisible();
  const card = screen.getByRole("region", { name: "Nobody else's visits change" });
  await userEvent.click(within(card).getByRole("button", { name: "Look at this way" }));
  expect(await screen.findByText("Another way was taken.")).toBeVisible();
});

test("a visit locked to the carer who is ill is named as what to mend first", async () => {
  server.use(
    http.post("/api/rotas/6/repairs", () => problem(409, "rota.locked_to_absent", { visits: 2 })),
  );
  show();

  await userEvent.selectOptions(await screen.findByLabelText("Which carer?"), "Ann Able");
  await userEvent.click(screen.getByRole("button", { name: "Find ways to mend the week" }));

  expect(await screen.findByText("Visits are locked to this carer.")).toBeVisible();
  expect(screen.getByText(/2 locked visits fall into the absence/)).toBeVisible();
});

test("a client in hospital is chosen among the clients", async () => {
  show();

  await userEvent.selectOptions(
    await screen.findByLabelText("What has happened?"),
    "A client is away or in hospital",
  );

  expect(
    within(screen.getByLabelText("Which client?")).getByRole("option", { name: "Kim Kent" }),
  ).toBeInTheDocument();
});
