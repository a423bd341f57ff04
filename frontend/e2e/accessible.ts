import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fail on anything that axe calls serious or critical on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  const violations = await unrolled(page, async () => {
    const found = await new AxeBuilder({ page }).withTags(STANDARD).analyze();
    return found.violations;
  });
  const grave = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  expect(grave).toEqual([]);
}

/**
 * Look at a page in a window as tall as the page. A bar that stays at the edge of a small window
 * half covers whatever happens to be scrolled behind it, which axe takes for a target too small.
 */
async function unrolled<Found>(page: Page, look: () => Promise<Found>): Promise<Found> {
  const window = page.viewportSize();
  if (window === null) {
    return look();
  }
  const tall = await settledHeight(page);
  await page.setViewportSize({ width: window.width, height: Math.max(window.height, tall) });
  try {
    return await look();
  } finally {
    await page.setViewportSize(window);
  }
}

/** The page's height once it stays the same: what is still being fetched makes a page taller. */
async function settledHeight(page: Page): Promise<number> {
  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  for (let before = await height(); ; ) {
    await page.waitForTimeout(300);
    const now = await height();
    if (now === before) {
      return now;
    }
    before = now;
  }
}

/** Fail when a page is wider than its window: nothing may be lost sideways at 360 px or 200 %. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const beyond = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(beyond).toBeLessThanOrEqual(0);
}
