/** Numbers as people read them. */
import { FORMAT_LOCALE } from "./i18n";

const countFormat = new Intl.NumberFormat(FORMAT_LOCALE, { maximumFractionDigits: 0 });

/** How many: `18000` → `18,000`. */
export function count(value: number): string {
  return countFormat.format(value);
}

const signedFormat = new Intl.NumberFormat(FORMAT_LOCALE, {
  maximumFractionDigits: 0,
  signDisplay: "exceptZero",
});

/** How many more or fewer: `12` → `+12`, `-3` → `-3`, `0.2` → `0`. */
export function signedCount(value: number): string {
  return signedFormat.format(value);
}

const decimalFormat = new Intl.NumberFormat(FORMAT_LOCALE, { maximumFractionDigits: 2 });

/** A figure that is no count: `3.456` → `3.46`. */
export function decimal(value: number): string {
  return decimalFormat.format(value);
}

const percentFormat = new Intl.NumberFormat(FORMAT_LOCALE, {
  style: "percent",
  maximumFractionDigits: 1,
});

/** A share that is given in percent: `98.76` → `98.8%`. Never 100% while anything is missing. */
export function percent(value: number): string {
  return percentFormat.format((value < 100 ? Math.min(value, 99.9) : value) / 100);
}

/** A part of one that must not look smaller than it is: `0.0301` → `3.1%`. */
export function percentAtMost(part: number): string {
  // A thousandth of a point of float noise is no reason to say a tenth of a percent more.
  return percentFormat.format(Math.max(0, Math.ceil(part * 1000 - 1e-6)) / 1000);
}

const poundsFormat = new Intl.NumberFormat(FORMAT_LOCALE, { style: "currency", currency: "GBP" });

/** Money, given in whole pence: `10198` → `£101.98`. */
export function pounds(pence: number): string {
  return poundsFormat.format(pence / 100);
}
