// A fence never seen to fail may be off: each one is broken on purpose in a small tree.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findBreaches } from "./fences.mjs";

/** @type {string} */
let src;

beforeEach(() => {
  src = mkdtempSync(join(tmpdir(), "fences-"));
  plant("app/carer/main.tsx", 'import "./shell";');
  plant("app/carer/shell.tsx", 'import { Week } from "@/features/my-rota/week";');
  plant("features/my-rota/week.tsx", 'import { Card } from "@/components/card";');
  plant("features/board/board.tsx", 'import { Modal } from "@mantine/core";');
  plant("components/card.tsx", 'import { clock } from "../lib/time";');
  plant("lib/time.ts", "export const clock = 1;");
});

afterEach(() => rmSync(src, { recursive: true }));

/**
 * @param {string} path
 * @param {string} text
 */
function plant(path, text) {
  mkdirSync(dirname(join(src, path)), { recursive: true });
  writeFileSync(join(src, path), text);
}

test("a tree that keeps to its fences has no breach", () => {
  expect(findBreaches(src)).toEqual([]);
});

test.each([
  [
    "features/board/rail.tsx",
    "@/features/my-rota/week",
    "the feature board may not import the feature my-rota",
  ],
  [
    "features/board/rail.tsx",
    "../my-rota/week",
    "the feature board may not import the feature my-rota",
  ],
  ["features/board/rail.tsx", "@/app/carer/shell", "features/ may not import from app/"],
  [
    "features/brand-new/page.tsx",
    "@/features/board/board",
    "the feature brand-new may not import the feature board",
  ],
  ["components/chip.tsx", "@/features/board/board", "components/ may not import from features/"],
  ["components/chip.tsx", "@/api/client", "components/ may not import from api/"],
  ["lib/other.ts", "@/api/generated/rota/rota", "lib/ may not import from api/"],
  ["lib/other.ts", "@/components/card", "lib/ may not import from components/"],
  [
    "app/coordinator/routes.tsx",
    "@/app/carer/shell",
    "app/coordinator may not import from app/carer",
  ],
  ["app/session.tsx", "./carer/shell", "app/ may not import from app/carer"],
  ["features/board/rail.tsx", "@/testing/server", "only tests may import from testing/"],
  ["features/board/rail.tsx", "../../../elsewhere", "reaches outside src/"],
])("%s importing %s is reported", (file, target, reason) => {
  plant(file, `import { thing } from "${target}";`);

  expect(findBreaches(src).join("\n")).toContain(`${file}: ${reason}`);
});

test("the backend's shapes may be named everywhere, its hooks may not", () => {
  plant("lib/words.ts", 'import type { FunderKind } from "@/api/generated/model";');

  expect(findBreaches(src)).toEqual([]);
});

test("an import on demand and a re-export are fenced as well", () => {
  plant("features/board/late.tsx", 'const week = () => import("@/features/my-rota/week");');
  plant("features/board/again.ts", 'export { Week } from "@/features/my-rota/week";');

  expect(findBreaches(src)).toHaveLength(2);
});

test("office parts are reported when the phone's entry reaches them through another file", () => {
  plant("components/card.tsx", 'import { Button } from "@mantine/core";');

  expect(findBreaches(src)).toEqual([
    "components/card.tsx: the carer app reaches @mantine/core, which is for the office only",
  ]);
});

test("a new folder in src must be given its place", () => {
  plant("helpers/thing.ts", "export const thing = 1;");

  expect(findBreaches(src).join()).toContain("src/helpers has no place");
});

test("the source tree keeps to its fences", () => {
  expect(findBreaches(join(dirname(fileURLToPath(import.meta.url)), "..", "src"))).toEqual([]);
});
