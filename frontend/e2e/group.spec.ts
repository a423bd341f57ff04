/** The week of two branches is built together: from Build, to what each branch is to decide. */
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./accessible";
import { signIn } from "./sign-in";

/** Opening a branch's week makes thousands of visits; a busy machine takes its time. */
const WHOLE_WEEK_MS = 120_000;
const JOURNEY_MS = 480_000;
const TITLE = "Build the week of all branches";
const LINK = "Build the week of all branches together";

test.skip(({ isMobile }) => isMobile, "the widths are tried within the one journey");

async function narrowAndBack(page: Page): Promise<void> {
  const window = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  if (window !== null) {
    await page.setViewportSize(window);
  }
}

test("who plans one branch is not led there, and finds whose page it is", async ({ page }) => {
  await page.goto("/run");
  await signIn(page, "coordinator");
  await expect(page.getByRole("heading", { level: 1, name: "Build the week" })).toBeVisible();
  await expect(page.getByRole("link", { name: LINK })).toBeHidden();

  await page.goto("/run-all");
  await expect(page.getByText(/for whoever plans the rota of every branch/)).toBeVisible();
  await expectAccessible(page);
});

test("the week of two branches is built together, stopped, and built to its end", async ({
  page,
}) => {
  test.setTimeout(JOURNEY_MS);
  await page.goto("/run");
  await signIn(page, "planner");
  await page.getByRole("link", { name: LINK }).click();
  await expect(page.getByRole("heading", { level: 1, name: TITLE })).toBeVisible();
  await openTwoBranches(page);
  await expectAccessible(page);
  await narrowAndBack(page);

  await page.getByLabel("How long may it take?").selectOption("30 seconds, a first look");
  await page.getByRole("button", { name: /^Build the week of all/ }).press("Enter");
  const going = page.getByRole("heading", { name: "The week of all branches is being built" });
  await expect(going).toBeFocused();
  await expect(page.getByRole("progressbar", { name: /^Building the week/ })).toBeVisible();
  await expect(page.getByRole("table", { name: /^How far the branches are/ })).toBeVisible();
  await expectAccessible(page);
  await narrowAndBack(page);
  await page.getByRole("button", { name: "Stop and drop" }).press("Enter");
  await expect(page.getByText(/The week of every branch is as it was/)).toBeVisible({
    timeout: WHOLE_WEEK_MS,
  });

  await page.getByLabel("How long may it take?").selectOption("30 seconds, a first look");
  await page.getByRole("button", { name: "Build the week of all again" }).click();
  await expect(page.getByText(/The best week so far went from [\d,]+ to [\d,]+/)).toBeVisible({
    timeout: WHOLE_WEEK_MS,
  });
  await expectAccessible(page);
  await expect(page.getByRole("heading", { name: "What is proposed" })).toBeVisible({
    timeout: JOURNEY_MS,
  });

  await readTheProposals(page);
});

/** The demonstration opens next week in no branch, or in one of them. */
async function openTwoBranches(page: Page): Promise<void> {
  const links = page.getByRole("link", { name: /^Open the week of / });
  await expect(links.first()).toBeVisible();
  while ((await links.count()) > 4) {
    const left = await links.count();
    await links.first().click();
    await page.getByRole("button", { name: "Open the week" }).click();
    await expect(page.getByText("The week has its visits.")).toBeVisible({
      timeout: WHOLE_WEEK_MS,
    });
    await page.goto(`/run-all${new URL(page.url()).search}`);
    await expect(links).toHaveCount(left - 1);
  }
}

/** What would change is opened; each branch's own page then shows the same to its coordinator. */
async function readTheProposals(page: Page): Promise<void> {
  await expect(page.getByText(/^[\d,]+ of [\d,]+ visits would have their carers\./)).toBeVisible();
  const decide = page.getByRole("link", { name: /^Decide in / });
  await expect(decide).toHaveCount(2);
  await page
    .getByText(/^What would change in /)
    .first()
    .click();
  await expect(
    page.getByRole("table", { name: "Each carer whose week would change." }),
  ).toBeVisible({ timeout: WHOLE_WEEK_MS });
  await expectAccessible(page);
  await narrowAndBack(page);

  await decide.first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Build the week" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "The proposal" })).toBeVisible({
    timeout: WHOLE_WEEK_MS,
  });
  await expect(page.getByRole("button", { name: "Accept the proposal" })).toBeVisible();
}
