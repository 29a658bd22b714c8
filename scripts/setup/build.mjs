import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { inRoot, root } from "./paths.mjs";
import { npm } from "./packages.mjs";
import { run } from "./run.mjs";
import { hashOf } from "./steps.mjs";

/** One of the results of each part of the build. */
const results = [
  "dist/index.js",
  "dist/convbook.d.ts",
  "dist/engine/kernels.wasm",
  "build/lessons",
  "build/test",
];

/**
 * Library, exercises and tests, compiled: `npm run build`. It calls the compiler twice, since one that has
 * met no `dist/` while it compiled `src/` goes on believing that the package "convbook" does not exist.
 *
 * @type {import("./steps.mjs").Step}
 */
export const build = {
  name: "build",
  title: "library and exercises",
  inputs: () => hashOf(sources(), process.version),
  present: () => results.every((result) => existsSync(inRoot(result))),
  run: (logFile) => {
    const [command, ...args] = npm();
    return run(command, [...args, "run", "build"], { name: "npm run build", logFile, cwd: root });
  },
};

/** All that the compiler reads: the sources, its configuration, and the lock file for its version. */
function sources() {
  const configuration = [
    "package-lock.json",
    "package.json",
    "tsconfig.json",
    "tsconfig.base.json",
  ];
  const { references } = JSON.parse(readFileSync(inRoot("tsconfig.json"), "utf8"));
  const compiled = references.flatMap((/** @type {{ path: string }} */ { path: folder }) =>
    readdirSync(inRoot(folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(ts|mjs|json)$/.test(file))
      .map((file) => path.join(folder, file)),
  );
  return [...configuration, ...compiled.sort()].map((file) => inRoot(file));
}
