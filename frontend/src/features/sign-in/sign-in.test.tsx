import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test, vi } from "vitest";
import { person, problem, session } from "@/testing/people";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { SignIn } from "./sign-in";

async function signInWith(username: string, password: string) {
  const user = userEvent.setup();
  if (username !== "") {
    await user.type(screen.getByLabelText("User name"), username);
  }
  if (password !== "") {
    await user.type(screen.getByLabelText("Password"), password);
  }
  await user.click(screen.getByRole("button", { name: "Sign in" }));
}

test("the right name and password open the session, without spaces around the name", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post("/api/session/sign-in", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(session(person()));
    }),
  );
  const onSignedIn = vi.fn();
  renderApp(<SignIn onSignedIn={onSignedIn} />);

  await signInWith(" anwen ", " secret ");

  await waitFor(() => expect(onSignedIn).toHaveBeenCalled());
  expect(onSignedIn.mock.calls[0]?.[0]).toEqual(session(person()));
  expect(sent).toEqual([{ username: "anwen", password: " secret " }]);
});

test("a wrong password is told in words and takes the person back to the password", async () => {
  server.use(http.post("/api/session/sign-in", () => problem(400, "accounts.wrong_sign_in")));
  renderApp(<SignIn onSignedIn={() => undefined} />);

  await signInWith("anwen", "wrong");

  expect(await screen.findByRole("alert")).toHaveTextContent(
    "That name and password do not go together.",
  );
  expect(screen.getByLabelText("Password")).toHaveFocus();
});

test("too many tries are told with what to do", async () => {
  server.use(http.post("/api/session/sign-in", () => problem(429, "accounts.too_many_tries")));
  renderApp(<SignIn onSignedIn={() => undefined} />);

  await signInWith("anwen", "wrong");

  expect(await screen.findByRole("alert")).toHaveTextContent("Wait a little, then try again.");
});

test("empty fields are named and nothing is sent", async () => {
  renderApp(<SignIn onSignedIn={() => undefined} />);

  await signInWith("", "");

  expect(screen.getByLabelText("User name")).toHaveAccessibleDescription("Write your user name.");
  expect(screen.getByLabelText("Password")).toHaveAccessibleDescription("Write your password.");
});

test("a lost line says so instead of blaming the password", async () => {
  server.use(http.post("/api/session/sign-in", () => HttpResponse.error()));
  renderApp(<SignIn onSignedIn={() => undefined} />);

  await signInWith("anwen", "secret");

  expect(await screen.findByRole("alert")).toHaveTextContent("No signal.");
});
