// Prints what each app loads first, compressed, and fails when the phone's is over its budget.
// Counted: the page and every script and sheet it names, as the server sends them (brotli).
// The typeface is asked for after the first paint and is shown apart.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const BUDGET_BYTES = 100 * 1024;
const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");

/**
 * The page itself and the files it asks for before anything is drawn.
 *
 * @param {string} page
 */
function firstLoad(page) {
  const html = readFileSync(join(dist, page), "utf8");
  const named = [...html.matchAll(/(?:src|href)="\/static\/([^"]+\.(?:js|css))"/g)].map(
    (match) => match[1] ?? "",
  );
  return [page, ...new Set(named)];
}

/**
 * @param {string[]} files
 * @param {(bytes: Buffer) => Buffer} compress
 */
function total(files, compress) {
  return files.reduce((sum, file) => sum + compress(readFileSync(join(dist, file))).length, 0);
}

const inKb = (/** @type {number} */ bytes) => `${(bytes / 1024).toFixed(1)} KB`;

if (!existsSync(join(dist, "carer.html"))) {
  console.error("size: dist/ is empty; run: npm run build");
  process.exit(1);
}
for (const page of ["index.html", "carer.html"]) {
  const files = firstLoad(page);
  console.log(
    `size: ${page} first loads ${files.length} files, ${inKb(total(files, gzipSync))} gzip, ` +
      `${inKb(total(files, brotliCompressSync))} brotli`,
  );
}
// gzip is the larger of the two: within it, every browser is within the budget.
const phone = total(firstLoad("carer.html"), gzipSync);
if (phone > BUDGET_BYTES) {
  console.error(
    `size: the carer app is over its ${inKb(BUDGET_BYTES)} by ${inKb(phone - BUDGET_BYTES)}`,
  );
  process.exit(1);
}
console.log(`size: the carer app is within its ${inKb(BUDGET_BYTES)}`);
