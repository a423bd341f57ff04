import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import type { SignedInUserOut } from "@/api/generated/model";
import { person, problem, role, session, signedIn } from "@/testing/people";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { coordinatorMenu } from "../coordinator/routes";
import { createCache } from "../session";
import { homeOf } from "./home-routes";
import { OfficeApp } from "./office-app";

const MEMBER = person({ roles: [role("member")] });

function branch(id: number, name: string) {
  return {
    id,
    name,
    external_id: name.toLowerCase(),
    this_week: "2026-11-23",
    next_week: "2026-11-30",
  };
}

beforeEach(() => {
  window.history.replaceState(null, "", "/organisation");
  server.use(
    http.get("/api/branches", () => HttpResponse.json([branch(1, "Calder"), branch(2, "Wharfe")])),
    // What pages ask for is their own tests' matter.
    http.get("/api/*", () => problem(404, "not_found")),
  );
});

/** Open the office as a person, or as nobody; the session handler goes before the others. */
async function open(user: SignedInUserOut | null) {
  server.use(signedIn(user));
  renderApp(<OfficeApp />, createCache());
  if (user !== null) {
    await screen.findByRole("navigation", { name: "Main menu" });
  }
}

function address(): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(window.location.search));
}

test("nobody signed in: the sign-in stands in place of the page, and leads to it", async () => {
  server.use(http.post("/api/session/sign-in", () => HttpResponse.json(session(MEMBER))));
  await open(null);
  const user = userEvent.setup();

  await user.type(await screen.findByLabelText("User name"), "anwen");
  await user.type(screen.getByLabelText("Password"), "secret");
  await user.click(screen.getByRole("button", { name: "Sign in" }));

  expect(await screen.findByRole("navigation", { name: "Main menu" })).toBeVisible();
  expect(window.location.pathname).toBe("/organisation");
});

test("branch and next week are put into the address, and another branch when it is chosen", async () => {
  await open(person({ roles: [role("coordinator", 1), role("coordinator", 2)] }));
  expect(address()).toEqual({ branch: "1", week: "2026-11-30" });

  await userEvent.selectOptions(screen.getByLabelText("Branch"), "Wharfe");

  await waitFor(() => expect(address()).toEqual({ branch: "2", week: "2026-11-30" }));
});

test("an address that leads to one part of a page still does when the week is put into it", async () => {
  window.history.replaceState(null, "", "/organisation#policy-1");

  await open(MEMBER);

  await waitFor(() => expect(address().week).toBe("2026-11-23"));
  expect(window.location.hash).toBe("#policy-1");
});

test("a week earlier and later are one step each", async () => {
  window.history.replaceState(null, "", "/organisation?branch=2&week=2026-11-16");
  await open(person());
  const user = userEvent.setup();

  await user.click(screen.getByRole("button", { name: "A week earlier" }));
  await waitFor(() => expect(address().week).toBe("2026-11-09"));
  await user.click(screen.getByRole("button", { name: "A week later" }));
  await waitFor(() => expect(address()).toEqual({ branch: "2", week: "2026-11-16" }));
});

test("a member sees no branches and no pages of the office", async () => {
  await open(MEMBER);

  const menu = screen.getByRole("navigation", { name: "Main menu" });
  expect(
    within(menu)
      .getAllByRole("link")
      .map((link) => link.textContent),
  ).toEqual(["Our co-operative", "Who controls us", "Our rota policy", "Votes"]);
  expect(screen.queryByLabelText("Branch")).not.toBeInTheDocument();
});

test("an unknown address says so, with the menu around it", async () => {
  window.history.replaceState(null, "", "/nowhere");
  await open(MEMBER);

  expect(await screen.findByRole("heading", { name: "There is no such page" })).toBeVisible();
});

test("signing out shows the sign-in again", async () => {
  server.use(http.post("/api/session/sign-out", () => new HttpResponse(null, { status: 204 })));
  await open(MEMBER);

  await userEvent.click(screen.getByRole("button", { name: "Sign out" }));

  expect(await screen.findByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("a session that ended meanwhile leads to the sign-in, at the same address", async () => {
  await open(MEMBER);
  server.use(
    signedIn(null),
    http.get("/api/organisation/*", () => problem(401, "not_authenticated")),
  );

  await userEvent.click(screen.getByRole("button", { name: "A week later" }));

  expect(await screen.findByRole("heading", { name: "Sign in" })).toBeVisible();
  expect(window.location.pathname).toBe("/organisation");
  expect(address().week).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});

test("a page that is not open to a person says so, with the menu around it", async () => {
  // React and the router both report what the error page then shows.
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const [office] = coordinatorMenu;
  window.history.replaceState(null, "", office?.to);
  await open(MEMBER);

  expect(await screen.findByRole("alert")).toHaveTextContent("This is not open to you.");
  expect(screen.getByRole("link", { name: "Our co-operative" })).toBeVisible();
});

test("no answer at the start is told, and trying again opens the app", async () => {
  server.use(signedIn(MEMBER));
  server.use(http.get("/api/session", () => HttpResponse.error(), { once: true }));
  renderApp(<OfficeApp />, createCache());

  await userEvent.click(await screen.findByRole("button", { name: "Try again" }));

  expect(await screen.findByRole("navigation", { name: "Main menu" })).toBeVisible();
});

test("a carer's day starts in the carer app, a member's with the co-operative", () => {
  expect(homeOf(person({ roles: [role("carer"), role("member")], carer_id: 3 }))).toBe("/carer/");
  expect(homeOf(MEMBER)).toBe("/organisation");
});
