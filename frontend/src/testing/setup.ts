/** Runs before every test file: matchers, the words, and what jsdom does not have. */
import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterAll, afterEach, beforeAll } from "vitest";
import { startI18n } from "@/lib/i18n";
import { MEMBERSHIP_REFUSALS } from "@/lib/office-membership-refusals";
import { OFFICE_REFUSALS } from "@/lib/office-refusals";
import { addRefusals } from "@/lib/refusals";
import { server } from "./server";

// A busy machine is no reason to fail: what never comes fails all the same, only later.
configure({ asyncUtilTimeout: 5_000 });

// English words are in the source, so tests need no catalogue.
startI18n({});
addRefusals(OFFICE_REFUSALS);
addRefusals(MEMBERSHIP_REFUSALS);

window.matchMedia ??= (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
  }) as unknown as MediaQueryList;

window.scrollTo = () => undefined;

window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

// A request that no handler answers fails the test: nothing may reach a real network.
beforeAll(() => server.listen({ onUnhandledFrame: "error" }));

afterEach(() => {
  cleanup();
  server.resetHandlers();
  localStorage.clear();
});

afterAll(() => server.close());
