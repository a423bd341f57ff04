import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import type { GroupWeekOut } from "@/api/generated/model";
import { problem } from "@/testing/people";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { groupProposal, groupRun, part, proposal } from "../testing";
import { GroupPanel } from "./group-panel";

const POLLED = { timeout: 4000 };

/** What the backend holds; tests change it as time goes on. */
let backend: { branches: GroupWeekOut["branches"]; run: GroupWeekOut["run"] };

beforeEach(() => {
  backend = {
    branches: [
      { branch_id: 1, branch_name: "Calder", rota_id: 6 },
      { branch_id: 2, branch_name: "Wharfe", rota_id: 7 },
    ],
    run: null,
  };
  server.use(
    http.get("/api/organisation/weeks/2026-11-30/group-runs", () => HttpResponse.json(backend)),
  );
});

function show() {
  renderApp(
    <GroupPanel
      week="2026-11-30"
      openLink={(id, name) => <a href={`/commitments?branch=${id}`}>Open {name}</a>}
      branchLinks={(id, name) => <a href={`/run?branch=${id}`}>Decide in {name}</a>}
    />,
  );
}

/** A run that has ended with a proposal for both branches. */
function ended(told: Parameters<typeof groupRun>[0] = {}) {
  return groupRun({
    state: "finished",
    stage: 2,
    ended_at: "2026-11-23T13:06:00Z",
    proposals: [
      groupProposal(),
      groupProposal({
        branch_id: 2,
        branch_name: "Wharfe",
        proposal_id: 10,
        unassigned: 0,
        unassigned_critical: 0,
      }),
    ],
    ...told,
  });
}

test("whoever plans some of the branches is told whose page this is", async () => {
  server.use(
    http.get("/api/organisation/weeks/2026-11-30/group-runs", () => problem(404, "not_found")),
  );
  show();

  expect(await screen.findByText(/for whoever plans the rota of every branch/)).toBeVisible();
  expect(screen.queryByRole("button")).not.toBeInTheDocument();
});

test("while no branch has opened the week, each can be opened and nothing can be built", async () => {
  backend.branches = backend.branches.map((branch) => ({ ...branch, rota_id: null }));
  show();

  expect(await screen.findByText("No branch has opened this week yet.")).toBeVisible();
  expect(screen.getByRole("link", { name: "Open Wharfe" })).toHaveAttribute(
    "href",
    "/commitments?branch=2",
  );
  expect(screen.queryByRole("button")).not.toBeInTheDocument();
});

test("the week of all is built for as long as was chosen, and the keyboard goes on there", async () => {
  const asked = vi.fn();
  const [calder, wharfe] = backend.branches;
  backend.branches = [
    ...(calder ? [calder] : []),
    ...(wharfe ? [wharfe] : []),
    { branch_id: 3, branch_name: "Aire", rota_id: null },
  ];
  server.use(
    http.post("/api/organisation/weeks/2026-11-30/group-runs", async ({ request }) => {
      asked(await request.json());
      backend.run = groupRun();
      return HttpResponse.json(backend.run, { status: 201 });
    }),
  );
  show();

  expect(await screen.findByText(/In it: Calder and Wharfe\./)).toBeVisible();
  expect(screen.getByRole("link", { name: "Open Aire" })).toBeVisible();
  await userEvent.selectOptions(screen.getByLabelText("How long may it take?"), "15 minutes");
  await userEvent.click(screen.getByRole("button", { name: "Build the week of all" }));

  const heading = await screen.findByRole("heading", {
    name: "The week of all branches is being built",
  });
  await waitFor(() => expect(heading).toHaveFocus());
  expect(asked).toHaveBeenCalledWith({ seconds: 900 });
  expect(screen.queryByLabelText("How long may it take?")).not.toBeInTheDocument();
});

test("branches that plan under different rules are refused in words", async () => {
  server.use(
    http.post("/api/organisation/weeks/2026-11-30/group-runs", () =>
      problem(409, "rota.group_rules_differ"),
    ),
  );
  show();

  await userEvent.click(await screen.findByRole("button", { name: "Build the week of all" }));

  expect(await screen.findByRole("alert")).toHaveTextContent("under different rules");
});

test("a run that goes on says its step, each branch's state and what is still open", async () => {
  backend.run = groupRun();
  show();

  const bar = await screen.findByRole("progressbar", {
    name: "Building the week of all branches",
  });
  expect(bar).toHaveAttribute("value", "72");
  expect(bar).toHaveAttribute("max", "250");
  expect(screen.getByRole("status")).toHaveTextContent(
    "step 1 of 3, 1 of 2 done, 10 visits without carers",
  );
  const steps = within(screen.getByRole("list", { name: "Steps" })).getAllByRole("listitem");
  expect(steps[0]).toHaveAttribute("aria-current", "step");
  expect(steps[1]).toHaveTextContent("Neighbours together");
  const table = screen.getByRole("table", { name: "How far the branches are in this step." });
  expect(within(table).getByRole("row", { name: /Calder/ })).toHaveTextContent("Calderdone31");
  expect(within(table).getByRole("row", { name: /Wharfe/ })).toHaveTextContent(
    "improving the week, 12 of 60 seconds70",
  );
  expect(screen.getByText(/went from 90,000 to 1,800 points/)).toBeVisible();
  expect(screen.getByText("points, fewer is better").nextSibling).toHaveTextContent("1,800");
});

test("neighbours are named together, and a lost worker is said with who goes on", async () => {
  backend.run = groupRun({
    stage: 1,
    stages: [
      { kind: "alone", seconds: 60, total: 2, done: 2, parts: [] },
      {
        kind: "neighbours",
        seconds: 120,
        total: 3,
        done: 1,
        parts: [
          part({ branches: ["Calder", "Wharfe"], state: "running", lost: true }),
          part({ run_id: 23, branches: ["Aire", "Nidd"], state: "queued", attempts: 1 }),
          part({ run_id: 24, branches: ["Swale", "Ure"], state: "failed" }),
        ],
      },
      { kind: "proposals", seconds: 5, total: 2, done: 0, parts: [] },
    ],
  });
  show();

  const row = (name: string) => screen.getByRole("row", { name: new RegExp(name) });
  await screen.findByRole("table", { name: /How far/ });
  expect(row("Calder and Wharfe")).toHaveTextContent("its worker is silent");
  expect(row("Aire and Nidd")).toHaveTextContent("its worker was lost; another goes on with it");
  expect(row("Swale and Ure")).toHaveTextContent("failed");
});

test("while no worker is free, the run says that it waits and there is nothing to keep", async () => {
  const waiting = part({ state: "queued", elapsed_seconds: 0, best_cost: null, unassigned: null });
  const run = groupRun({ curve: [] });
  const [alone, ...later] = run.stages;
  backend.run = {
    ...run,
    stages: [...(alone ? [{ ...alone, done: 0, parts: [waiting] }] : []), ...later],
  };
  show();

  expect(await screen.findByRole("progressbar")).not.toHaveAttribute("value");
  expect(screen.getByRole("status")).toHaveTextContent(
    "step 1 of 3, 0 of 2 done, waiting for a worker",
  );
  expect(screen.getByRole("button", { name: "Stop and keep the best" })).toBeDisabled();
  expect(screen.getByRole("button", { name: "Stop and drop" })).toBeEnabled();
});

test.each([
  ["Stop and keep the best", true],
  ["Stop and drop", false],
])("%s says so to the backend and that it is stopping", async (name, keep) => {
  const asked = vi.fn();
  backend.run = groupRun();
  server.use(
    http.post("/api/group-runs/5/cancel", async ({ request }) => {
      asked(await request.json());
      backend.run = groupRun({ cancelled_at: "2026-11-23T13:00:20Z", keep_best: keep });
      return HttpResponse.json(backend.run);
    }),
  );
  show();

  await userEvent.click(await screen.findByRole("button", { name }));

  expect(await screen.findByRole("heading", { name: "Stopping" })).toBeVisible();
  expect(asked).toHaveBeenCalledWith({ keep_best: keep });
});

test("a run that was watched ends in what each branch is to decide", async () => {
  backend.run = groupRun();
  show();
  await screen.findByRole("progressbar");

  backend.run = ended();

  expect(await screen.findByRole("heading", { name: "What is proposed" }, POLLED)).toBeVisible();
  expect(screen.getByText(/198 of 200 visits would have their carers/)).toBeVisible();
  expect(screen.getByText(/2 visits stay open/)).toHaveTextContent("1 of them critical.");
  const calder = screen.getByRole("region", { name: "Calder" });
  expect(calder).toHaveTextContent("98 of 100 visits would have their carers");
  expect(calder).toHaveTextContent("in the draft it was 80");
  expect(within(calder).getByRole("link", { name: "Decide in Calder" })).toHaveAttribute(
    "href",
    "/run?branch=1",
  );
});

test("opening a branch shows who comes from another one, and whose week would change", async () => {
  backend.run = ended();
  server.use(
    http.get("/api/proposals/9", () =>
      HttpResponse.json(
        proposal({
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
              branch_name: "Wharfe",
            },
          ],
          differences: [
            {
              carer_id: 4,
              name: "Bob Best",
              added: 2,
              removed: 1,
              moved: 0,
              minutes_before: 60,
              minutes_after: 90,
            },
          ],
        }),
      ),
    ),
    http.get("/api/proposals/10", () => HttpResponse.json(proposal({ id: 10 }))),
  );
  show();

  await userEvent.click(await screen.findByText("What would change in Calder"));
  const lent = await screen.findByRole("table", { name: /carers of other branches/ });
  expect(within(lent).getByRole("row", { name: /Ann Able/ })).toHaveTextContent("Wharfe");
  expect(screen.getByRole("row", { name: /Bob Best/ })).toBeVisible();

  await userEvent.click(screen.getByText("What would change in Wharfe"));
  expect(
    await screen.findByText("No carer of another branch would make a visit here."),
  ).toBeVisible();
});

test("all is accepted at once, and every branch then says so", async () => {
  backend.run = ended();
  server.use(
    http.post("/api/group-runs/5/accept", () => {
      const run = ended();
      backend.run = {
        ...run,
        proposals: run.proposals.map((row) => ({ ...row, state: "accepted" as const })),
      };
      return HttpResponse.json(backend.run);
    }),
  );
  show();

  await userEvent.click(await screen.findByRole("button", { name: "Accept for all branches" }));

  expect(await screen.findByText("Every branch has decided.")).toBeVisible();
  expect(screen.getByRole("region", { name: "Wharfe" })).toHaveTextContent("accepted");
});

test("a clash between branches is refused in words", async () => {
  backend.run = ended();
  server.use(http.post("/api/group-runs/5/accept", () => problem(409, "rota.loan_clash")));
  show();

  await userEvent.click(await screen.findByRole("button", { name: "Accept for all branches" }));

  expect(await screen.findByRole("alert")).toHaveTextContent("two branches at once");
});

test.each([{ stale: true }, { state: "rejected" as const }])(
  "a branch that went another way leaves the others to decide one by one: %o",
  async (changed) => {
    const run = ended();
    const [first, ...others] = run.proposals;
    backend.run = { ...run, proposals: [...(first ? [{ ...first, ...changed }] : []), ...others] };
    show();

    expect(await screen.findByRole("button", { name: "Accept for all branches" })).toBeDisabled();
    expect(screen.getByText(/the others can only decide one by one/)).toBeVisible();
  },
);

test("a run that failed says what is safe, why it failed, and can be asked for again", async () => {
  backend.run = groupRun({
    state: "failed",
    stages: [
      {
        kind: "alone",
        seconds: 60,
        total: 1,
        done: 1,
        parts: [part({ state: "failed", last_error: "solver.gave_up: no engine" })],
      },
    ],
    curve: [],
  });
  show();

  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("The week of every branch is as it was.");
  expect(alert).toHaveTextContent("Calder: solver.gave_up: no engine");
  expect(screen.getByRole("button", { name: "Build the week of all again" })).toBeVisible();
});

test("a branch that got no proposal is named beside the others' proposals", async () => {
  backend.run = ended({
    proposals: [groupProposal()],
    stages: [
      {
        kind: "alone",
        seconds: 60,
        total: 2,
        done: 2,
        parts: [part(), part({ branches: ["Wharfe"], state: "failed", last_error: "no engine" })],
      },
    ],
  });
  show();

  expect(await screen.findByText("Without a proposal: Wharfe.")).toBeVisible();
  expect(screen.getByText("Wharfe: no engine")).toBeVisible();
  expect(screen.getByRole("region", { name: "Calder" })).toBeVisible();
});

test("a run that was stopped and dropped says by whom, and that nothing has changed", async () => {
  backend.run = groupRun({
    state: "cancelled",
    keep_best: false,
    cancelled_by: "Asha Thackray",
    cancelled_at: "2026-11-23T13:00:20Z",
  });
  show();

  expect(await screen.findByText(/The week of every branch is as it was/)).toBeVisible();
  expect(screen.getByText(/Stopped by Asha Thackray at 13:00/)).toBeVisible();
});
