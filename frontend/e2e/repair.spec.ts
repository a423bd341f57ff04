/** Somebody cannot come: from the board, by way of the ways to mend the week, to the draft. */
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./accessible";
import { signIn } from "./sign-in";

const WHOLE_WEEK_MS = 60_000;

test.skip(({ isMobile }) => isMobile, "the office works at a desk");

/** The Monday after today: its week is published, and all of it can still be mended. */
function nextMonday(): string {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7) + 7);
  return day.toISOString().slice(0, 10);
}

async function publishWhatIsThere(page: Page, monday: string): Promise<void> {
  await page.goto(`/publish?week=${monday}`);
  const publish = page.getByRole("button", { name: /^Publish and tell/ });
  const isDone = page.getByText("Everything on the board has been published.");
  await expect(publish.or(isDone)).toBeVisible({ timeout: WHOLE_WEEK_MS });
  if (await publish.isVisible()) {
    const reason = page.getByLabel("Why it goes out all the same");
    if (await reason.isVisible()) {
      await reason.fill("The on-call team takes what is left.");
    }
    await publish.click();
    await expect(isDone).toBeVisible({ timeout: WHOLE_WEEK_MS });
  }
}

test("a carer is ill, ways to mend the week are compared, and one is taken", async ({ page }) => {
  test.setTimeout(4 * WHOLE_WEEK_MS);
  const monday = nextMonday();
  await page.goto(`/board?week=${monday}`);
  await signIn(page, "coordinator");
  await publishWhatIsThere(page, monday);

  await page.goto(`/board?week=${monday}`);
  await page.getByRole("link", { name: "Somebody cannot come" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Somebody cannot come" })).toBeVisible();
  await page.getByLabel("Which carer?").selectOption({ index: 3 });
  await expectAccessible(page);
  await page.getByRole("button", { name: "Find ways to mend the week" }).click();

  await expect(page.getByRole("heading", { name: /ways? to mend the week$/ })).toBeVisible({
    timeout: WHOLE_WEEK_MS,
  });
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
