// Lists the source files of the front end.
import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";

/**
 * Paths below `root`, relative to it, with forward slashes, sorted, whose name matches.
 *
 * @param {string} root
 * @param {RegExp} pattern
 * @returns {string[]}
 */
export function sourceFiles(root, pattern) {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}
