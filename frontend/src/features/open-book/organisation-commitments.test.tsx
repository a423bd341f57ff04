import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { BranchFiguresOut, CommitmentFiguresOut } from "@/api/generated/model";
import { problem } from "@/testing/people";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { OrganisationCommitments } from "./organisation-commitments";

const WEEK = "2026-11-30";

/** Figures of one branch or of all: hours owed and hours guaranteed. */
function figures(owed: number, guaranteed: number): CommitmentFiguresOut {
  return {
    owed: {
      minutes: owed * 60,
      visits: owed * 2,
      carer_minutes: owed * 60,
      carer_visits: owed * 2,
      clients: 12,
      by_funder: [
        {
          funder_id: 1,
          name: "Private clients",
          kind: "private",
          carer_minutes: 60,
          visits: 2,
          clients: 1,
          packages: 1,
        },
        {
          funder_id: 2,
          name: "Leeds council",
          kind: "commissioner",
          carer_minutes: 6000,
          visits: 200,
          clients: 11,
          packages: 11,
        },
      ],
    },
    guaranteed: {
      minutes: guaranteed * 60,
      carers: 8,
      available_minutes: 0,
      maximum_minutes: 0,
    },
    gap: { minutes: (owed - guaranteed) * 60 },
    suspended_minutes: 90,
  };
}

function branch(id: number, name: string, owed: number, guaranteed: number): BranchFiguresOut {
  return { ...figures(owed, guaranteed), branch: { id, name } };
}

function answer(total: CommitmentFiguresOut, branches: BranchFiguresOut[]) {
  server.use(
    http.get("/api/organisation/commitments", ({ request }) => {
      expect(new URL(request.url).searchParams.get("week")).toBe(WEEK);
      return HttpResponse.json({ week: WEEK, total, branches });
    }),
  );
}

test("the co-operative's hours, and each branch's part of them", async () => {
  answer(figures(18_000, 15_000), [
    branch(1, "Calder", 10_000, 8_000),
    branch(2, "Wharfe", 8_000, 7_000),
  ]);
  renderApp(<OrganisationCommitments week={WEEK} />);

  expect(await screen.findByText("18,000")).toBeVisible();
  expect(screen.getByText("3,000")).toBeVisible();
  expect(screen.getByText("hours more owed than guaranteed")).toBeVisible();
  const row = screen.getByRole("row", { name: /Calder/ });
  expect(
    within(row)
      .getAllByRole("cell")
      .map((cell) => cell.textContent),
  ).toEqual(["12", "20,000", "10,000", "8", "8,000", "2,000", "1.5"]);
});

test("more guaranteed than owed is said so, without a minus sign", async () => {
  answer(figures(100, 140), [branch(1, "Calder", 100, 140)]);
  renderApp(<OrganisationCommitments week={WEEK} />);

  expect(await screen.findByText("hours more guaranteed than owed")).toBeVisible();
  expect(screen.getByText("40")).toBeVisible();
});

test("who pays is listed with the most hours first", async () => {
  answer(figures(100, 140), [branch(1, "Calder", 100, 140)]);
  renderApp(<OrganisationCommitments week={WEEK} />);

  const table = await screen.findByRole("table", { name: /Who pays/ });
  expect(
    within(table)
      .getAllByRole("rowheader")
      .map((cell) => cell.textContent),
  ).toEqual(["Leeds council", "Private clients"]);
});

test("a co-operative without branches is told what will stand here", async () => {
  answer(figures(0, 0), []);
  renderApp(<OrganisationCommitments week={WEEK} />);

  expect(await screen.findByText("There are no branches yet.")).toBeVisible();
});

test("a fault is told with a way to try again", async () => {
  server.use(http.get("/api/organisation/commitments", () => problem(500, "error")));
  renderApp(<OrganisationCommitments week={WEEK} />);

  expect(await screen.findByRole("alert")).toHaveTextContent("Something went wrong on our side.");
  expect(screen.getByRole("button", { name: "Try again" })).toBeVisible();
});
