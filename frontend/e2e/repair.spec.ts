/** A told week is mended: from the board, by way of the ways to mend it, to the draft. */
import { expect, type Page, test } from "@playwright/test";
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

/** What is asked about each kind of change besides the client, and the answers. */
const KINDS: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  ["A client is away or in hospital", (page) => expect(page.getByLabel("Last day")).toBeVisible()],
  ["A client cancels visits", (page) => page.getByRole("checkbox").first().check()],
  [
    "A client's package ends",
    (page) => page.getByLabel("Which package?").selectOption({ index: 1 }).then(),
  ],
  [
    "A client needs extra visits",
    async (page) => {
      await page
        .getByRole("group", { name: "On which days?" })
        .getByRole("checkbox")
        .last()
        .check();
      await page.getByLabel("At what time?").fill("15:00");
    },
  ],
  ["A client's new package starts", async () => undefined],
];
const SEND = "Find ways to mend the week";

test("every kind of change is asked in plain words, on any width", async ({ page }) => {
  test.setTimeout(2 * WHOLE_WEEK_MS);
  await page.goto(`/repair?week=${thisMonday()}`);
  await signIn(page, "coordinator");
  const what = page.getByLabel("What has happened?");

  for (const [kind, answer] of KINDS) {
    await what.selectOption(kind);
    await expect(page.getByRole("button", { name: SEND })).toBeHidden();
    await page.getByLabel("Which client?").selectOption({ index: 12 });
    await answer(page);
    await expect(page.getByRole("button", { name: SEND })).toBeVisible();
    await expectAccessible(page);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
});

test("an extra visit is put into the week and finds its carer", async ({ page }) => {
  test.setTimeout(4 * WHOLE_WEEK_MS);
  await page.goto(`/repair?week=${thisMonday()}`);
  await signIn(page, "coordinator");
  await page.getByLabel("What has happened?").selectOption("A client needs extra visits");
  await page.getByLabel("Which client?").selectOption({ index: 3 });
  await page.getByRole("group", { name: "On which days?" }).getByRole("checkbox").last().check();
  await page.getByLabel("At what time?").fill("20:00");
  await page.getByLabel("May it be sooner or later?").selectOption("60");
  await page.getByRole("button", { name: SEND }).click();

  await expect(page.getByText("New visits have come into the week.")).toBeVisible({
    timeout: WHOLE_WEEK_MS,
  });
  await expect(page.getByText(/a new visit, by|nobody is found yet/).first()).toBeVisible();
  await expectAccessible(page);
});

test("snow on one day changes that day alone, and the ways fit a narrow page", async ({ page }) => {
  test.setTimeout(4 * WHOLE_WEEK_MS);
  await page.goto(`/repair?week=${thisMonday()}`);
  await signIn(page, "coordinator");
  await page
    .getByLabel("What has happened?")
    .selectOption("Roads are slow: snow, floods, a closed bridge");
  await page.getByRole("checkbox").last().check();
  await page.getByRole("button", { name: SEND }).click();

  await expect(page.getByText("Journeys take longer than usual.")).toBeVisible({
    timeout: WHOLE_WEEK_MS,
  });
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
});

test("a carer is ill, ways to mend the week are compared, and one is taken", async ({ page }) => {
  test.setTimeout(4 * WHOLE_WEEK_MS);
  await page.goto(`/board?week=${thisMonday()}`);
  await signIn(page, "coordinator");
  await page.getByRole("link", { name: "Mend the week" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Mend the week" })).toBeVisible();
  await page.getByLabel("Which carer?").selectOption({ index: 3 });
  await expectAccessible(page);
  await page.getByRole("button", { name: "Find ways to mend the week" }).click();

  // The ways of an earlier repair may be on the page until these are looked for.
  await expect(page.getByRole("progressbar")).toBeVisible();
  await expect(page.getByText("A carer cannot come.")).toBeVisible({ timeout: WHOLE_WEEK_MS });
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
