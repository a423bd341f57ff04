/** The week board at its real size: 4,300 visits, 140 carers. */
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { signIn } from "./sign-in";

const FIRST_PAINT_MS = 1000;
const MOST_NODES = 2000;
const FRAME_MS = 50;

test.skip(({ isMobile }) => isMobile, "the board is for a desk");

/** The Monday of the week that today is in: a week that is published. */
function thisMonday(): string {
  const today = new Date();
  today.setUTCDate(today.getUTCDate() - ((today.getUTCDay() + 6) % 7));
  return today.toISOString().slice(0, 10);
}

async function openBoard(page: Page, search = ""): Promise<void> {
  await page.goto(`/board?week=${thisMonday()}${search}`);
  await signIn(page, "coordinator");
  await expect(page.getByRole("grid")).toBeVisible();
  await expect(page.getByRole("gridcell").first()).toBeVisible();
}

test("the board is drawn at once, stays small and scrolls without stopping", async ({ page }) => {
  await openBoard(page);
  const visits = await page.evaluate(
    () =>
      performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/board")).length,
  );
  expect(visits).toBe(1);

  // Drawing alone: the figures are in the cache, so a change of rows shows what the page costs.
  const drawn = await page.evaluate(async () => {
    const rows = document.querySelector<HTMLSelectElement>("search select");
    const started = performance.now();
    if (rows === null) {
      return Number.POSITIVE_INFINITY;
    }
    rows.value = "clients";
    rows.dispatchEvent(new Event("change", { bubbles: true }));
    await new Promise<void>((resolve) => {
      const wait = () =>
        document.querySelector('[role="grid"][aria-label="Week by client"] [role="gridcell"]')
          ? requestAnimationFrame(() => resolve())
          : requestAnimationFrame(wait);
      wait();
    });
    return performance.now() - started;
  });
  expect(drawn).toBeLessThan(FIRST_PAINT_MS);

  await page.getByRole("combobox", { name: "Rows" }).selectOption("carers");
  await expect(page.getByRole("grid", { name: "Week by carer" })).toBeVisible();
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  expect(nodes).toBeLessThan(MOST_NODES);

  const frames = await page.evaluate(async () => {
    const grid = document.querySelector('[role="grid"]');
    const times: number[] = [];
    let last = performance.now();
    for (let step = 0; step < 60; step += 1) {
      grid?.scrollBy(step % 3 === 0 ? 60 : 0, 90);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = performance.now();
      times.push(now - last);
      last = now;
    }
    return times.sort((a, b) => a - b);
  });
  expect(frames[Math.floor(frames.length * 0.95)]).toBeLessThan(FRAME_MS);
});

test("a visit is found, opened, locked and given back by keyboard alone", async ({ page }) => {
  await openBoard(page);
  await page.getByRole("rowheader").first().focus();
  for (let row = 0; row < 40; row += 1) {
    await page.keyboard.press("ArrowRight");
    if ((await page.locator(":focus").getAttribute("data-visit")) !== null) {
      break;
    }
    await page.keyboard.press("ArrowDown");
  }
  const visit = page.locator(":focus");
  const id = await visit.getAttribute("data-visit");
  expect(id).not.toBeNull();
  const block = page.locator(`[data-visit="${id}"]`).first();

  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary", { name: "Selected and open visits" });
  await expect(panel.getByRole("heading", { name: "What it needs" })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`visit=${id}`));

  await page.keyboard.press("l");
  await expect(panel.getByText("Locked", { exact: true })).toBeVisible();
  await expect(block).toHaveAccessibleName(/locked/);

  await page.keyboard.press("u");
  await expect(panel.getByText("Locked", { exact: true })).toBeHidden();

  await page.keyboard.press("m");
  await expect(panel.getByText("Who could make this visit")).toBeVisible();
  await expect(panel.getByRole("listitem").first()).toBeVisible();

  await page.keyboard.press("Escape");
  await expect(panel.getByRole("heading", { name: "What it needs" })).toBeHidden();
});

test("a visit that is taken away stands among the open ones until it is undone", async ({
  page,
}) => {
  await openBoard(page);
  const rail = page.getByRole("heading", { name: /open visits?$/ });
  const before = Number.parseInt((await rail.textContent()) ?? "", 10);
  const block = page.getByRole("gridcell").nth(3);
  await block.click();
  await page.getByRole("button", { name: "Take away" }).click();

  await expect(page.getByRole("heading", { name: `${before + 1} open visits` })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("heading", { name: new RegExp(`^${before} open`) })).toBeVisible();
});

for (const theme of ["light", "dark", "contrast"]) {
  test(`the board is accessible in ${theme}, by carer and by client`, async ({ page }) => {
    await page.addInitScript((chosen) => localStorage.setItem("roundtable.theme", chosen), theme);
    await openBoard(page);
    await expectAccessible(page);

    await page.getByRole("combobox", { name: "Rows" }).selectOption("clients");
    await page.getByRole("gridcell").first().click();
    await expect(page.getByRole("heading", { name: "What it needs" })).toBeVisible();

    await expectAccessible(page);
  });
}

test("a link restores rows, day, name and visit", async ({ page }) => {
  await openBoard(page, "&rows=clients&day=1");
  const name = await page.getByRole("rowheader").first().locator("span").first().textContent();
  await page.getByRole("searchbox", { name: "Find a name" }).fill(name ?? "");
  await expect(page).toHaveURL(/name=/);

  await page.reload();

  await expect(page.getByRole("grid", { name: "Week by client" })).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Days" })).toHaveValue("1");
  await expect(page.getByRole("searchbox", { name: "Find a name" })).toHaveValue(name ?? "");
});
