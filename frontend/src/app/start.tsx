import type { Messages } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { i18n, startI18n } from "@/lib/i18n";
import { startTheme } from "@/lib/theme";
import { createCache } from "./session";

/** Draw an app into the page, with its words and its cache of server state. */
export function start(app: ReactNode, messages: Messages, cache = createCache()): void {
  const root = document.getElementById("root");
  if (root === null) {
    throw new Error('The page has no element with the id "root".');
  }
  startTheme();
  startI18n(messages);
  createRoot(root).render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <QueryClientProvider client={cache}>{app}</QueryClientProvider>
      </I18nProvider>
    </StrictMode>,
  );
}
