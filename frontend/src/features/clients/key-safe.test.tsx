import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { problem } from "@/testing/people";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { KeySafe } from "./key-safe";

const asked = vi.fn();

beforeEach(() => {
  asked.mockReset();
  server.use(
    http.post("/api/clients/87/key-safe/reveal", async ({ request }) => {
      asked(await request.json());
      return HttpResponse.json({ code: "4711" });
    }),
  );
});

afterEach(() => {
  vi.useRealTimers();
});

async function askFor(reason: string, user = userEvent.setup()) {
  await user.type(await screen.findByLabelText("Why do you need the code?"), reason);
  await user.click(screen.getByRole("button", { name: "Show the code" }));
}

test("without a reason the code is not asked for", async () => {
  renderApp(<KeySafe clientId={87} hasCode />);

  await userEvent.click(screen.getByRole("button", { name: "Show the code" }));

  expect(screen.getByLabelText("Why do you need the code?")).toBeInvalid();
  expect(asked).not.toHaveBeenCalled();
});

test("with a reason the code is shown for a minute, then hidden", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  renderApp(<KeySafe clientId={87} hasCode />);

  await askFor(
    "Carer locked out",
    userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) }),
  );

  expect(await screen.findByText("4711")).toBeVisible();
  expect(asked).toHaveBeenCalledWith({ reason: "Carer locked out" });
  await act(() => vi.advanceTimersByTimeAsync(60_000));
  expect(screen.queryByText("4711")).not.toBeInTheDocument();
});

test("a refusal is told in words", async () => {
  server.use(
    http.post("/api/clients/87/key-safe/reveal", () => problem(409, "clients.no_key_safe")),
  );
  renderApp(<KeySafe clientId={87} hasCode />);

  await askFor("Carer locked out");

  expect(await screen.findByRole("alert")).toHaveTextContent("There is no key-safe code");
});

test("a client without a code has nothing to press", () => {
  renderApp(<KeySafe clientId={87} hasCode={false} />);

  expect(screen.getByText("No code is noted for this client.")).toBeVisible();
  expect(screen.queryByRole("button")).not.toBeInTheDocument();
});
