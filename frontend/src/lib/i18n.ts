import { i18n, type Messages } from "@lingui/core";

/** The only language so far; a second one is a second catalogue beside `en.po`. */
export const LOCALE = "en";

/** The locale of dates, sums and lists, which Lingui's `en` leaves open. */
export const FORMAT_LOCALE = "en-GB";

/** Load an app's catalogue. Called once, before anything is drawn. */
export function startI18n(messages: Messages): void {
  i18n.load(LOCALE, messages);
  i18n.activate(LOCALE);
}

export { i18n };
