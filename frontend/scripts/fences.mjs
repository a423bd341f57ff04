// Checks who may import whom in `src/`. The folders are read from disk, so that a new feature
// is fenced from its first day. Run: node scripts/fences.mjs [path of src]
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { sourceFiles } from "./source-files.mjs";

/** What a part of `src/` may import besides itself; `app` is above everything. */
/** @type {Record<string, string[]>} */
const MAY_IMPORT = {
  app: ["features", "components", "api", "lib", "styles", "locales"],
  features: ["components", "api", "lib", "styles"],
  components: ["lib", "styles"],
  api: ["lib"],
  lib: [],
  testing: ["api", "lib", "components"],
  styles: [],
  locales: [],
};

/** The backend's words, such as the kinds of funders: names alone, which import nothing. */
const SHAPES = "api/generated/model";

/** The rooms of `app/` share only what lies directly in `app/`; `office` holds two of them. */
/** @type {Record<string, string[]>} */
const ROOM_MAY_IMPORT = {
  office: ["coordinator", "member"],
  coordinator: ["office"],
  member: ["office"],
  carer: [],
};

/** The phone's app must stay small: its entry may not reach the office's component library. */
const SMALL_ENTRY = "app/carer/main.tsx";
const OFFICE_ONLY = /^@mantine\//;

const isTest = (/** @type {string} */ file) => /\.test\.tsx?$/.test(file);
const partOf = (/** @type {string} */ file) => file.split("/")[0] ?? "";
const folderOf = (/** @type {string} */ file) => {
  const segments = file.split("/");
  return segments.length > 2 ? segments[1] : undefined;
};

/**
 * The imports of one file: `inside` as paths below `src/`, `outside` as package names.
 *
 * @param {string} src
 * @param {string} file
 */
function importsOf(src, file) {
  const info = ts.preProcessFile(readFileSync(join(src, file), "utf8"), true, true);
  /** @type {string[]} */
  const inside = [];
  /** @type {string[]} */
  const outside = [];
  for (const { fileName: name } of info.importedFiles) {
    if (name.startsWith("@/")) {
      inside.push(posix.normalize(name.slice(2)));
    } else if (name.startsWith(".")) {
      inside.push(posix.normalize(posix.join(posix.dirname(file), name)));
    } else {
      outside.push(name);
    }
  }
  return { inside, outside };
}

/**
 * Why one import is forbidden, or null.
 *
 * @param {string} file
 * @param {string} target
 */
function breach(file, target) {
  const [from, to] = [partOf(file), partOf(target)];
  if (target.startsWith("..")) {
    return "reaches outside src/";
  }
  if (to === "testing") {
    return isTest(file) || from === "testing" ? null : "only tests may import from testing/";
  }
  if (target === SHAPES && ["lib", "components"].includes(from)) {
    return null;
  }
  if (from !== to) {
    return MAY_IMPORT[from]?.includes(to) ? null : `${from}/ may not import from ${to}/`;
  }
  const [here, there] = [file.split("/")[1], target.split("/")[1]];
  if (from === "features" && here !== there) {
    return `the feature ${here} may not import the feature ${there}`;
  }
  const [room, other] = [folderOf(file), folderOf(target)];
  if (from === "app" && room !== other && other !== undefined) {
    if (room === undefined || !ROOM_MAY_IMPORT[room]?.includes(other)) {
      return `app/${room ?? ""} may not import from app/${other}`;
    }
  }
  return null;
}

/**
 * The file an import stands for, or undefined for styles and generated folders.
 *
 * @param {Set<string>} files
 * @param {string} target
 */
function resolve(files, target) {
  return [
    target,
    `${target}.ts`,
    `${target}.tsx`,
    `${target}/index.ts`,
    `${target}/index.tsx`,
  ].find((candidate) => files.has(candidate));
}

/**
 * Every breach in a source tree, each as one line.
 *
 * @param {string} src
 * @returns {string[]}
 */
export function findBreaches(src) {
  const files = sourceFiles(src, /\.tsx?$/).filter((file) => !file.endsWith(".d.ts"));
  const known = new Set(files);
  const found = [];
  const imports = new Map(files.map((file) => [file, importsOf(src, file)]));
  for (const [file, { inside }] of imports) {
    if (!(partOf(file) in MAY_IMPORT)) {
      found.push(`${file}: src/${partOf(file)} has no place in scripts/fences.mjs`);
    }
    for (const target of inside) {
      const reason = breach(file, target);
      if (reason !== null) {
        found.push(`${file}: ${reason} (${target})`);
      }
    }
  }
  return [...found, ...officePartsOnThePhone(imports, known)];
}

/**
 * @param {Map<string, {inside: string[], outside: string[]}>} imports
 * @param {Set<string>} known
 */
function officePartsOnThePhone(imports, known) {
  const found = [];
  const seen = new Set([SMALL_ENTRY]);
  for (const file of seen) {
    const { inside, outside } = imports.get(file) ?? { inside: [], outside: [] };
    for (const name of outside.filter((candidate) => OFFICE_ONLY.test(candidate))) {
      found.push(`${file}: the carer app reaches ${name}, which is for the office only`);
    }
    for (const target of inside) {
      const next = resolve(known, target);
      if (next !== undefined) {
        seen.add(next);
      }
    }
  }
  return found;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const here = dirname(fileURLToPath(import.meta.url));
  const src = process.argv[2] ?? join(here, "..", "src");
  if (!existsSync(join(src, SMALL_ENTRY))) {
    console.error(
      `fences: ${SMALL_ENTRY} is missing; its name in scripts/fences.mjs is out of date`,
    );
    process.exit(1);
  }
  const breaches = findBreaches(src);
  for (const line of breaches) {
    console.error(`fences: ${line}`);
  }
  console.log(breaches.length === 0 ? "fences: whole" : `fences: ${breaches.length} broken`);
  process.exit(breaches.length === 0 ? 0 : 1);
}
