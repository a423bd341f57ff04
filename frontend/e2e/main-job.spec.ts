/**
 * The main job, once through: from what is owed to clients, by way of a built and published
 * week, to a carer's phone.
 */
import { devices, expect, type Locator, type Page, test } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./accessible";
import { signIn, signInOf } from "./sign-in";

const JOURNEY_MS = 240_000;
/** The rules of 4,300 visits are checked before the answer; a busy machine takes its time. */
const WHOLE_WEEK_MS = 60_000;
const RUN_SECONDS = 15;
const PHONE = { width: 360, height: 740 };

test.skip(
  ({ isMobile }) => isMobile,
  "the office works at a desk; the carer's phone is opened within",
);

function menu(page: Page, name: string): Locator {
  return page.getByRole("navigation", { name: "Main menu" }).getByRole("link", { name });
}

function heading(page: Page, name: string): Locator {
  return page.getByRole("heading", { level: 1, name });
}

/** The figures of the week lead to their rows; opening makes dated visits of them. */
async function openTheWeek(page: Page): Promise<void> {
  await expect(page.getByText(/owes its clients [\d,.]+ hours of care/)).toBeVisible();
  await expect(page.getByRole("table", { name: /^The packages behind/ })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: /hours guaranteed to carers/ }).click();
  const carers = page.getByRole("table", { name: /^The contracts behind/ });
  await expect(carers.getByRole("row").nth(20)).toBeVisible();
  await expect(page).toHaveURL(/figure=guaranteed/);

  await page.getByRole("button", { name: /Open the week|Take over changed packages/ }).click();
  await expect(
    page.getByText(/The week has its visits|The week is as its packages say/),
  ).toBeVisible({ timeout: WHOLE_WEEK_MS });
  await expectAccessible(page);
}

/** A run is started, watched, left, and found again where it was. */
async function buildTheWeek(page: Page): Promise<void> {
  await menu(page, "Build").click();
  await page.getByLabel("How long may it take?").selectOption(String(RUN_SECONDS));
  await page.getByRole("button", { name: /^Build the week/ }).click();
  await expect(page.getByRole("progressbar", { name: "Building the week" })).toBeVisible();
  await expect(page.getByText("visits without carers", { exact: true })).toBeVisible({
    timeout: WHOLE_WEEK_MS,
  });
  await expectAccessible(page);

  await menu(page, "Commitments").click();
  await expect(heading(page, "Commitments")).toBeVisible();
  await page.goBack();

  await expect(heading(page, "Build the week")).toBeVisible();
  await expect(page.getByRole("heading", { name: "The proposal" })).toBeVisible({
    timeout: WHOLE_WEEK_MS,
  });
}

async function acceptTheProposal(page: Page): Promise<void> {
  await expect(page.getByText(/[\d,]+ of [\d,]+ visits would have their carers/)).toBeVisible();
  const figures = page.getByRole("table", { name: /^The week as it/ });
  await expect(figures.getByRole("row", { name: /Broken rules/ })).toContainText("0");
  await expectAccessible(page);

  await page.getByRole("button", { name: "Accept the proposal" }).click();
  await expect(page.getByText("This proposal was accepted")).toBeVisible({
    timeout: WHOLE_WEEK_MS,
  });

  await page.getByRole("link", { name: "See it on the board" }).click();
  await expect(page.getByRole("grid")).toBeVisible({ timeout: WHOLE_WEEK_MS });
}

/** Publishing says first who will be told, then keeps a record of it. */
async function publishTheWeek(page: Page): Promise<void> {
  await menu(page, "Publish").click();
  await expect(page.getByRole("heading", { name: "What will happen" })).toBeVisible({
    timeout: WHOLE_WEEK_MS,
  });
  await expect(page.getByRole("table", { name: /^Who will be told what/ })).toBeVisible();
  await expectAccessible(page);

  const reason = page.getByLabel("Why it goes out all the same");
  const publish = page.getByRole("button", { name: /^Publish and tell [\d,]+ carers$/ });
  if (await reason.isVisible()) {
    await publish.click();
    await expect(page.getByText("Write the reason first")).toBeVisible();
    await reason.fill("The on-call team takes what is left.");
  }
  await publish.click();

  await expect(page.getByText("Everything on the board has been published.")).toBeVisible({
    timeout: WHOLE_WEEK_MS,
  });
  const { name } = signInOf("coordinator");
  await expect(
    page.getByRole("heading", { name: new RegExp(`^Publication \\d+,.* by ${name}$`) }).first(),
  ).toBeVisible();
  await expectAccessible(page);
}

/** The carer finds the week on the phone, and in it the visits. */
async function seeTheWeek(phone: Page): Promise<void> {
  await phone.goto("/carer/");
  await signIn(phone, "carer");
  await phone.getByRole("link", { name: "Week after" }).click();
  await expect(phone.getByText("with clients this week.")).toBeVisible();
  const visits = phone.getByRole("region").getByRole("listitem").getByRole("link");
  expect(await visits.count()).toBeGreaterThan(0);
  await expectAccessible(phone);
  await expectNoSidewaysScroll(phone);

  await visits.first().click();
  await expect(phone.getByRole("link", { name: "Back to the week" })).toBeVisible();
  await expectAccessible(phone);
}

test("a week goes from commitments to a carer's phone @main", async ({ page, browser }) => {
  test.setTimeout(JOURNEY_MS);
  await page.goto("/");
  await signIn(page, "coordinator");
  await expect(heading(page, "Commitments")).toBeVisible();

  await openTheWeek(page);
  await buildTheWeek(page);
  await acceptTheProposal(page);
  await publishTheWeek(page);

  const { userAgent } = devices["Pixel 7"];
  const context = await browser.newContext({
    viewport: PHONE,
    userAgent,
    hasTouch: true,
    isMobile: true,
    locale: "en-GB",
    timezoneId: "Europe/London",
  });
  await seeTheWeek(await context.newPage());
  await context.close();
});
