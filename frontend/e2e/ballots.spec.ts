/** Voting on an old phone: no script at all, nothing but links and plain forms. */
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./accessible";
import { signInOf } from "./sign-in";

type Look = (page: Page) => Promise<void>;

async function signIn(page: Page): Promise<void> {
  const { username, password } = signInOf("member");
  await page.goto("/member/ballots/");
  await page.getByLabel("User name").fill(username);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Votes" })).toBeVisible();
}

async function expectFit(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
}

/** From the list to the receipt and its check, looking at each page on the way. */
async function castAndCheck(page: Page, look: Look): Promise<void> {
  await signIn(page);
  await look(page);

  await page.getByRole("link", { name: /^Look/ }).first().click();
  await expect(page.getByRole("heading", { name: "How it works" })).toBeVisible();
  await look(page);
  await page.getByRole("link", { name: /^Vote (now|again)$/ }).click();

  await page.getByRole("button", { name: "Keep the present policy" }).click();
  await expect(page.getByRole("status")).toContainText("0 of 20 tokens left");
  await page
    .getByRole("button", { name: /^One token less/ })
    .first()
    .click();
  await expect(page.getByRole("status")).toContainText("1 of 20 tokens left");
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByRole("alert")).toContainText("You have 1 token left");
  await look(page);
  await page
    .getByRole("button", { name: /^One token more/ })
    .last()
    .click();
  await page.getByRole("button", { name: /^(Next|Read it again)$/ }).click();

  const castIt = page.getByRole("button", { name: "Cast my vote" });
  while (!(await castIt.isVisible())) {
    await page.getByRole("radio", { disabled: false }).first().check();
    await look(page);
    await page.getByRole("button", { name: /^(Next|Read it again)$/ }).click();
  }
  await look(page);
  await castIt.click();

  await expect(page.getByRole("heading", { name: "Your vote is in the box" })).toBeVisible();
  const receipt = await page.locator(".receipt").textContent();
  expect(receipt).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
  await look(page);

  await page.getByRole("link", { name: "Done" }).click();
  await page.getByRole("link", { name: /^Look/ }).first().click();
  await page.getByRole("link", { name: "Check a receipt" }).click();
  await page.getByLabel("Your receipt").fill(receipt ?? "");
  await page.getByRole("button", { name: "Check" }).click();
  await expect(page.getByRole("status")).toContainText("Yes: this is the receipt");
}

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("a member casts a policy ballot and gets a receipt", async ({ page }) => {
    // The checker of accessibility is a script itself; it looks at the same pages below.
    await castAndCheck(page, expectNoSidewaysScroll);
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("every page on the way to a receipt is accessible", async ({ page }) => {
      await castAndCheck(page, expectFit);
    });
  });
}

test("declared results have a picture, a table and the files to count again", async ({ page }) => {
  await signIn(page);
  const declared = page.getByRole("listitem").filter({ hasText: /Result declared|Final/ });
  const found = await declared.count();
  expect(found).toBeGreaterThan(0);

  for (let each = 0; each < found; each += 1) {
    await page.goto("/member/ballots/");
    await declared.nth(each).getByRole("link").click();

    await expect(page.getByRole("heading", { name: "Count it again yourself" })).toBeVisible();
    await expect(page.getByRole("table").first()).toBeVisible();
    await expect(page.locator("figure svg").first()).toBeVisible();
    await expectFit(page);
  }
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("a finished vote leads to the policy that it became, and the policy back to it", async ({
    page,
  }) => {
    await signIn(page);
    await page
      .getByRole("listitem")
      .filter({ hasText: "How should rotas be weighed?" })
      .getByRole("link")
      .click();
    await expect(page.getByRole("heading", { name: "What follows" })).toBeVisible();
    await expect(page.getByText(/Weeks from Monday/)).toBeVisible();
    await expectFit(page);

    await page.getByRole("link", { name: "policy 1 of the rota" }).click();
    await expect(page.getByRole("heading", { name: "Our rota policy" })).toBeVisible();
    await expect(page.getByText(/^Policy 1, voted .* It holds since/)).toBeVisible();
    await expect(page.getByText(/^Most split shifts a week: \d$/)).toBeVisible();

    await page.getByRole("link", { name: "How the vote came out" }).click();
    await expect(page.getByRole("heading", { name: "What follows" })).toBeVisible();
  });
});
