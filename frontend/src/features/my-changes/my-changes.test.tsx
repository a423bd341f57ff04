import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { MyChangedVisitOut } from "@/api/generated/model";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { MyChanges } from "./my-changes";

const WEEK = "2026-11-23";

function visit(visit_id: number, start_minute: number): MyChangedVisitOut {
  return { visit_id, client_name: `Client ${visit_id}`, on: WEEK, start_minute, minutes: 30 };
}

test("new, moved and lost visits are told, and put away once read", async () => {
  let seen = false;
  const told: unknown[] = [];
  server.use(
    http.get(`/api/my/weeks/${WEEK}/changes`, () =>
      HttpResponse.json([
        {
          number: 2,
          published_at: "2026-11-22T10:00:00Z",
          seen,
          added: [visit(1, 420)],
          removed: [visit(2, 480)],
          moved: [{ before: visit(3, 540), after: visit(3, 600) }],
        },
      ]),
    ),
    http.post(`/api/my/weeks/${WEEK}/changes/seen`, async ({ request }) => {
      told.push(await request.json());
      seen = true;
      return new HttpResponse(null, { status: 204 });
    }),
  );
  renderApp(<MyChanges week={WEEK} />);

  expect(await screen.findByText("New visit")).toBeVisible();
  expect(screen.getByText("No longer yours")).toBeVisible();
  expect(screen.getByText("before: Mon 23 Nov, 09:00 – 09:30")).toBeVisible();
  const read = screen.getByRole("button", { name: "I have read this" });
  await userEvent.click(read);
  await waitFor(() => expect(read).not.toBeInTheDocument());

  expect(told).toEqual([{ number: 2 }]);
  expect(screen.queryByText("New to you")).toBeNull();
});

test("a week without changes says so", async () => {
  server.use(http.get(`/api/my/weeks/${WEEK}/changes`, () => HttpResponse.json([])));
  renderApp(<MyChanges week={WEEK} />);

  expect(await screen.findByText("Nothing has changed since this week came out.")).toBeVisible();
});
