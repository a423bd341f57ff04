import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { ControlPointOut, ControlStatementOut } from "@/api/generated/model";
import { problem } from "@/testing/people";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { ControlHistory } from "./control-history";
import { ControlStatement } from "./control-statement";
import { share } from "./words";

const DAY = "2014-10-31";

/** MyCSP after the private stake grew, unless told otherwise. */
function statement(told: Partial<ControlStatementOut> = {}): ControlStatementOut {
  return {
    entity: { id: 3, name: "MyCSP", kind: "example", form: "joint_venture" },
    as_at: DAY,
    verdict: "not_genuine",
    inside_votes_bp: 2500,
    share_test: false,
    inside_board_bp: null,
    board_test: null,
    is_accountable: null,
    votes: [
      { holder: "Investor", kind: "private_investor", votes: 51, share_bp: 5100, is_inside: false },
      { holder: "", kind: "worker_trust", votes: 25, share_bp: 2500, is_inside: true },
      { holder: "Government", kind: "public_body", votes: 24, share_bp: 2400, is_inside: false },
    ],
    board: [],
    covenants: [{ kind: "lock_in", text: "The government keeps its share.", is_kept: false }],
    steps: [],
    flags: [
      { code: "can_block", subject: "Investor", detail: "", share_bp: 5100, bound_bp: null },
      {
        code: "covenant_breached",
        subject: "The government keeps its share.",
        detail: "",
        share_bp: 2400,
        bound_bp: 3500,
      },
    ],
    ...told,
  };
}

function answer(told: Partial<ControlStatementOut> = {}) {
  server.use(
    http.get("/api/control-statement", ({ request }) => {
      expect(new URL(request.url).searchParams.get("as_at")).toBe(DAY);
      return HttpResponse.json(statement(told));
    }),
  );
}

test("the verdict comes first, with both figures and what is needed", async () => {
  answer();
  renderApp(<ControlStatement asAt={DAY} />);

  const verdict = await screen.findByText("Workers and users are not in control.");
  const notice = verdict.closest<HTMLElement>("[role=status]");
  expect(notice).toHaveTextContent("Votes of workers and users: 25%; 51% are needed.");
  expect(notice).toHaveTextContent("not recorded; more than half are needed.");
});

test("each holder is told apart in words, not by colour alone", async () => {
  answer();
  renderApp(<ControlStatement asAt={DAY} />);

  const votes = await screen.findByRole("region", { name: "Votes in the general meeting" });
  const rows = within(votes).getAllByRole("listitem");
  expect(rows.map((row) => row.textContent)).toEqual([
    "Investorfrom outside51%51 votes",
    "Trust for all workersworker or user25%25 votes",
    "Governmentfrom outside24%24 votes",
  ]);
});

test("what to look out for is said in whole sentences", async () => {
  answer();
  renderApp(<ControlStatement asAt={DAY} />);

  const flags = await screen.findByRole("region", { name: "What to look out for" });
  expect(flags).toHaveTextContent(
    "Investor has 51% of the votes, and can stop whatever needs three quarters.",
  );
  expect(flags).toHaveTextContent("A promise is broken (24% instead of 35%)");
  expect(flags).toHaveTextContent("broken");
});

test("a board is counted seat by seat", async () => {
  answer({
    verdict: "genuine",
    inside_board_bp: 7142,
    board: [
      { kind: "worker", seats: 5, is_inside: true },
      { kind: "external", seats: 2, is_inside: false },
    ],
    flags: [],
    covenants: [],
  });
  renderApp(<ControlStatement asAt={DAY} />);

  const board = await screen.findByRole("region", { name: "Seats on the board" });
  expect(board).toHaveTextContent("5 seats");
  expect(board).toHaveTextContent("2 seats");
  expect(screen.getByText("Nothing on this day.")).toBeVisible();
  expect(screen.getByText(/Their seats on the board: 71.42%/)).toBeVisible();
});

test("before anything is recorded the page says what it waits for", async () => {
  server.use(http.get("/api/control-statement", () => problem(404, "not_found")));
  renderApp(<ControlStatement asAt={DAY} />);

  expect(await screen.findByText("Nobody has recorded yet what we are.")).toBeVisible();
});

test("the years are a picture with the table behind it", async () => {
  const points: ControlPointOut[] = [
    {
      as_at: "2012-05-01",
      inside_votes_bp: 2500,
      inside_board_bp: null,
      verdict: "not_genuine",
      votes: [],
    },
    {
      as_at: DAY,
      inside_votes_bp: 5100,
      inside_board_bp: 6000,
      verdict: "genuine",
      votes: [],
    },
  ];
  server.use(http.get("/api/control-history", () => HttpResponse.json(points)));
  renderApp(<ControlHistory asAt={DAY} />);

  expect(await screen.findByText(/from 1 May 2012 to 31 Oct 2014/)).toBeVisible();
  const table = screen.getByRole("table", { hidden: true });
  expect(within(table).getAllByRole("row", { hidden: true })[2]).toHaveTextContent(
    "31 Oct 201451%60%Workers and users are in control.",
  );
});

test("a share is never rounded up to what is needed", () => {
  expect(share(5099)).toBe("50.99%");
  expect(share(5100)).toBe("51%");
  expect(share(7)).toBe("0.07%");
});
