import { I18nProvider } from "@lingui/react";
import { MantineProvider } from "@mantine/core";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type RenderResult, render } from "@testing-library/react";
import type { ReactNode } from "react";
import { createQueryClient } from "@/api/query-client";
import { i18n } from "@/lib/i18n";

/** Draw a part of either app with all it stands on; failures are not tried again. */
export function renderApp(
  part: ReactNode,
  cache: QueryClient = createQueryClient(() => undefined),
): RenderResult {
  cache.setDefaultOptions({ queries: { retry: false } });
  return render(
    <I18nProvider i18n={i18n}>
      <MantineProvider env="test">
        <QueryClientProvider client={cache}>{part}</QueryClientProvider>
      </MantineProvider>
    </I18nProvider>,
  );
}
