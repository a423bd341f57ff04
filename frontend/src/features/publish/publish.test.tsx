import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import type {
  CarerChangesOut,
  FiguresOut,
  PublicationOut,
  PublicationPreviewOut,
} from "@/api/generated/model";
import { problem } from "@/testing/people";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { Publish } from "./publish";

const VISIT = {
  visit_id: 1,
  client_id: 3,
  client_name: "Alan Kumar",
  on: "2026-12-01",
  start_minute: 480,
  minutes: 30,
};
const CHANGES: CarerChangesOut = {
  carer_id: 11,
  name: "Vera Firth",
  added: [VISIT],
  removed: [],
  moved: [
    { before: { ...VISIT, visit_id: 2 }, after: { ...VISIT, visit_id: 2, start_minute: 540 } },
  ],
};

function preview(told: Partial<PublicationPreviewOut> = {}): PublicationPreviewOut {
  return {
    version: 4,
    breaches: [],
    warnings: [],
    law_warnings: [],
    needs_note: false,
    unallocated: 0,
    changes: [CHANGES],
    clients_affected: 292,
    carers_affected: 139,
    next_number: 1,
    ...told,
  };
}

const PUBLICATION: PublicationOut = {
  number: 1,
  published_at: "2026-11-26T14:00:00Z",
  published_by: "Asha Thackray",
  rule_versions: { rota_policy: 3 },
  vote: null,
  carers_affected: 139,
  clients_affected: 292,
  note: "The on-call team takes what is left.",
  warnings: {},
  figures: { covered_percent: 99.8, unassigned: 6 } as FiguresOut,
  changes: [{ carer_id: 11, name: "Vera Firth", added: 30, removed: 0, moved: 1 }],
};

let backend: { preview: PublicationPreviewOut; publications: PublicationOut[] };
const published = vi.fn();

beforeEach(() => {
  published.mockReset();
  backend = { preview: preview(), publications: [] };
  server.use(
    http.get("/api/rotas/6/publication-preview", () => HttpResponse.json(backend.preview)),
    http.get("/api/rotas/6/publications", () => HttpResponse.json(backend.publications)),
    http.post("/api/rotas/6/publish", async ({ request }) => {
      published(await request.json());
      backend = { preview: preview({ changes: [], next_number: 2 }), publications: [PUBLICATION] };
      return HttpResponse.json(PUBLICATION);
    }),
  );
});

function show() {
  renderApp(
    <Publish branchId={1} rotaId={6} week="2026-11-30" boardLink={<a href="/board">Board</a>} />,
  );
}

function publishButton() {
  return screen.findByRole("button", { name: "Publish and tell 139 carers" });
}

test("before anything goes out, a sentence says what will happen to whom", async () => {
  show();

  expect(
    await screen.findByText(/139 carers will see this week on their phones.*292 clients/),
  ).toHaveTextContent("This cannot be taken back");
  const row = screen.getByRole("row", { name: /Vera Firth/ });
  await userEvent.click(within(row).getByText("2 visits"));
  expect(within(row).getByText("new: Alan Kumar, Tue 1 Dec 08:00")).toBeVisible();
  expect(
    within(row).getByText("moved: Alan Kumar, Tue 1 Dec 08:00 to Tue 1 Dec 09:00"),
  ).toBeVisible();
});

test("a week in which nobody has a visit yet says so, and not that it went out", async () => {
  backend.preview = preview({ changes: [], carers_affected: 0, clients_affected: 0 });
  show();

  expect(await screen.findByText("There is nothing to publish yet.")).toBeVisible();
});

test("publishing sends the version that was looked at, and shows what went out", async () => {
  show();

  await userEvent.click(await publishButton());

  expect(await screen.findByText("Everything on the board has been published.")).toBeVisible();
  expect(published).toHaveBeenCalledWith({ version: 4, note: "" });
  expect(
    screen.getByRole("heading", { name: "Publication 1, Thu 26 Nov at 14:00 by Asha Thackray" }),
  ).toBeVisible();
  expect(screen.getByText(/99.8% of the visits covered/)).toHaveTextContent("6 left open.");
});

test("while warnings remain, it needs a reason", async () => {
  backend.preview = preview({
    needs_note: true,
    warnings: [{ code: "unallocated", message: "Visits are without carers.", count: 6 }],
  });
  show();
  expect(await screen.findByText("Visits are without carers: 6")).toBeVisible();

  await userEvent.click(await publishButton());
  const reason = screen.getByLabelText("Why it goes out all the same");
  expect(reason).toBeInvalid();
  expect(published).not.toHaveBeenCalled();

  await userEvent.type(reason, " The on-call team takes them. ");
  await userEvent.click(await publishButton());

  await waitFor(() =>
    expect(published).toHaveBeenCalledWith({ version: 4, note: "The on-call team takes them." }),
  );
});

test("a warning of the law is told with its carer and the whole sum", async () => {
  backend.preview = preview({
    law_warnings: [
      {
        code: "PAY-01",
        kind: "wage_below_minimum",
        carer_id: 11,
        carer_name: "Vera Firth",
        visit_id: null,
        day: null,
        message: "Pay is £101.98 below the minimum wage of the week.",
        figures: {
          contact_minutes: "1800",
          travel_minutes: "360",
          waiting_minutes: "120",
          miles: "120.0",
          gross_pence: "40500",
          counted_pence: "38100",
          required_pence: "48298",
          top_up_pence: "10198",
        },
      },
    ],
  });
  show();

  await userEvent.click(await screen.findByText("1 warning of the law, with its figures"));

  const told = screen.getByText(/Vera Firth: Pay is £101.98 below/);
  expect(told).toBeVisible();
  expect(told).toHaveTextContent("With clients 30 h, travel 6 h, waiting 2 h, 120.0 miles.");
  expect(told).toHaveTextContent("Pay £405.00, of which £381.00 counts; required £482.98");
  expect(told).toHaveTextContent("missing £101.98.");
});

test("a broken rule leaves no button, but says in words what to mend", async () => {
  backend.preview = preview({
    breaches: [
      {
        code: "H6",
        carer_id: 11,
        carer_name: "Vera Firth",
        visit_id: 1,
        day: 1,
        message: "Rest would be 9 h 30 instead of 11 h.",
      },
    ],
  });
  show();

  expect(await screen.findByText("This week cannot go out: 1 rule is broken.")).toBeVisible();
  const row = screen.getByRole("row", { name: /rests long enough/ });
  expect(row).toHaveTextContent("Vera FirthTue 1 DecRest would be 9 h 30 instead of 11 h.");
  expect(screen.queryByRole("button", { name: /^Publish/ })).not.toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Board" })).toBeVisible();
});

test("a week that somebody changed meanwhile is refused, and shown as it is now", async () => {
  show();
  const button = await publishButton();
  server.use(
    http.post("/api/rotas/6/publish", () => {
      backend.preview = preview({ version: 5, carers_affected: 140 });
      return problem(409, "rota.stale");
    }),
  );

  await userEvent.click(button);

  expect(await screen.findByRole("alert")).toHaveTextContent("Somebody has changed this week");
  expect(await screen.findByRole("button", { name: "Publish and tell 140 carers" })).toBeVisible();
});

test("a week that has not gone out says that carers do not see it", async () => {
  show();

  expect(await screen.findByText("Nothing yet: carers do not see this week.")).toBeVisible();
});
