import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findLiterals } from "./style-literals.mjs";

/** @type {string} */
let src;

beforeEach(() => {
  src = mkdtempSync(join(tmpdir(), "styles-"));
});

afterEach(() => rmSync(src, { recursive: true }));

test.each(["color: #a00;", "color: rgb(1 2 3);", "width: 12px;", "gap: .5px;"])(
  "%s is reported with its line",
  (declaration) => {
    writeFileSync(join(src, "card.module.css"), `.a {\n  ${declaration}\n}\n`);

    expect(findLiterals(src)).toEqual([`card.module.css:2: ${declaration}`]);
  },
);

test("tokens, relative measures and comments pass", () => {
  writeFileSync(
    join(src, "card.module.css"),
    "/* 44px\n#fff */\n.a { color: var(--text); width: 2rem; }",
  );

  expect(findLiterals(src)).toEqual([]);
});
