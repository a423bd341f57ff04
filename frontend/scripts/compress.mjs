// Puts a brotli and a gzip copy beside every file that is worth it, so that the server only
// has to choose. Run after the build: node scripts/compress.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { sourceFiles } from "./source-files.mjs";

const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");

// The pages themselves are sent by a view, not as static files; typefaces are compressed already.
for (const file of sourceFiles(dist, /\.(js|css|svg)$/)) {
  const bytes = readFileSync(join(dist, file));
  writeFileSync(join(dist, `${file}.gz`), gzipSync(bytes, { level: 9 }));
  writeFileSync(
    join(dist, `${file}.br`),
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  );
}
