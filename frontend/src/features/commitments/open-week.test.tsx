import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { BranchWeekOut, OpenedWeekOut, PackageNeedsOut } from "@/api/generated/model";
import { problem } from "@/testing/people";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { OpenWeek } from "./open-week";

const WEEK = "2026-11-30";
const NEEDS: PackageNeedsOut = {
  target_minute: 480,
  earliest_minute: 450,
  latest_minute: 510,
  minutes: 30,
  carers_required: 1,
  skills: [],
};

function week(told: Partial<BranchWeekOut> = {}): BranchWeekOut {
  return {
    week: WEEK,
    rota_id: null,
    visits: 0,
    unallocated: 0,
    locked: 0,
    publication: null,
    changed_since_publication: 0,
    open_run_id: null,
    ...told,
  };
}

function opened(told: Partial<OpenedWeekOut> = {}): OpenedWeekOut {
  return {
    rota_id: 6,
    created: 0,
    updated: 0,
    removed: 0,
    unchanged: 0,
    differences: [],
    dropped: [],
    problems: [],
    ...told,
  };
}

function show(state: BranchWeekOut, answer: OpenedWeekOut = opened()) {
  let isOpened = false;
  server.use(
    http.get("/api/branches/1/weeks", () =>
      HttpResponse.json([isOpened ? { ...state, rota_id: 6, visits: 4319 } : state]),
    ),
    http.post(`/api/branches/1/weeks/${WEEK}/open`, () => {
      isOpened = true;
      return HttpResponse.json(answer);
    }),
  );
  renderApp(
    <OpenWeek
      branchId={1}
      week={WEEK}
      boardLink={<a href="/board">Board</a>}
      clientLink={(id, name) => <a href={`/clients/${id}`}>{name}</a>}
    />,
  );
}

test("a week without visits is opened, says how many came of it, and leads to the board", async () => {
  show(week(), opened({ created: 4319 }));
  expect(await screen.findByText("Not opened")).toBeVisible();
  expect(screen.queryByRole("link", { name: "Board" })).not.toBeInTheDocument();

  await userEvent.click(screen.getByRole("button", { name: "Open the week" }));

  expect(await screen.findByText("4,319 visits are new")).toBeVisible();
  expect(await screen.findByRole("link", { name: "Board" })).toBeVisible();
});

test("opening again with nothing new says that nothing has changed", async () => {
  show(week({ rota_id: 6, visits: 4319 }), opened({ unchanged: 4319 }));

  await userEvent.click(await screen.findByRole("button", { name: "Take over changed packages" }));

  expect(await screen.findByText(/nothing has changed/)).toBeVisible();
});

test("clients whose address nobody confirmed are named, with a way to them", async () => {
  show(week(), opened({ problems: [{ client_id: 87, client_name: "Aaliyah Kaur", visits: 14 }] }));

  await userEvent.click(await screen.findByRole("button", { name: "Open the week" }));

  const table = await screen.findByRole("table", { name: /confirmed/ });
  expect(within(table).getByRole("link", { name: "Aaliyah Kaur" })).toBeVisible();
  expect(within(table).getByRole("cell", { name: "14" })).toBeVisible();
});

test("published visits whose package says otherwise are listed with both", async () => {
  const difference = {
    visit_id: 1,
    client_name: "Alan Kumar",
    on: "2026-12-02",
    what: "needs" as const,
    published: NEEDS,
    package: { ...NEEDS, minutes: 45, carers_required: 2 },
  };
  show(week({ rota_id: 6 }), opened({ differences: [difference] }));

  await userEvent.click(await screen.findByRole("button", { name: "Take over changed packages" }));

  const row = await screen.findByRole("row", { name: /Alan Kumar/ });
  expect(row).toHaveTextContent("08:00, 30 min, 1 carer");
  expect(row).toHaveTextContent("08:00, 45 min, 2 carers");
});

test("the state of a published week is told", async () => {
  show(
    week({
      rota_id: 6,
      visits: 4319,
      unallocated: 13,
      publication: { number: 2, published_at: "2026-11-26T14:00:00Z", published_by: "Asha" },
      changed_since_publication: 3,
    }),
  );

  expect(await screen.findByText("13 visits without carers")).toBeVisible();
  expect(screen.getByText(/Publication 2 went out on Thu 26 Nov at 14:00/)).toHaveTextContent(
    "3 visits have changed since then.",
  );
});

test("a fault in opening leaves the step open", async () => {
  show(week());
  server.use(http.post(`/api/branches/1/weeks/${WEEK}/open`, () => problem(500, "error")));

  await userEvent.click(await screen.findByRole("button", { name: "Open the week" }));

  expect(await screen.findByRole("alert")).toHaveTextContent("What was saved before is safe.");
  expect(screen.getByRole("button", { name: "Open the week" })).toBeEnabled();
});
