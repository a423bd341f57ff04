/** Numbers as people read them. */
import { FORMAT_LOCALE } from "./i18n";

const countFormat = new Intl.NumberFormat(FORMAT_LOCALE, { maximumFractionDigits: 0 });

/** How many: `18000` → `18,000`. */
export function count(value: number): string {
  return countFormat.format(value);
}
