import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { InsteadOut, WhyOut } from "@/api/generated/model";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { Why } from "./why";

const AMINA = {
  carer_id: 1,
  name: "Amina",
  reasons: [
    { code: "familiar", figure: 6 },
    { code: "travel", figure: 4 },
    { code: "on_time", figure: 0 },
    { code: "guarantee", figure: null },
  ],
} as const;

function instead(given: Partial<InsteadOut> & { name: string }): InsteadOut {
  return {
    carer_id: 2,
    outcome: "CAN",
    code: null,
    shortfall: 0,
    message: "",
    cost_change: 18,
    start: 540,
    replaces: "Amina",
    moves: null,
    moves_visit_id: null,
    moves_to: null,
    moves_start: null,
    differences: [],
    faults: [],
    ...given,
  };
}

let answer: WhyOut;
let asked: InsteadOut;

beforeEach(() => {
  answer = { visit_id: 5, rota_version: 1, next_best: [], asked: null };
  server.use(
    http.get("/api/visits/5/why", ({ request }) => {
      const isAsked = new URL(request.url).searchParams.get("carer_id") === "3";
      return HttpResponse.json(isAsked ? { ...answer, asked } : answer);
    }),
  );
});

function show() {
  renderApp(
    <Why
      visitId={5}
      start={540}
      carers={[AMINA]}
      people={[
        { id: 1, name: "Amina" },
        { id: 2, name: "Ben" },
        { id: 3, name: "Cleo" },
      ]}
    />,
  );
}

test("the three strongest reasons and what the next best would change are told in words", async () => {
  const next_best = [
    instead({
      name: "Ben",
      differences: [
        { term: "S1 travel", points: 12, amount: 12 },
        { term: "S2 unfamiliar", points: 6, amount: 1 },
      ],
    }),
  ];
  answer = { ...answer, next_best };

  show();

  expect(screen.getByText("Amina").closest("li")).toHaveTextContent(
    "Amina: came 6 times in the 4 weeks before, 4 min from the visit before, at the agreed time",
  );
  expect((await screen.findByText("Ben", { selector: "strong" })).closest("li")).toHaveTextContent(
    "Ben: 12 min more travel, a face new to the client.",
  );
});

test("when nobody else could, that is said", async () => {
  show();

  expect(await screen.findByText("Nobody else could take it as the week stands.")).toBeVisible();
});

test("a carer of one's choice can be asked about, by keyboard", async () => {
  asked = instead({
    carer_id: 3,
    name: "Cleo",
    outcome: "CAN_IF",
    code: "H5",
    replaces: null,
    faults: [
      { code: "H5", shortfall: 9 },
      { code: "H7", shortfall: 75 },
    ],
    moves: "Mr Vale",
    moves_to: "Ben",
  });
  show();

  const picker = screen.getByLabelText("Why not …?");
  expect(screen.queryByRole("option", { name: "Amina" })).not.toBeInTheDocument();
  await userEvent.selectOptions(picker, "Cleo");

  expect(await screen.findByText("Cleo", { selector: "strong" })).toBeVisible();
  expect(screen.getByRole("status")).toHaveTextContent(
    "Cleo: cannot get there in time, 9 min are missing, hours are full, 1 h 15 too many. Possible if Ben takes the visit to Mr Vale.",
  );
});

test("another start and another place are told before the differences", async () => {
  const next_best = [instead({ name: "Ben", outcome: "CAN_IF", start: 555 })];
  answer = { ...answer, next_best };

  show();

  expect((await screen.findByText("Ben", { selector: "strong" })).closest("li")).toHaveTextContent(
    "Ben: at 09:15.",
  );
});
