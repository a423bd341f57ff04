// Fails on a colour or pixel literal outside styles/tokens.css: a value written twice cannot
// follow the theme, the room or the text size. Run: node scripts/style-literals.mjs
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { sourceFiles } from "./source-files.mjs";

const LITERAL = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(|\b\d*\.?\d+px\b/i;

/** tokens.css is the place for literals; base.css needs 1px to hide text from sight. */
const EXEMPT = ["styles/tokens.css", "styles/base.css"];

/**
 * Every literal of a source tree as `file:line: text`.
 *
 * @param {string} src
 * @returns {string[]}
 */
export function findLiterals(src) {
  return sourceFiles(src, /\.css$/)
    .filter((file) => !EXEMPT.includes(file))
    .flatMap((file) =>
      readFileSync(join(src, file), "utf8")
        // Comments may speak of pixels; line breaks stay, so that line numbers are right.
        .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "))
        .split("\n")
        .flatMap((line, index) =>
          LITERAL.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
        ),
    );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const found = findLiterals(join(dirname(fileURLToPath(import.meta.url)), "..", "src"));
  for (const line of found) {
    console.error(`styles: ${line}`);
  }
  console.log(
    found.length === 0 ? "styles: only tokens" : "styles: name these in styles/tokens.css",
  );
  process.exit(found.length === 0 ? 0 : 1);
}
