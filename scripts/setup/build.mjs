import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { inRoot, root } from "./paths.mjs";
import { npm } from "./packages.mjs";
import { run } from "./run.mjs";
import { hashOf } from "./steps.mjs";
import { npmEnvironment } from "./variables.mjs";

/** One of the results of each part of the build. */
const results = [
  "dist/index.js",
  "dist/convbook.d.ts",
  "dist/engine/kernels.wasm",
  "build/lessons",
];

/**
 * What a learner needs, compiled: library and exercises. It calls the compiler twice, since one that has met no
 * `dist/` while it compiled `src/` goes on believing that the package "convbook" does not exist.
 *
 * @type {import("./steps.mjs").Step}
 */
export const build = {
  name: "build",
  title: "library and exercises",
  inputs: () => hashOf(sources(["src", "lessons"]), process.version),
  present: () => results.every((result) => existsSync(inRoot(result))),
  run: (logFile) => npmRun("build:library", logFile),
};

/**
 * The tests beside them, for `npm test`.
 *
 * @type {import("./steps.mjs").Step}
 */
export const tests = {
  name: "tests",
  title: "tests",
  inputs: () => hashOf(sources(), process.version),
  present: () => existsSync(inRoot("build", "test")),
  run: (logFile) => npmRun("build", logFile),
};

/** @param {string} script @param {string} logFile */
function npmRun(script, logFile) {
  const [command, ...args] = npm();
  const options = { name: `npm run ${script}`, logFile, cwd: root, env: npmEnvironment() };
  return run(command, [...args, "run", script], options);
}

/**
 * All that the compiler reads: the sources, its configuration, and the lock file for its version.
 *
 * @param {string[]} [folders] all of them when left out
 */
function sources(folders) {
  const configuration = [
    "package-lock.json",
    "package.json",
    "tsconfig.json",
    "tsconfig.base.json",
  ];
  const { references } = JSON.parse(readFileSync(inRoot("tsconfig.json"), "utf8"));
  const all = references.map((/** @type {{ path: string }} */ reference) => reference.path);
  const compiled = (folders ?? all).flatMap((/** @type {string} */ folder) =>
    readdirSync(inRoot(folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(ts|mjs|json)$/.test(file))
      .map((file) => path.join(folder, file)),
  );
  return [...configuration, ...compiled.sort()].map((file) => inRoot(file));
}
