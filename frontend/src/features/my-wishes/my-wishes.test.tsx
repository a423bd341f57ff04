import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { MyWishesOut, MyWishOut } from "@/api/generated/model";
import { problem } from "@/testing/people";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { MyWishes } from "./my-wishes";

const WEEK = "2026-11-23";
const ADDRESS = `/api/my/wishes/${WEEK}`;

function aWish(told: Partial<MyWishOut> = {}): MyWishOut {
  return {
    id: 1,
    kind: "no_split",
    points: 8,
    on: null,
    weekday: null,
    from_minute: null,
    to_minute: null,
    client_id: null,
    client_name: null,
    area: null,
    is_fixed: false,
    outcomes: [],
    ...told,
  };
}

function wishes(told: Partial<MyWishesOut> = {}): MyWishesOut {
  const placed = (told.wishes ?? []).reduce((sum, { points }) => sum + points, 0);
  return {
    period_starts_on: "2026-11-02",
    period_ends_before: "2026-11-30",
    points: 12,
    left: 12 - placed,
    weeks: ["2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23"].map((week) => ({
      week,
      is_closed: week !== WEEK,
      is_being_worked_out: false,
    })),
    is_closed: false,
    wishes: [],
    clients: [{ id: 7, name: "Mary T." }],
    areas: [],
    ...told,
  };
}

function open(answer: MyWishesOut): unknown[] {
  const sent: unknown[] = [];
  server.use(
    http.get(ADDRESS, () => HttpResponse.json(answer)),
    http.put(ADDRESS, async ({ request }) => {
      const body = (await request.json()) as { wishes: MyWishOut[] };
      sent.push(body);
      return HttpResponse.json(wishes({ wishes: body.wishes.map((row) => aWish(row)) }));
    }),
  );
  renderApp(<MyWishes week={WEEK} />);
  return sent;
}

test("points go from what is left to a wish and back, and are saved together", async () => {
  const sent = open(wishes({ wishes: [aWish()] }));
  expect(await screen.findByText("4")).toBeVisible();

  const card = screen.getByRole("region", { name: "No long gaps in a day" });
  const more = within(card).getByRole("button", { name: /One point more/ });
  await userEvent.click(more);
  expect(screen.getByText("points left", { exact: false })).toHaveTextContent("3 points left");
  await userEvent.selectOptions(screen.getByLabelText("What do you wish for?"), "A day off");
  await userEvent.selectOptions(screen.getByLabelText("Which day?"), "Fri 27 Nov");
  await userEvent.click(screen.getByRole("button", { name: "Add this wish" }));
  expect(screen.getByRole("region", { name: "Fri 27 Nov off" })).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Save my wishes" }));

  expect(await screen.findByText("Your wishes are saved.")).toBeVisible();
  expect(sent).toMatchObject([
    {
      wishes: [
        { kind: "no_split", points: 9 },
        { kind: "day_off", points: 1, on: "2026-11-27" },
      ],
    },
  ]);
});

test("a published week whose wishes are being worked out is named until that is done", async () => {
  const told = wishes({ wishes: [aWish({ is_fixed: true })] });
  const weeks = told.weeks.map((row) => ({ ...row, is_being_worked_out: row.week === WEEK }));

  open({ ...told, weeks });

  expect(await screen.findByText(/is being worked out for: .*23 .* Nov/)).toBeVisible();
});

test("no point can be placed that is not there", async () => {
  open(wishes({ wishes: [aWish({ points: 12 })] }));

  expect(await screen.findByRole("button", { name: /One point more/ })).toBeDisabled();
  expect(screen.queryByRole("button", { name: "Add this wish" })).toBeNull();
});

test("only days of weeks that are not planned yet can be chosen", async () => {
  open(wishes());

  const which = await screen.findByLabelText("Which day?");

  expect(within(which).queryByRole("option", { name: "Fri 20 Nov" })).toBeNull();
  expect(within(which).getByRole("option", { name: "Fri 27 Nov" })).toBeVisible();
});

test("a wish that was not kept says why and what it would have cost", async () => {
  const kept = {
    week: "2026-11-02",
    is_kept: true,
    reason: null,
    rule: null,
    visits: 0,
    cost: null,
    weight: 60,
  };
  open(
    wishes({
      wishes: [
        aWish({
          is_fixed: true,
          outcomes: [
            kept,
            { ...kept, week: "2026-11-09", is_kept: false, reason: "cost_more", cost: 180.5 },
            { ...kept, week: "2026-11-16", is_kept: false, reason: "nobody_else", visits: 2 },
          ],
        }),
      ],
    }),
  );

  const card = await screen.findByRole("region", { name: "No long gaps in a day" });

  expect(
    within(card)
      .getAllByText(/^(Kept|Not kept)$/)
      .map((chip) => chip.textContent),
  ).toEqual(["Kept", "Not kept", "Not kept"]);
  expect(card).toHaveTextContent("would have cost the others 180.5 points");
  expect(card).toHaveTextContent(
    "2 visits stood against it, and nobody else could make all of them.",
  );
  expect(within(card).queryByRole("button")).toBeNull();
});

test("a refusal is said in words and nothing that was typed is lost", async () => {
  open(wishes({ wishes: [aWish()] }));
  server.use(http.put(ADDRESS, () => problem(409, "rota.wish_spent")));

  await userEvent.click(await screen.findByRole("button", { name: /Take away/ }));
  await userEvent.click(screen.getByRole("button", { name: "Save my wishes" }));

  expect(
    await screen.findByText("A week has been planned with one of these wishes."),
  ).toBeVisible();
  expect(screen.getByRole("button", { name: "Save my wishes" })).toBeVisible();
});
