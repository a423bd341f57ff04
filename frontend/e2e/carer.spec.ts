/** A carer's week, visit and changes on a phone, in all colours, large, and without signal. */
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./accessible";
import { signIn } from "./sign-in";

const TARGET_PX = 44;

test.skip(({ isMobile }) => !isMobile, "These pages are made for the phone.");

async function openWeek(page: Page): Promise<void> {
  await page.goto("/carer/week");
  await signIn(page, "carer");
  await expect(page.locator('a[href^="/carer/visits/"]').first()).toBeVisible();
}

/** Whatever can be pressed is large enough for a thumb. */
async function expectLargeTargets(page: Page): Promise<void> {
  const small = await page.locator("main a, main button, nav a").evaluateAll(
    (nodes, least) =>
      nodes
        .map((node) => ({ words: node.textContent, box: node.getBoundingClientRect() }))
        .filter(({ box }) => box.height > 1 && (box.height < least || box.width < least))
        .map(({ words }) => words),
    TARGET_PX,
  );
  expect(small).toEqual([]);
}

for (const theme of ["light", "dark", "contrast"] as const) {
  test(`week, visit and changes are accessible in ${theme}`, async ({ page }, info) => {
    await page.addInitScript((chosen) => localStorage.setItem("roundtable.theme", chosen), theme);
    await openWeek(page);
    const week = page.url();
    for (const step of ["week", "visit", "changes"]) {
      if (step === "visit") {
        await page.locator('a[href^="/carer/visits/"]').first().click();
        await expect(page.getByRole("link", { name: "Back to the week" })).toBeVisible();
      }
      if (step === "changes") {
        await page.getByRole("link", { name: "Back to the week" }).click();
        await expect(page).toHaveURL(/\/carer\/weeks?/);
        const monday = /weeks\/([\d-]+)/.exec(page.url())?.[1];
        expect(monday, week).toBeDefined();
        await page.goto(`/carer/weeks/${monday}/changes`);
        await expect(page.getByRole("heading", { name: "What changed" })).toBeVisible();
      }
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await expectLargeTargets(page);
      await page.screenshot({ path: info.outputPath(`${step}.png`) });
    }
  });
}

test("text at twice its size loses nothing sideways", async ({ page }, info) => {
  await openWeek(page);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  await expectNoSidewaysScroll(page);
  await page.screenshot({ path: info.outputPath("week.png") });
  await page.locator('a[href^="/carer/visits/"]').first().click();
  await expect(page.getByRole("link", { name: "Back to the week" })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page.screenshot({ path: info.outputPath("visit.png") });
});

test("with the backend out of reach the week opens as last heard, with its age", async ({
  page,
}, info) => {
  await openWeek(page);
  // The page's own files come as ever; every answer of the backend stays away.
  await page.route("**/api/**", (route) => route.abort());
  // Older than the cache calls fresh, as after putting the phone away.
  await page.evaluate(() => {
    const kept = JSON.parse(localStorage.getItem("roundtable.seen") ?? "[]");
    for (const seen of kept) {
      seen[2] -= 15 * 60_000;
    }
    localStorage.setItem("roundtable.seen", JSON.stringify(kept));
  });
  await page.reload();

  await expect(page.getByText(/^As of .*No signal\.$/)).toBeVisible();
  await expect(page.locator('a[href^="/carer/visits/"]').first()).toBeVisible();
  await page.screenshot({ path: info.outputPath("week.png") });
});

for (const theme of ["light", "dark", "contrast"] as const) {
  test(`wishes and fairness are accessible in ${theme}`, async ({ page }, info) => {
    await page.addInitScript((chosen) => localStorage.setItem("roundtable.theme", chosen), theme);
    await openWeek(page);
    await page.getByRole("link", { name: "Wishes" }).click();
    await page.getByRole("link", { name: "Next four weeks" }).click();
    await expect(page.getByText("Everybody has the same.")).toBeVisible();
    await page.getByRole("button", { name: "Add this wish" }).click();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await expectLargeTargets(page);
    await page.screenshot({ path: info.outputPath("wishes.png"), fullPage: true });

    await page.getByRole("link", { name: "How fairly is it shared?" }).click();
    await expect(page.getByText("Weekend days, in 100 hours").first()).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await expectLargeTargets(page);
    await page.screenshot({ path: info.outputPath("fairness.png"), fullPage: true });
  });
}

test("a carer places points, takes them back, and finds them again without signal", async ({
  page,
}) => {
  await openWeek(page);
  await page.getByRole("link", { name: "Wishes" }).click();
  await page.getByRole("link", { name: "Next four weeks" }).click();
  await expect(page.getByText("12 points left")).toBeVisible();

  await page.getByLabel("What do you wish for?").selectOption({ label: "No long gaps in a day" });
  await page.getByRole("button", { name: "Add this wish" }).click();
  await page.getByRole("button", { name: "One point more for: No long gaps in a day" }).click();
  await expect(page.getByText("10 points left")).toBeVisible();
  await page.getByRole("button", { name: "Save my wishes" }).click();
  await expect(page.getByText("Your wishes are saved.")).toBeVisible();

  await page.route("**/api/**", (route) => route.abort());
  await page.evaluate(() => {
    const kept = JSON.parse(localStorage.getItem("roundtable.seen") ?? "[]");
    for (const seen of kept) {
      seen[2] -= 15 * 60_000;
    }
    localStorage.setItem("roundtable.seen", JSON.stringify(kept));
  });
  await page.reload();
  await expect(page.getByText(/^As of .*No signal\.$/)).toBeVisible();
  await expect(page.getByRole("heading", { name: "No long gaps in a day" })).toBeVisible();
  await page.unroute("**/api/**");

  await page.reload();
  await page.getByRole("button", { name: "Take away: No long gaps in a day" }).click();
  await page.getByRole("button", { name: "Save my wishes" }).click();
  await expect(page.getByText("Your wishes are saved.")).toBeVisible();
  await expect(page.getByText("12 points left")).toBeVisible();
});
