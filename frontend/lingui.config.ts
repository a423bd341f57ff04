import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

// Two catalogues, so that a phone does not load the words of the office. What both apps
// show (components, lib, sign-in) is in both.
const shared = ["src/app/*.tsx", "src/components", "src/lib", "src/features/sign-in"];

export default defineConfig({
  sourceLocale: "en",
  locales: ["en"],
  catalogs: [
    {
      path: "src/locales/carer/{locale}",
      include: [...shared, "src/app/carer", "src/features/my-*/**"],
      exclude: [
        "**/*.test.*",
        "src/lib/office-*",
        // Shared by the pages of the office and of members, which the phone does not have.
        "src/components/figure-verdict.tsx",
        "src/components/law-warnings.tsx",
        "src/components/pager.tsx",
        "src/components/travel-source.tsx",
        "src/lib/travel-source.ts",
        "src/lib/week-figures.ts",
      ],
    },
    {
      path: "src/locales/office/{locale}",
      include: [...shared, "src/app", "src/features"],
      exclude: ["**/*.test.*", "src/app/carer/**", "src/features/my-*/**"],
    },
  ],
  // Without line numbers, moving code does not change the catalogues.
  format: formatter({ lineNumbers: false, origins: false }),
  orderBy: "message",
});
