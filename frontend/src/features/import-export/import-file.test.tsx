import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { useState } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import type { ImportOut } from "@/api/generated/model";
import { problem } from "@/testing/people";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { ImportFile } from "./import-file";

const FILE = new File(["rows"], "calder.xlsx");

function checked(told: Partial<ImportOut> = {}): ImportOut {
  return {
    id: 3,
    branch_id: 1,
    file_name: "calder.xlsx",
    rows: 8085,
    creates: 2,
    updates: 1,
    removes: 0,
    unchanged: 8082,
    problem_count: 0,
    problems: [],
    asked_at: "2026-11-23T13:00:00Z",
    applied_at: null,
    ...told,
  };
}

let backend: ImportOut;
const sent = vi.fn();

beforeEach(() => {
  sent.mockReset();
  backend = checked();
  server.use(
    // The form itself cannot be read here: jsdom's is not the one that fetch knows. The browser
    // journey sends a real one.
    http.post("/api/imports", () => {
      sent();
      return HttpResponse.json(backend, { status: 201 });
    }),
    http.get("/api/imports/3", () => HttpResponse.json(backend)),
    http.post("/api/imports/3/apply", () => {
      backend = checked({ applied_at: "2026-11-23T13:05:00Z" });
      return HttpResponse.json(backend);
    }),
  );
});

/** The part of the page that keeps the file's number in the address. */
function Page() {
  const [importId, setImportId] = useState<number | null>(null);
  return <ImportFile branchId={1} importId={importId} onChecked={setImportId} />;
}

async function check() {
  renderApp(<Page />);
  await userEvent.upload(screen.getByLabelText("Workbook"), FILE);
  await userEvent.click(screen.getByRole("button", { name: "Check the file" }));
}

test("without a file there is nothing to check", async () => {
  renderApp(<Page />);

  await userEvent.click(screen.getByRole("button", { name: "Check the file" }));

  expect(screen.getByLabelText("Workbook")).toBeInvalid();
  expect(sent).not.toHaveBeenCalled();
});

test("every problem is listed with its place and what to do, and nothing can be taken in", async () => {
  backend = checked({
    problem_count: 1,
    problems: [
      {
        sheet: "carers",
        row: 5,
        column: "gender",
        value: "nonsense",
        problem: "Not one of the words allowed here.",
        what_to_do: "Use f, m or x.",
      },
    ],
  });
  await check();

  expect(await screen.findByText("1 problem in the file. Nothing has changed.")).toBeVisible();
  const row = screen.getByRole("row", { name: /carers/ });
  expect(
    within(row)
      .getAllByRole("cell")
      .map(({ textContent }) => textContent),
  ).toEqual(["5", "gender", "nonsense", "Not one of the words allowed here.", "Use f, m or x."]);
  expect(screen.queryByRole("button", { name: "Take it in" })).not.toBeInTheDocument();
});

test("a file without problems says what it would do, and does it when told to", async () => {
  await check();
  expect(await screen.findByText("2 new rows")).toBeVisible();

  await userEvent.click(screen.getByRole("button", { name: "Take it in" }));

  expect(await screen.findByText(/was taken in on Mon 23 Nov at 13:05/)).toBeVisible();
});

test("a file that changes nothing leaves nothing to press", async () => {
  backend = checked({ creates: 0, updates: 0, unchanged: 8085 });
  await check();

  expect(await screen.findByText(/There is nothing to take in/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Take it in" })).not.toBeInTheDocument();
});

test("a branch that has changed meanwhile is refused in words", async () => {
  await check();
  server.use(http.post("/api/imports/3/apply", () => problem(409, "exchange.changed_since")));

  await userEvent.click(await screen.findByRole("button", { name: "Take it in" }));

  expect(await screen.findByRole("alert")).toHaveTextContent(
    "The branch has changed since the file was checked.",
  );
});
