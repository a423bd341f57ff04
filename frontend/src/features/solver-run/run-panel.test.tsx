import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import type { ProposalOut, RunOut } from "@/api/generated/model";
import { problem } from "@/testing/people";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { RunPanel } from "./run-panel";
import { figures, proposal, run } from "./testing";

/** The stream of a run, as the test plays it. */
class FakeStream extends EventTarget {
  static open: FakeStream[] = [];
  onerror: (() => void) | null = null;
  isClosed = false;

  constructor(readonly url: string) {
    super();
    FakeStream.open.push(this);
  }

  tell(told: RunOut) {
    this.dispatchEvent(new MessageEvent("run", { data: JSON.stringify(told) }));
  }

  close() {
    this.isClosed = true;
  }
}

/** What the backend holds; tests change it as time goes on. */
let backend: { runs: RunOut[]; proposal: ProposalOut };

beforeEach(() => {
  FakeStream.open = [];
  vi.stubGlobal("EventSource", FakeStream);
  backend = { runs: [], proposal: proposal() };
  server.use(
    http.get("/api/rotas/6/runs", () => HttpResponse.json(backend.runs)),
    http.get("/api/runs/:id", ({ params }) =>
      HttpResponse.json(backend.runs.find(({ id }) => id === Number(params.id))),
    ),
    http.get("/api/proposals/9", () => HttpResponse.json(backend.proposal)),
  );
});

function show() {
  renderApp(
    <RunPanel branchId={1} rotaId={6} week="2026-11-30" boardLink={<a href="/board">Board</a>} />,
  );
}

function theStream(): FakeStream {
  const [stream] = FakeStream.open;
  if (stream === undefined) {
    throw new Error("Nothing listens to the run.");
  }
  return stream;
}

test("what a group's run proposes says who comes from another branch", async () => {
  backend.runs = [run({ kind: "part", state: "finished", proposal_id: 9, proposal_ids: [9] })];
  backend.proposal = proposal({
    lent: [
      {
        visit_id: 3,
        client_name: "Kim Kent",
        day: 0,
        start: 480,
        minutes: 30,
        carer_id: 5,
        carer_name: "Ann Able",
        branch_id: 2,
        branch_name: "Harbour",
      },
    ],
  });
  show();

  const table = await screen.findByRole("table", {
    name: "Visits that carers of other branches would make.",
  });

  const row = within(table).getByRole("row", { name: /Ann Able/ });
  expect(row).toHaveTextContent("Harbour");
  expect(row).toHaveTextContent("Kim Kent");
  expect(row).toHaveTextContent("08:00");
});

test("a run says which travel times it reckons with", async () => {
  const table = {
    mode: "car",
    known: 90,
    unknown: 0,
    oldest_at: "2026-11-12T08:00:00Z",
    asked_at: "2026-11-23T13:00:00Z",
    failure: "unreachable",
    digest: "d",
  } as const;
  backend.runs = [run({ travel: { provider: "osrm", tables: [table] } })];
  show();

  const told = await screen.findByRole("list", { name: "Where travel times come from" });

  expect(told).toHaveTextContent(
    "Travel times by car from 12 Nov 2026. The route service did not answer.",
  );
});

test("a week that nobody has built is built for as long as was chosen", async () => {
  const asked = vi.fn();
  server.use(
    http.post("/api/rotas/6/runs", async ({ request }) => {
      asked(await request.json());
      backend.runs = [run({ state: "queued", best_cost: null, unassigned: null, figures: null })];
      return HttpResponse.json(backend.runs[0], { status: 201 });
    }),
  );
  show();

  await userEvent.selectOptions(await screen.findByLabelText("How long may it take?"), "5 minutes");
  await userEvent.click(screen.getByRole("button", { name: "Build the week" }));

  expect(await screen.findByRole("progressbar")).not.toHaveAttribute("value");
  expect(asked).toHaveBeenCalledWith({ seconds: 300 });
  expect(screen.queryByRole("button", { name: /^Build the week/ })).not.toBeInTheDocument();
});

test("a run says how far it is from the best possible week, where that is known", async () => {
  const figures = { terms: {}, iterations: 9000, unassigned_critical: 1, rebased: false };
  backend.runs = [run({ figures: { ...figures, gap: null } })];
  show();
  expect(await screen.findByText("points, fewer is better")).toBeVisible();
  expect(screen.queryByText("from the best possible, at most")).not.toBeInTheDocument();
  await waitFor(() => expect(theStream().url).toBe("/api/runs/7/events"));

  act(() => theStream().tell(run({ figures: { ...figures, gap: 0.0296 } })));

  const term = await screen.findByText("from the best possible, at most");
  expect(term.nextElementSibling).toHaveTextContent("3%");
});

test("a run that goes on is found again, and followed as it is told", async () => {
  backend.runs = [run()];
  show();
  expect(await screen.findByText(/improving the week, 12 of 60 seconds/)).toBeVisible();
  await waitFor(() => expect(theStream().url).toBe("/api/runs/7/events"));

  act(() => theStream().tell(run({ unassigned: 2, elapsed_seconds: 13 })));

  expect(await screen.findByText(/2 visits without carers$/)).toBeVisible();
});

test("at its end the proposal takes the place of the progress", async () => {
  backend.runs = [run()];
  show();
  await screen.findByRole("progressbar");
  const ended = run({ state: "finished", proposal_id: 9 });
  backend.runs = [ended];

  act(() => theStream().tell(ended));

  expect(await screen.findByText(/4,319 of 4,319 visits would have their carers/)).toBeVisible();
  expect(theStream().isClosed).toBe(true);
  expect(screen.queryByRole("progressbar")).not.toBeInTheDocument();
});

test("when the line breaks, the run is asked for instead", async () => {
  backend.runs = [run()];
  show();
  await screen.findByRole("progressbar");
  backend.runs = [run({ state: "finished", proposal_id: 9 })];

  act(() => theStream().onerror?.());

  expect(
    await screen.findByRole("heading", { name: "The proposal" }, { timeout: 4000 }),
  ).toBeVisible();
  expect(theStream().isClosed).toBe(true);
});

test.each([
  ["Stop and keep the best", true],
  ["Stop and drop", false],
])("%s says so to the backend and that it is stopping", async (name, keep) => {
  const asked = vi.fn();
  backend.runs = [run()];
  server.use(
    http.post("/api/runs/7/cancel", async ({ request }) => {
      asked(await request.json());
      return HttpResponse.json(run({ cancelled_at: "2026-11-23T13:00:20Z" }));
    }),
  );
  show();

  await userEvent.click(await screen.findByRole("button", { name }));

  expect(await screen.findByText("Stopping")).toBeVisible();
  expect(asked).toHaveBeenCalledWith({ keep_best: keep });
});

test("there is nothing to keep before the first week stands", async () => {
  backend.runs = [run({ stage: "loading", best_cost: null, unassigned: null, figures: null })];
  show();

  expect(await screen.findByRole("button", { name: "Stop and keep the best" })).toBeDisabled();
  expect(screen.getByRole("button", { name: "Stop and drop" })).toBeEnabled();
});

test("a run that failed says what is safe, and the week can be built again", async () => {
  backend.runs = [run({ state: "failed", last_error: "solver.gave_up: no engine" })];
  show();

  expect(await screen.findByRole("alert")).toHaveTextContent("The week is as it was.");
  expect(screen.getByRole("button", { name: "Build the week again" })).toBeVisible();
});

function decided(state: "accepted" | "rejected") {
  return proposal({ state, decided_by: "Asha", decided_at: "2026-11-23T13:05:00Z" });
}

test("accepting leads on to the board", async () => {
  backend.runs = [run({ state: "finished", proposal_id: 9 })];
  server.use(
    http.post("/api/proposals/9/accept", () => {
      backend.proposal = decided("accepted");
      return HttpResponse.json(backend.proposal);
    }),
  );
  show();

  await userEvent.click(await screen.findByRole("button", { name: "Accept the proposal" }));

  expect(await screen.findByText(/was accepted/)).toBeVisible();
  expect(screen.getByText(/Accepted by Asha at 13:05/)).toBeVisible();
  expect(screen.getByRole("link", { name: "Board" })).toBeVisible();
});

test("rejecting leaves the week as it was", async () => {
  backend.runs = [run({ state: "finished", proposal_id: 9 })];
  server.use(http.post("/api/proposals/9/reject", () => HttpResponse.json(decided("rejected"))));
  show();

  await userEvent.click(await screen.findByRole("button", { name: "Reject it" }));

  expect(await screen.findByText(/was rejected. The week is as it was/)).toBeVisible();
});

test("a proposal that somebody else overtook is refused in words and shown as it is now", async () => {
  backend.runs = [run({ state: "finished", proposal_id: 9 })];
  server.use(
    http.post("/api/proposals/9/accept", () => {
      backend.proposal = proposal({ stale: true });
      return problem(409, "rota.proposal_stale");
    }),
  );
  show();

  await userEvent.click(await screen.findByRole("button", { name: "Accept the proposal" }));

  expect(await screen.findByRole("alert")).toHaveTextContent("This proposal is out of date.");
  await waitFor(() =>
    expect(screen.getByRole("button", { name: "Accept the proposal" })).toBeDisabled(),
  );
  expect(screen.getByRole("button", { name: "Reject it" })).toBeEnabled();
});

test("the better figure is said in words, whichever way it counts", async () => {
  backend.runs = [run({ state: "finished", proposal_id: 9 })];
  show();

  const table = await screen.findByRole("table", { name: /as it is now/ });
  expect(within(table).getByRole("row", { name: /^Visits without carers/ })).toHaveTextContent(
    "130better",
  );
  expect(within(table).getByRole("row", { name: /^Split days/ })).toHaveTextContent("500551worse");
  expect(within(table).getByRole("row", { name: /^Covered/ })).toHaveTextContent("99.7%100%better");
  expect(within(table).getByRole("row", { name: /^Travel/ })).toHaveTextContent("as before");
});

test("beside an empty week only the cover is compared", async () => {
  backend.runs = [run({ state: "finished", proposal_id: 9 })];
  backend.proposal = proposal({
    figures_before: figures({ unassigned: 4319, covered_percent: 0, wishes_kept_percent: 82 }),
  });
  show();

  const table = await screen.findByRole("table", { name: /Nothing is planned/ });
  expect(within(table).getByRole("row", { name: /wishes/ })).not.toHaveTextContent("worse");
  expect(within(table).getByRole("row", { name: /^Visits without/ })).toHaveTextContent("better");
});

test("visits that stay open say why, and who is nearest, the critical one first", async () => {
  const open = {
    visit_id: 1,
    client_id: 3,
    client_name: "Alan Kumar",
    day: 0,
    target: 480,
    minutes: 30,
    carers_required: 2,
    priority: 2,
    reasons: [{ code: "H4", count: 20 }],
    nearest: [],
  };
  const critical = {
    ...open,
    visit_id: 2,
    client_name: "Beata Ibe",
    day: 5,
    priority: 1,
    reasons: [
      { code: "H5", count: 3 },
      { code: "H6", count: 30 },
    ],
    nearest: [
      { carer_id: 4, name: "Vera Firth", code: "H6", message: "Rest 9 h.", change: "Start at 9." },
    ],
  };
  backend.runs = [run({ state: "finished", proposal_id: 9 })];
  backend.proposal = proposal({ open_visits: [open, critical] });
  show();

  const table = await screen.findByRole("table", { name: /most pressing first/ });
  const [, first, second] = within(table).getAllByRole("row");
  expect(first).toHaveTextContent("Beata Ibe critical");
  expect(first).toHaveTextContent("30 carers: too little rest3 carers: cannot get there in time");
  expect(first).toHaveTextContent("Vera Firth: Rest 9 h. Start at 9.");
  expect(second).toHaveTextContent("Mon 30 Nov, 08:00, 30 min, 2 carers");
});
