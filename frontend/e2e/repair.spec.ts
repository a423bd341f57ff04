/** Somebody cannot come: from the board, by way of the ways to mend the week, to the draft. */
import { expect, test } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./accessible";
import { signIn } from "./sign-in";

const WHOLE_WEEK_MS = 60_000;

test.skip(({ isMobile }) => isMobile, "the office works at a desk");

/** The Monday of the week that today is in: a week that is published. */
function thisMonday(): string {
  const today = new Date();
  today.setUTCDate(today.getUTCDate() - ((today.getUTCDay() + 6) % 7));
  return today.toISOString().slice(0, 10);
}

test("a carer is ill, ways to mend the week are compared, and one is taken", async ({ page }) => {
  test.setTimeout(4 * WHOLE_WEEK_MS);
  await page.goto(`/board?week=${thisMonday()}`);
  await signIn(page, "coordinator");
  await page.getByRole("link", { name: "Somebody cannot come" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Somebody cannot come" })).toBeVisible();
  await page.getByLabel("Which carer?").selectOption({ index: 3 });
  await expectAccessible(page);
  await page.getByRole("button", { name: "Find ways to mend the week" }).click();

  // The ways of an earlier repair may be on the page until these are there.
  await expect(page.getByRole("button", { name: "Accept the proposal" })).toBeVisible({
    timeout: WHOLE_WEEK_MS,
  });
  await expect(page.getByRole("heading", { name: /ways? to mend the week$/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Look at this way" }).first()).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  // By keyboard: the last way is looked at.
  await page.getByRole("button", { name: "Look at this way" }).last().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Look at this way" }).last()).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await page.getByRole("button", { name: "Accept the proposal" }).click();
  await expect(page.getByText("This proposal was accepted")).toBeVisible({
    timeout: WHOLE_WEEK_MS,
  });
  await page.getByRole("link", { name: "See it on the board" }).click();
  await expect(page.getByRole("grid")).toBeVisible({ timeout: WHOLE_WEEK_MS });
});
