/** What if: a week is tried with other limits and more carers, and read beside the week as it is. */
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./accessible";
import { signIn } from "./sign-in";

const BOTH_WEEKS_MS = 150_000;

test.skip(({ isMobile }) => isMobile, "the office works at a desk");

/** The Monday of the week that today is in: a week that has its visits. */
function thisMonday(): string {
  const today = new Date();
  today.setUTCDate(today.getUTCDate() - ((today.getUTCDay() + 6) % 7));
  return today.toISOString().slice(0, 10);
}

async function narrowAndBack(page: Page): Promise<void> {
  const window = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  if (window !== null) {
    await page.setViewportSize(window);
  }
}

test("a week is tried with a shorter day and more carers, and read side by side", async ({
  page,
}) => {
  test.setTimeout(2 * BOTH_WEEKS_MS);
  await page.goto(`/board?week=${thisMonday()}`);
  await signIn(page, "coordinator");
  await page.getByRole("link", { name: "What if …?" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "What if" })).toBeVisible();

  for (const part of ["Other points", "Other limits", "More carers"]) {
    await page.getByRole("checkbox", { name: part }).check();
  }
  await expectAccessible(page);
  await narrowAndBack(page);
  await page.getByRole("button", { name: "Try it" }).click();
  await expect(page.getByRole("alert")).toHaveText(/Change at least one thing/);

  await page.getByLabel("Most work in a day, hours").fill("9");
  await page.getByLabel("How many").fill("5");
  await page.getByRole("checkbox", { name: "Feeding by tube (PEG)" }).uncheck();
  await page.getByLabel("How long may each side take?").selectOption("15");
  await page.getByRole("button", { name: "Try it" }).click();
  await expect(page.getByRole("progressbar", { name: "Trying both weeks" })).toBeVisible();
  await expectAccessible(page);

  await expect(page.getByRole("heading", { name: "Side by side" })).toBeVisible({
    timeout: BOTH_WEEKS_MS,
  });
  await expect(page.getByText(/Most work in a day, hours: 9; 5 more carers/)).toBeVisible();
  await expect(page.getByText(/^The tried week is better in/)).toBeVisible();
  // Said in words, whatever the colours: better, worse or the same in each of ten figures.
  const figures = page.getByRole("table", { name: /The week as it would be/ });
  await expect(figures.getByText(/[↑↓] (better|worse)|= the same/)).toHaveCount(10);
  for (const summary of await page.locator("main summary").all()) {
    await summary.click();
  }
  await expectAccessible(page);
  await narrowAndBack(page);
});
