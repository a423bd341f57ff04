import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test, vi } from "vitest";
import type { CoverOut, GivesWayOut } from "@/api/generated/model";
import { GivesWayOutKindEnum } from "@/api/generated/model";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { Cover, givesWayWords } from "./cover";
import { visit } from "./testing";

const WEEK = "2026-11-30";
const OPEN = visit({ id: 5, state: "unallocated", start: null, carers: [] });

function givesWay(given: Partial<GivesWayOut>): GivesWayOut {
  return {
    kind: "AVAILABILITY",
    rule: "H4",
    carer_id: 2,
    carer: "Beth Stone",
    day: 1,
    amount: 35,
    is_law: false,
    skills: [],
    ...given,
  };
}

const COVER: CoverOut = {
  state: "PROVED",
  pin_confirmed: true,
  looked_at: ["Anne Hill", "Beth Stone"],
  ways: [
    {
      gives_way: [givesWay({})],
      changes: [
        { visit_id: 5, client: "Mr Idris Vale", start: 540, carers: ["Beth Stone"] },
        { visit_id: 6, client: "Edith Hall", start: 600, carers: ["Anne Hill"] },
      ],
      is_minimal: true,
    },
    {
      gives_way: [givesWay({ kind: "DAILY_REST", rule: "H6", is_law: true })],
      changes: [{ visit_id: 5, client: "Mr Idris Vale", start: 540, carers: ["Beth Stone"] }],
      is_minimal: false,
    },
  ],
};

async function ask(answer: CoverOut) {
  const asked = vi.fn();
  server.use(
    http.get("/api/visits/5/ways-to-cover", () => {
      asked();
      return HttpResponse.json(answer);
    }),
  );
  renderApp(<Cover visit={OPEN} week={WEEK} />);
  expect(asked).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: "What would have to change?" }));
}

test("says what would have to change, the least first, and which visits move", async () => {
  await ask(COVER);

  const [first, second] = await screen
    .findAllByRole("listitem")
    .then((items) => items.filter((item) => item.parentElement?.tagName === "OL"));
  expect(first).toHaveTextContent("Beth Stone would have to be available 35 min more on Tuesday.");
  expect(first).toHaveTextContent("Then Beth Stone could come at 09:00.");
  expect(first).toHaveTextContent("Edith Hall would be seen at 10:00 by Anne Hill.");
  expect(within(second as HTMLElement).getByText("Law: not ours to waive")).toBeVisible();
  expect(second).toHaveTextContent("There may be a smaller change");
  expect(screen.getByRole("status")).toHaveTextContent(
    "The smallest changes on this day with the 2 carers nearest to it.",
  );
});

test("says so when time ran out before anything was proved", async () => {
  await ask({ ...COVER, state: "UNFINISHED", ways: [] });

  expect(await screen.findByText(/There was no time to look at every way/)).toBeVisible();
});

test("says that an address must be confirmed before anything else", async () => {
  await ask({ ...COVER, pin_confirmed: false });

  expect(await screen.findByText(/must confirm the pin/)).toBeVisible();
});

test("names an answer that needs no rule to give way", async () => {
  const way = { gives_way: [], changes: COVER.ways[0]?.changes ?? [], is_minimal: true };
  await ask({ ...COVER, ways: [way] });

  expect(await screen.findByText("No rule has to give way.")).toBeVisible();
});

test("has words of its own for every kind of change", () => {
  const words = Object.values(GivesWayOutKindEnum).map((kind) =>
    givesWayWords(givesWay({ kind, skills: ["PEG feeding"] }), WEEK),
  );

  expect(new Set(words).size).toBe(words.length);
  expect(words.every((sentence) => sentence.endsWith("."))).toBe(true);
  expect(words.join()).not.toMatch(/undefined|null/);
});
