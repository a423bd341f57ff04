import { useSyncExternalStore } from "react";

/** What a person may choose; `system` follows the device. */
export const THEME_CHOICES = ["system", "light", "dark", "contrast"] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];
export type Theme = Exclude<ThemeChoice, "system">;

const STORAGE_KEY = "roundtable.theme";
const listeners = new Set<() => void>();

function isThemeChoice(value: string | null): value is ThemeChoice {
  return THEME_CHOICES.some((choice) => choice === value);
}

function readChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return isThemeChoice(stored) ? stored : "system";
  } catch {
    // Storage may be forbidden by the browser's settings.
    return "system";
  }
}

let choice: ThemeChoice = "system";

function matches(query: string): boolean {
  return window.matchMedia(query).matches;
}

/** Return the theme that is shown for a choice on this device now. */
export function resolveTheme(chosen: ThemeChoice): Theme {
  if (chosen !== "system") {
    return chosen;
  }
  if (matches("(prefers-contrast: more)")) {
    return "contrast";
  }
  return matches("(prefers-color-scheme: dark)") ? "dark" : "light";
}

function apply(): void {
  document.documentElement.dataset.theme = resolveTheme(choice);
  for (const listener of listeners) {
    listener();
  }
}

/** Show the stored choice and follow the device's settings. Called once, before anything is drawn. */
export function startTheme(): void {
  choice = readChoice();
  for (const query of ["(prefers-contrast: more)", "(prefers-color-scheme: dark)"]) {
    window.matchMedia(query).addEventListener("change", apply);
  }
  apply();
}

/** Show a theme and remember it on this device. */
export function chooseTheme(next: ThemeChoice): void {
  choice = next;
  try {
    localStorage.setItem(STORAGE_KEY, next);
  } catch {
    // The choice then lasts until the page is closed.
  }
  apply();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The choice made on this device and the theme shown for it. */
export function useTheme(): { choice: ThemeChoice; theme: Theme } {
  const current = useSyncExternalStore(subscribe, () => `${choice} ${resolveTheme(choice)}`);
  const [chosen, theme] = current.split(" ") as [ThemeChoice, Theme];
  return { choice: chosen, theme };
}
