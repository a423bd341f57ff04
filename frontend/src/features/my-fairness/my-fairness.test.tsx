import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { FairMeasureOut } from "@/api/generated/model";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { MyFairness } from "./my-fairness";

const WEEKENDS: FairMeasureOut = {
  measure: "weekend_days",
  own: 4.5,
  own_band: 1,
  unevenness: 0.31,
  bands: [
    { least: 0, most: 2, people: 6 },
    { least: 2.5, most: 7, people: 5 },
  ],
};

function open(measures: readonly FairMeasureOut[]) {
  server.use(
    http.get("/api/my/fairness", () =>
      HttpResponse.json({
        since: "2026-08-24",
        until: "2026-11-23",
        people: 11,
        target: 0.2,
        wishes_to_come: 1,
        measures,
      }),
    ),
  );
  renderApp(<MyFairness />);
}

test("a carer finds the own figure, the own place and whether it is even", async () => {
  open([WEEKENDS]);

  const card = await screen.findByRole("region", { name: "Weekend days, in 100 hours" });

  expect(card).toHaveTextContent("You: 4.5");
  expect(within(card).getByRole("row", { name: /you are here/ })).toHaveTextContent("2.5 – 7");
  expect(card).toHaveTextContent("Unevenly shared: 0.31, where 0.2 is the aim.");
  expect(screen.getByRole("status")).toHaveTextContent("newest wishes is being worked out");
});

test("where there are too few people only the own figure stands", async () => {
  open([{ ...WEEKENDS, own_band: null, unevenness: null, bands: [] }]);

  const card = await screen.findByRole("region", { name: "Weekend days, in 100 hours" });

  expect(card).toHaveTextContent("You: 4.5");
  expect(card).toHaveTextContent("Too few people to show more.");
  expect(within(card).queryByRole("table")).toBeNull();
});
