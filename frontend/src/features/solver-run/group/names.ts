import { FORMAT_LOCALE } from "@/lib/i18n";

const together = new Intl.ListFormat(FORMAT_LOCALE, { type: "conjunction" });

/** Names in a sentence: `Calderwick, Harbour and Wharfe`. */
export function namesOf(names: readonly string[]): string {
  return together.format(names);
}
