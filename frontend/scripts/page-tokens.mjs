// Writes the tokens that the server's own pages use. They have no script that could set
// `data-theme`, so they follow the device: the values of dark and high contrast stand under the
// device's wishes. Run: node scripts/page-tokens.mjs (with --check: fail if it would change).
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const WISHES = {
  dark: "(prefers-color-scheme: dark)",
  contrast: "(prefers-contrast: more)",
};

/**
 * The tokens with each theme under the device's wish for it; the later wish is the stronger.
 *
 * @param {string} tokens
 * @returns {string}
 */
export function pageTokens(tokens) {
  const wished = Object.entries(WISHES).map(([theme, wish]) => {
    const found = tokens.match(new RegExp(`:root\\[data-theme="${theme}"\\] \\{\\n([^}]*)\\}`));
    if (found === null) {
      throw new Error(`tokens.css has no theme "${theme}"`);
    }
    return `@media ${wish} {\n:root {\n${found[1]}}\n}\n`;
  });
  const note = "/* Made by frontend/scripts/page-tokens.mjs from styles/tokens.css. */\n";
  return `${note}${tokens}\n${wished.join("\n")}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const here = dirname(fileURLToPath(import.meta.url));
  const made = pageTokens(readFileSync(join(here, "../src/styles/tokens.css"), "utf8"));
  const target = join(here, "../../backend/core/static/pages/tokens.css");
  if (!process.argv.includes("--check")) {
    writeFileSync(target, made);
  } else if (readFileSync(target, "utf8") !== made) {
    console.error("page tokens: run node scripts/page-tokens.mjs");
    process.exitCode = 1;
  }
}
