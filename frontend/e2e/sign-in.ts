/** Signing in as one of the trial's made-up people. */
import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";

interface SignIn {
  role: string;
  username: string;
  password: string;
  /** As it is shown on the page. */
  name: string;
}

export type Who = "coordinator" | "manager" | "planner" | "carer" | "member" | "admin";

/** The name and password of one of the people that the trial has noted in `SIGN_INS`. */
export function signInOf(who: Who): SignIn {
  const file = process.env.SIGN_INS;
  if (file === undefined) {
    throw new Error("SIGN_INS must name the trial's note (trial.json) with its sign-ins.");
  }
  const { sign_ins: all } = JSON.parse(readFileSync(file, "utf8")) as { sign_ins: SignIn[] };
  const found = all.find(({ username }) => username === who);
  if (found === undefined) {
    throw new Error(`The trial has no sign-in named ${who}.`);
  }
  return found;
}

/** Fill in the sign-in that is on the page and wait until it has led further. */
export async function signIn(page: Page, who: Who): Promise<void> {
  const { username, password } = signInOf(who);
  await page.getByLabel("User name").fill(username);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("navigation", { name: "Main menu" })).toBeVisible();
}
