/** The sign-in, both shells and the page that everybody may see, on a desk and on a phone. */
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./accessible";
import { signIn, signInOf } from "./sign-in";

const THEMES = ["light", "dark", "contrast"] as const;

/** What the browser complains about: blocked by the security policy, or a program's error. */
function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on("pageerror", (error) => found.push(error.message));
  page.on("console", (message) => {
    if (/content security policy|refused to/i.test(message.text())) {
      found.push(message.text());
    }
  });
  return found;
}

for (const theme of THEMES) {
  test(`the sign-in and the co-operative's page are accessible in ${theme}`, async ({ page }) => {
    const found = complaints(page);
    await page.addInitScript((chosen) => localStorage.setItem("roundtable.theme", chosen), theme);
    await page.goto("/organisation");
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await expectAccessible(page);

    await signIn(page, "member");
    await expect(page.getByRole("table", { name: /Each branch's part/ })).toBeVisible();
    await page.getByText("Limits and weights of the rota").click();

    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    expect(found).toEqual([]);
  });

  test(`who controls us is accessible in ${theme}, also for an example`, async ({ page }) => {
    const found = complaints(page);
    await page.addInitScript((chosen) => localStorage.setItem("roundtable.theme", chosen), theme);
    await page.goto("/control");
    await signIn(page, "member");
    await expect(page.getByText("Workers and users are in control.").first()).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);

    await page.getByLabel("Whom is it about?").selectOption({ label: "MyCSP (example)" });
    await page.getByLabel("On which day?").fill("2014-10-31");
    await expect(page.getByText(/A promise is broken \(24% instead of 35%\)/)).toBeVisible();
    await page.getByText("The same as a table").click();

    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    expect(found).toEqual([]);
  });

  test(`a carer's own page is accessible in ${theme}`, async ({ page }) => {
    const found = complaints(page);
    await page.addInitScript((chosen) => localStorage.setItem("roundtable.theme", chosen), theme);
    await page.goto("/carer/me");
    await signIn(page, "carer");
    await expect(page.getByRole("heading", { level: 1, name: "Me" })).toBeVisible();

    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    expect(found).toEqual([]);
  });
}

test("signing in and out works by keyboard alone", async ({ page }) => {
  const { username, password } = signInOf("member");
  await page.goto("/organisation");
  await page.getByLabel("User name").focus();

  await page.keyboard.type(username);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("navigation", { name: "Main menu" })).toBeVisible();

  await page.getByRole("button", { name: "Sign out" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  // The browser's way back must not bring the last person's page back.
  await page.reload();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("a wrong password is refused in words", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("User name").fill("nobody-of-this-name");
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();

  await expect(page.getByRole("alert")).toContainText("do not go together");
});

test("the first stop of the keyboard leads past the menu", async ({ page }) => {
  await page.goto("/organisation");
  await signIn(page, "member");
  await page.reload();
  await expect(page.getByRole("table", { name: /Each branch's part/ })).toBeVisible();

  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the page" })).toBeFocused();
  await page.keyboard.press("Enter");

  await expect(page.locator("#content")).toBeFocused();
});

test("a link with branch and week is shown to a coordinator as it was sent", async ({ page }) => {
  await page.goto("/organisation?week=2026-11-02");
  await signIn(page, "coordinator");

  await expect(page.getByLabel("Week", { exact: true })).toHaveValue("2026-11-02");
  await expect(page).toHaveURL(/week=2026-11-02/);
  await expect(page).toHaveURL(/branch=\d+/);
});

test("every figure of every rule has words", async ({ page }) => {
  await page.goto("/organisation");
  await signIn(page, "member");
  const rules = page.locator("details");
  await expect(rules.first()).toBeVisible();

  const labels = await rules.getByRole("rowheader", { includeHidden: true }).allTextContents();

  expect(labels.length).toBeGreaterThan(50);
  // Words begin with a capital; the names that stand in for missing words do not.
  expect(labels.filter((label) => !/^\p{Lu}/u.test(label))).toEqual([]);
});

test("text at twice its size loses nothing sideways", async ({ page }) => {
  await page.goto("/carer/me");
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  await signIn(page, "carer");

  const name = page.getByText(signInOf("carer").name);
  await expect(name).toBeVisible();
  expect(await name.evaluate((node) => getComputedStyle(node).fontSize)).toBe("40px");
  await expectNoSidewaysScroll(page);
});
