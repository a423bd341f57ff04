import { afterEach, expect, test, vi } from "vitest";
import { chooseTheme, resolveTheme, startTheme } from "./theme";

/** A device that answers yes to exactly these media queries. */
function device(...wishes: string[]) {
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: wishes.includes(query),
    addEventListener: () => undefined,
  }));
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each([
  [[], "light"],
  [["(prefers-color-scheme: dark)"], "dark"],
  [["(prefers-contrast: more)", "(prefers-color-scheme: dark)"], "contrast"],
])("a device that wishes %j is shown %s", (wishes, theme) => {
  device(...wishes);

  expect(resolveTheme("system")).toBe(theme);
});

test("a choice goes before the device and is found again at the next start", () => {
  device("(prefers-color-scheme: dark)");
  chooseTheme("light");
  document.documentElement.dataset.theme = "";

  startTheme();

  expect(document.documentElement.dataset.theme).toBe("light");
});

test("an unknown stored choice is as if there were none", () => {
  device("(prefers-color-scheme: dark)");
  localStorage.setItem("roundtable.theme", "pink");

  startTheme();

  expect(document.documentElement.dataset.theme).toBe("dark");
});
