import { act, fireEvent, screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { afterEach, expect, test, vi } from "vitest";
import type { MyVisitOut } from "@/api/generated/model";
import { problem } from "@/testing/people";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { aDoor } from "./made-up";
import { MyVisit } from "./my-visit";

afterEach(() => vi.useRealTimers());

function open(visit: MyVisitOut) {
  server.use(http.get("/api/my/visits/1", () => HttpResponse.json(visit)));
  renderApp(<MyVisit visitId={1} />);
}

test("what is needed at the door is there", async () => {
  open(aDoor());

  expect(await screen.findByRole("heading", { name: "Mary Taylor" })).toBeVisible();
  expect(screen.getByText("Ring twice.")).toBeVisible();
  expect(screen.getByText("Help with breakfast")).toBeVisible();
  expect(screen.queryByRole("heading", { name: "Key safe" })).toBeNull();
});

test("outside its time a visit says when it opens, not that something is broken", async () => {
  server.use(http.get("/api/my/visits/1", () => problem(404, "not_found")));
  renderApp(<MyVisit visitId={1} />);

  expect(await screen.findByText("You can see this visit close to its time.")).toBeVisible();
});

test("a key safe that is closed says when it opens", async () => {
  open(
    aDoor({
      key_safe_available_from: "2999-11-23T06:30:00Z",
      key_safe_available_until: "2999-11-23T08:30:00Z",
    }),
  );

  expect(await screen.findByText("You can see the code from 06:30 to 08:30.")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Show the key-safe code" })).toBeNull();
});

test("the code is shown on asking and hidden again after a minute", async () => {
  server.use(http.post("/api/my/visits/1/key-safe", () => HttpResponse.json({ code: "4711" })));
  open(
    aDoor({
      key_safe_available_from: "2020-01-01T00:00:00Z",
      key_safe_available_until: "2999-01-01T00:00:00Z",
    }),
  );
  const show = await screen.findByRole("button", { name: "Show the key-safe code" });
  vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ["setTimeout", "clearTimeout"] });
  fireEvent.click(show);
  expect(await screen.findByText("4711")).toBeVisible();
  expect(JSON.stringify(localStorage)).not.toContain("4711");

  act(() => void vi.advanceTimersByTime(55_000));
  expect(screen.getByText("4711")).toBeVisible();
  await act(async () => void (await vi.advanceTimersByTimeAsync(6_000)));

  expect(screen.queryByText("4711")).toBeNull();
});
