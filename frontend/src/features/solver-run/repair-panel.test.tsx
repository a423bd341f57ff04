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

let backend: { runs: RunOut[]; ways: ProposalOut[]; visits: object[]; asked: unknown[] };

function way(id: number, told: Partial<RepairOut>): ProposalOut {
  return proposal({ id, repair: repair(told) });
}

beforeEach(() => {
  vi.stubGlobal("EventSource", undefined);
  backend = {
    runs: [],
    visits: [],
    asked: [],
    ways: [
      way(9, { stands_for: ["fewest_changes", "familiar_faces"], proven: true }),
      way(10, { stands_for: ["nobody_else"], left_open: 2, change_count: 4, calls: [] }),
    ],
  };
  server.use(
    http.get("/api/rotas/6/board", () =>
      HttpResponse.json({
        rota: { id: 6, branch_id: 2, week: "2099-11-30" },
        carers: [{ id: 3, name: "Ann Able" }],
        clients: [{ id: 4, name: "Kim Kent" }],
        visits: backend.visits,
      }),
    ),
    http.get("/api/rotas/6/runs", () => HttpResponse.json(backend.runs)),
    http.get("/api/runs/7", () => HttpResponse.json(backend.runs[0])),
    http.post("/api/rotas/6/repairs", async ({ request }) => {
      backend.asked.push(await request.json());
      backend.runs = [ended()];
      return HttpResponse.json(backend.runs[0], { status: 201 });
    }),
    http.get("/api/proposals/:id", ({ params }) =>
      HttpResponse.json(backend.ways.find(({ id }) => id === Number(params.id))),
    ),
  );
});

function show() {
  renderApp(<RepairPanel rotaId={6} week="2099-11-30" boardLink={<a href="/board">Board</a>} />);
}

function ended(): RunOut {
  return run({
    kind: "repair",
    happened: "carer_away",
    state: "finished",
    proposal_id: 9,
    proposal_ids: [9, 10],
  });
}

test("a sick carer is reported with the days, and the ways stand side by side", async () => {
  show();

  await userEvent.selectOptions(await screen.findByLabelText("Which carer?"), "Ann Able");
  await userEvent.click(screen.getByRole("button", { name: "Find ways to mend the week" }));

  expect(await screen.findByRole("heading", { name: "2 ways to mend the week" })).toBeVisible();
  expect(backend.asked).toEqual([
    {
      kind: "carer_away",
      carer_id: 3,
      reason: "sickness",
      starts_on: "2099-11-30",
      start_minute: 0,
      ends_on: "2099-11-30",
    },
  ]);
  const card = screen.getByRole("region", { name: "Nobody else's visits change" });
  expect(within(card).getByText("visits left open").nextSibling).toHaveTextContent("2");
  expect(within(card).getByText("people to phone").nextSibling).toHaveTextContent("least 0");
  expect(screen.getByText(/Proved: no other way leaves less open with fewer/)).toBeVisible();
});

test("the way that is looked at says whom to phone and what to tell", async () => {
  backend.runs = [ended()];
  show();

  expect(await screen.findByRole("heading", { name: "2 people to phone" })).toBeVisible();
  expect(screen.getByText(/^A carer cannot come\. Written down by Asha/)).toBeVisible();
  expect(screen.getByText("New: Kim Kent, Tue 1 Dec 09:00")).toBeVisible();
  expect(screen.getByText("Tue 1 Dec 09:00: Bob Best instead of Ann Able")).toBeVisible();

  const card = screen.getByRole("region", { name: "Nobody else's visits change" });
  await userEvent.click(within(card).getByRole("button", { name: "Look at this way" }));

  expect(screen.getByText("Nobody has to be phoned.")).toBeVisible();
});

test("a way says what the law warns of, and of whom", async () => {
  const warning = {
    code: "REG-19",
    kind: "right_to_work_ends",
    carer_id: 5,
    carer_name: "Bob Best",
    visit_id: null,
    day: null,
    message: "The right to work must be checked again within 10 days.",
    figures: {},
  };
  backend.ways = [way(9, { law_warnings: [warning] })];
  backend.runs = [run({ kind: "repair", state: "finished", proposal_id: 9, proposal_ids: [9] })];
  show();

  await userEvent.click(await screen.findByText("1 warning of the law, with its figures"));

  expect(screen.getByText(/^Bob Best: The right to work must be checked again/)).toBeVisible();
  expect(screen.getByText("warnings of the law").nextElementSibling).toHaveTextContent("1");
});

test("a long phone list is folded until somebody wants it, and printed whole", async () => {
  const print = vi.spyOn(window, "print").mockImplementation(() => undefined);
  const [call] = repair().calls;
  const calls = Array.from({ length: 21 }, (_, id) => ({ ...call, id, name: `Carer ${id}` }));
  backend.ways = [way(9, { calls: calls as RepairOut["calls"] })];
  backend.runs = [run({ kind: "repair", state: "finished", proposal_id: 9, proposal_ids: [9] })];
  show();

  const open = await screen.findByRole("button", { name: "Show the list", expanded: false });
  expect(screen.queryByText("Carer 20")).not.toBeInTheDocument();
  await userEvent.click(open);
  expect(screen.getByText("Carer 20")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Hide the list" }));
  await userEvent.click(screen.getByRole("button", { name: "Print the phone list" }));

  expect(print).toHaveBeenCalled();
  expect(screen.getByText("Carer 20")).toBeVisible();
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

async function happened(what: string) {
  show();
  await userEvent.selectOptions(await screen.findByLabelText("What has happened?"), what);
}

async function send() {
  await userEvent.click(screen.getByRole("button", { name: "Find ways to mend the week" }));
  await screen.findByRole("heading", { name: "2 ways to mend the week" });
}

test("one question follows the other, and nothing can be sent before the last", async () => {
  await happened("A client is away or in hospital");

  expect(screen.queryByLabelText("From")).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: /Find ways/ })).not.toBeInTheDocument();
  await userEvent.selectOptions(screen.getByLabelText("Which client?"), "Kim Kent");

  expect(screen.getByLabelText("From")).toHaveValue("2099-11-30");
  await send();
  expect(backend.asked).toMatchObject([{ kind: "client_away", client_id: 4 }]);
});

test("visits to cancel are chosen among the client's own that somebody is to make", async () => {
  const visit = { client: 4, day: 1, start: 540, target: 540, carers: [3], state: "allocated" };
  backend.visits = [
    { ...visit, id: 11 },
    { ...visit, id: 12, day: 2, start: null, carers: [], state: "unallocated" },
    { ...visit, id: 13, state: "cancelled", start: null },
    { ...visit, id: 14, client: 5 },
  ];
  await happened("A client cancels visits");
  await userEvent.selectOptions(screen.getByLabelText("Which client?"), "Kim Kent");

  expect(screen.getAllByRole("checkbox")).toHaveLength(2);
  await userEvent.click(screen.getByRole("checkbox", { name: "Tue 1 Dec, 09:00, Ann Able" }));
  await send();

  expect(backend.asked).toEqual([{ kind: "visits_cancelled", visit_ids: [11] }]);
});

test("a package ends on the day that is named", async () => {
  server.use(
    http.get("/api/clients/4", () =>
      HttpResponse.json({
        packages: [
          {
            id: 8,
            funder: { name: "City" },
            starts_on: "2099-01-05",
            ends_before: null,
            lines: [],
          },
          { id: 9, funder: { name: "Old" }, starts_on: "2098-01-05", ends_before: "2099-01-05" },
        ],
      }),
    ),
  );
  await happened("A client's package ends");
  await userEvent.selectOptions(screen.getByLabelText("Which client?"), "Kim Kent");

  const packages = await screen.findByLabelText("Which package?");
  expect(within(packages).getAllByRole("option")).toHaveLength(2);
  await userEvent.selectOptions(packages, "8");
  await send();

  expect(backend.asked).toEqual([
    { kind: "package_ended", package_id: 8, starts_on: "2099-11-30" },
  ]);
});

test("extra visits say when, how long, and what the carer must be able to do", async () => {
  server.use(
    http.get("/api/branches/2/clients", () =>
      HttpResponse.json({ count: 1, results: [{ id: 6, name: "New Client" }] }),
    ),
    http.get("/api/organisation/skills", () =>
      HttpResponse.json([{ code: "peg", name: "PEG feeding" }]),
    ),
  );
  await happened("A client needs extra visits");
  await userEvent.selectOptions(await screen.findByLabelText("Which client?"), "New Client");
  await userEvent.click(screen.getByRole("checkbox", { name: "Wed 2 Dec" }));
  await userEvent.type(screen.getByLabelText("At what time?"), "23:15");
  await userEvent.click(await screen.findByRole("checkbox", { name: "PEG feeding" }));
  await send();

  expect(backend.asked).toEqual([
    {
      kind: "visits_added",
      client_id: 6,
      days: ["2099-12-02"],
      visit: {
        target_minute: 1395,
        earliest_minute: 1365,
        latest_minute: 1410,
        minutes: 30,
        carers_required: 1,
        skills: ["peg"],
      },
    },
  ]);
});

test("slow roads are told by the days and how slow they are", async () => {
  await happened("Roads are slow: snow, floods, a closed bridge");

  await userEvent.click(screen.getByRole("checkbox", { name: "Tue 1 Dec" }));
  await userEvent.selectOptions(screen.getByLabelText(/How much longer/), "200");
  expect(screen.getByText(/The board goes on with usual times/)).toBeVisible();
  await send();

  expect(backend.asked).toEqual([{ kind: "slow_roads", days: ["2099-12-01"], percent: 200 }]);
});
