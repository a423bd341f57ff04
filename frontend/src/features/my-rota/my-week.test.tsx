import { screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { MyWeekOut } from "@/api/generated/model";
import { getGetMyWeekQueryKey } from "@/api/generated/rota/rota";
import { createQueryClient } from "@/api/query-client";
import { problem } from "@/testing/people";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { aDay, aVisit, aWeek } from "./made-up";
import { MyWeek } from "./my-week";

const WEEK = "2026-11-23";

function open(week: MyWeekOut) {
  server.use(http.get(`/api/my/weeks/${WEEK}`, () => HttpResponse.json(week)));
  renderApp(<MyWeek week={WEEK} />);
}

test("the next visit stands first, with its way in", async () => {
  const visit = aVisit({ visit_id: 9, ends_at: "2999-01-01T00:00:00Z", carers: ["Ola"] });
  open(aWeek({ days: [aDay(WEEK, [visit])] }));

  expect(await screen.findByText("Together with Ola")).toBeVisible();
  expect(screen.getByRole("link", { name: "What to know for this visit" })).toHaveAttribute(
    "href",
    "/visits/9",
  );
});

test("travel, breaks, waiting and free time are told apart in words", async () => {
  const after = (visit_id: number, kind_of_gap: "break" | "wait" | "off", gap_minutes: number) =>
    aVisit({ visit_id, kind_of_gap, gap_minutes, travel_minutes: 10 });
  open(
    aWeek({
      days: [
        aDay(WEEK, [aVisit(), after(2, "break", 40), after(3, "wait", 15), after(4, "off", 190)]),
      ],
    }),
  );

  expect(await screen.findByText(/Break 30 min/)).toBeVisible();
  expect(screen.getByText(/Waiting 5 min, paid/)).toBeVisible();
  expect(screen.getByText(/Free 3 h/)).toBeVisible();
  expect(screen.getAllByText(/Travel 10 min/)).toHaveLength(3);
});

test("changes not yet read are counted and lead to their page", async () => {
  open(aWeek({ changes_unseen: 3 }));

  expect(await screen.findByText("3 changes since you last looked")).toBeVisible();
  expect(screen.getByRole("link", { name: "See what changed" })).toHaveAttribute(
    "href",
    `/weeks/${WEEK}/changes`,
  );
});

test("a week that is not published says so", async () => {
  open(aWeek({ publication: null, days: [] }));

  expect(await screen.findByText("This week is not out yet.")).toBeVisible();
});

test("a fault offers to try again", async () => {
  server.use(http.get(`/api/my/weeks/${WEEK}`, () => problem(404, "not_found")));
  renderApp(<MyWeek week={WEEK} />);

  expect(await screen.findByRole("alert")).toBeVisible();
});

test("without signal the week last heard stays, with its age", async () => {
  const cache = createQueryClient(() => undefined);
  cache.setQueryData(getGetMyWeekQueryKey(WEEK), aWeek(), {
    updatedAt: Date.parse("2026-11-20T07:12:00Z"),
  });
  server.use(http.get(`/api/my/weeks/${WEEK}`, () => HttpResponse.error()));
  renderApp(<MyWeek week={WEEK} />, cache);

  expect(
    await screen.findByText(/^As of Fri 20 Nov, 07:12\. No signal\.$/, {}, { timeout: 9_000 }),
  ).toBeVisible();
  expect(screen.getByText("Mary T.")).toBeVisible();
}, 15_000);
