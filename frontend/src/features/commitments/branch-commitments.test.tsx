import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test, vi } from "vitest";
import type {
  BranchCommitmentsOut,
  CarerCommitmentOut,
  PackageCommitmentOut,
} from "@/api/generated/model";
import { problem } from "@/testing/people";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { BranchCommitments } from "./branch-commitments";
import type { CommitmentsView } from "./view";

const WEEK = "2026-11-30";
const OWED: CommitmentsView = { figure: "owed", funder: null, from: 0 };

function commitments(owedHours: number, guaranteedHours: number): BranchCommitmentsOut {
  return {
    week: WEEK,
    branch: { id: 1, name: "Calder" },
    owed: {
      minutes: owedHours * 50,
      visits: 4319,
      carer_minutes: owedHours * 60,
      carer_visits: 5000,
      clients: 292,
      by_funder: [
        {
          funder_id: 1,
          name: "Calder Council",
          kind: "commissioner",
          carer_minutes: 6000,
          visits: 200,
          clients: 11,
          packages: 12,
        },
      ],
    },
    guaranteed: {
      minutes: guaranteedHours * 60,
      carers: 142,
      available_minutes: 60,
      maximum_minutes: 120,
    },
    gap: { minutes: (owedHours - guaranteedHours) * 60 },
    suspended_minutes: 90,
  };
}

const PACKAGE: PackageCommitmentOut = {
  package_id: 5,
  client_id: 87,
  client_name: "Aaliyah Kaur",
  funder_name: "Calder Council",
  carer_minutes: 420,
  visits: 2,
  double_ups: 1,
  lines: [
    {
      line_id: 1,
      weekday: 0,
      target_minute: 555,
      minutes: 30,
      carers_required: 1,
      dates: ["2026-11-30"],
    },
    {
      line_id: 2,
      weekday: 2,
      target_minute: 555,
      minutes: 30,
      carers_required: 1,
      dates: ["2026-12-02"],
    },
  ],
};

const CARER: CarerCommitmentOut = {
  carer_id: 11,
  name: "Vera Firth",
  guaranteed_minutes: 960,
  maximum_minutes: 1800,
  available_minutes: 2400,
  absences: ["leave"],
  planned_minutes: 0,
};

function show(view: CommitmentsView, figures = commitments(3000, 2200)) {
  const onView = vi.fn();
  server.use(
    http.get("/api/branches/1/commitments", () => HttpResponse.json(figures)),
    http.get("/api/branches/1/commitments/packages", ({ request }) => {
      const asked = new URL(request.url).searchParams;
      return HttpResponse.json({
        count: asked.has("funder") ? 1 : 304,
        results: [PACKAGE],
      });
    }),
    http.get("/api/branches/1/commitments/carers", () => HttpResponse.json([CARER])),
  );
  renderApp(
    <BranchCommitments
      branchId={1}
      week={WEEK}
      view={view}
      onView={onView}
      clientLink={(id, name) => <a href={`/clients/${id}`}>{name}</a>}
      carerLink={(id, name) => <a href={`/carers/${id}`}>{name}</a>}
    />,
  );
  return onView;
}

test("the week's answer is one sentence with the difference in words", async () => {
  show(OWED);

  expect(
    await screen.findByText(/Calder owes its clients 3,000 hours of care.*guaranteed.*2,200 hours/),
  ).toHaveTextContent("That is 800 hours more care than guaranteed work.");
});

test("more guaranteed than owed is said so, without a minus sign", async () => {
  show(OWED, commitments(2000, 2200));

  expect(await screen.findByText(/200 hours more guaranteed work than care/)).toBeVisible();
});

test("each figure opens to its rows, from the first row on", async () => {
  const onView = show({ figure: "owed", funder: 1, from: 50 });

  await userEvent.click(
    await screen.findByRole("button", { name: /^2,200 hours guaranteed to carers/ }),
  );

  expect(onView).toHaveBeenCalledWith({ figure: "guaranteed", funder: null, from: 0 });
});

test("a package opens to its times of day and leads to its client", async () => {
  show(OWED);

  const row = await screen.findByRole("row", { name: /Aaliyah Kaur/ });
  await userEvent.click(within(row).getByText("1 time of day"));

  expect(within(row).getByText("09:15").closest("li")).toHaveTextContent("09:15 30 min: Mon, Wed");
  expect(within(row).getByRole("link", { name: "Aaliyah Kaur" })).toHaveAttribute(
    "href",
    "/clients/87",
  );
});

test("a funder's name narrows the packages to its own", async () => {
  const onView = show(OWED);

  await userEvent.click(await screen.findByRole("button", { name: "Calder Council" }));

  expect(onView).toHaveBeenCalledWith({ figure: "owed", funder: 1, from: 0 });
});

test("a long list goes on after its page", async () => {
  const onView = show(OWED);

  await userEvent.click(await screen.findByRole("button", { name: "Rows after" }));

  expect(onView).toHaveBeenCalledWith({ figure: "owed", funder: null, from: 50 });
});

test("the contracts behind the guarantee, with who is away", async () => {
  show({ figure: "guaranteed", funder: null, from: 0 });

  const row = await screen.findByRole("row", { name: /Vera Firth/ });
  expect(
    within(row)
      .getAllByRole("cell")
      .map(({ textContent }) => textContent),
  ).toEqual(["16", "30", "40", "0", "on leave"]);
});

test("the gap is written out as a sum that adds up", async () => {
  show({ figure: "gap", funder: null, from: 0 });

  const sum = await screen.findByRole("table", { name: /less what is guaranteed/ });
  expect(
    within(sum)
      .getAllByRole("cell")
      .map(({ textContent }) => textContent),
  ).toEqual(["2,500", "500", "3,000", "-2,200", "800"]);
});

test("a fault is told, with a way to try again", async () => {
  show(OWED);
  server.use(http.get("/api/branches/1/commitments", () => problem(500, "error")));

  expect(await screen.findByRole("button", { name: "Try again" })).toBeVisible();
});
