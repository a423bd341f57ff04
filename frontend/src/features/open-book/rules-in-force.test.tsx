import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { RuleSetOut } from "@/api/generated/model";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { RulesInForce } from "./rules-in-force";

const POLICY: RuleSetOut = {
  area: "rota_policy",
  area_name: "Limits and weights of the rota",
  branch_name: null,
  version: 3,
  starts_on: "2026-10-05",
  decided_by: "vote of 12 September",
  values: { daily_rest_minutes: 660 },
};

function answer(...rules: RuleSetOut[]) {
  server.use(http.get("/api/organisation/rules", () => HttpResponse.json(rules)));
}

test("a rule set says its version, since when and who decided it, and opens to its figures", async () => {
  answer(POLICY);
  renderApp(<RulesInForce on="2026-11-30" />);
  const summary = await screen.findByText("Limits and weights of the rota");
  expect(screen.getByText("version 3, since Monday 5 October 2026")).toBeVisible();
  expect(screen.getByRole("table", { hidden: true })).not.toBeVisible();

  await userEvent.click(summary);

  const table = screen.getByRole("table", { name: "Decided by: vote of 12 September." });
  expect(table).toBeVisible();
  expect(within(table).getByRole("row", { name: "Rest between two days 11 h" })).toBeVisible();
});

test("a branch's own rule set carries the branch's name", async () => {
  answer({ ...POLICY, branch_name: "Calder" });
  renderApp(<RulesInForce on="2026-11-30" />);

  expect(await screen.findByText("Limits and weights of the rota: Calder")).toBeVisible();
});

test("a date before all rules says so", async () => {
  answer();
  renderApp(<RulesInForce on="1990-01-01" />);

  expect(await screen.findByText("No rules are in force on this date.")).toBeVisible();
});
