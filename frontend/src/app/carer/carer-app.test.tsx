import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { SignedInUserOut } from "@/api/generated/model";
import { person, problem, role, signedIn } from "@/testing/people";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { CarerApp } from "./carer-app";
import { carerTabs } from "./routes";

const CARER = person({ roles: [role("carer"), role("member")], carer_id: 3 });

beforeEach(() => {
  window.history.replaceState(null, "", "/carer/me");
  server.use(http.get("/api/*", () => problem(404, "not_found")));
});

function open(user: SignedInUserOut | null) {
  server.use(signedIn(user));
  renderApp(<CarerApp />);
}

test("nobody signed in sees the sign-in", async () => {
  open(null);

  expect(await screen.findByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("a carer sees whose phone it is, and the tab that is open is marked", async () => {
  open(CARER);

  expect(await screen.findByText("Anwen Hughes")).toBeVisible();
  expect(screen.getByRole("link", { name: "Me" })).toHaveAttribute("aria-current", "page");
});

test("the app opens with its first tab", async () => {
  window.history.replaceState(null, "", "/carer/");
  open(CARER);

  await screen.findByRole("navigation", { name: "Main menu" });

  const first = carerTabs[0]?.to ?? "";
  expect([`/carer${first}`, "/carer/"]).toContain(window.location.pathname);
});

test("somebody of the office without visits is told so and led away", async () => {
  open(person());

  expect(await screen.findByText("You have no rota of your own.")).toBeVisible();
  expect(screen.getByRole("link", { name: "Go to the office pages" })).toHaveAttribute("href", "/");
});

test("an address that leads nowhere says so, with the tabs below", async () => {
  window.history.replaceState(null, "", "/carer/nowhere");
  open(CARER);

  expect(await screen.findByRole("heading", { name: "There is no such page" })).toBeVisible();
  expect(screen.getByRole("link", { name: "Me" })).toBeVisible();
});

test("the colours chosen are shown at once and kept on the phone", async () => {
  open(CARER);

  await userEvent.selectOptions(await screen.findByLabelText("Colours"), "High contrast");

  expect(document.documentElement.dataset.theme).toBe("contrast");
  expect(localStorage.getItem("roundtable.theme")).toBe("contrast");
});
