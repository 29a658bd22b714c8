import { appendFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { inRoot } from "../paths.mjs";
import { run } from "../run.mjs";
import { hashOf, isDone } from "../steps.mjs";
import { addon, binding } from "./binding.mjs";
import { library } from "./library.mjs";
import {
  isThere,
  isWhole,
  link,
  packageFolder,
  removePackage,
  restorePackage,
} from "./package.mjs";

const require = createRequire(import.meta.url);

/** Long enough for a download of 100 MB by most lines; short enough to wait for in vain, once. */
const secondsForOwnLibrary = 90;

/**
 * tfjs-node, with a library that computes, or not at all: then tfjs computes in WebAssembly. It never fails.
 *
 * The library is the one that `npm run setup:tensorflow` has kept, which survives `npm ci`; or else the one that
 * the package's own install script downloads from Google's storage, where that can be reached.
 *
 * @type {import("../steps.mjs").Step}
 */
export const native = {
  name: "tensorflow-native",
  title: "native TensorFlow, if it can be had",
  inputs: () => hashOf([inRoot("package-lock.json")], process.platform, process.arch),
  present: async () => isWhole() || (!isThere() && !(await isKept())),
  run: async (logFile) => {
    const keptHere = await isKept();
    try {
      if (keptHere) await connect(logFile);
      else if (isThere()) await fetchOwnLibrary(logFile);
      else return "not here";
      await requireComputing();
      return undefined;
    } catch (error) {
      appendFileSync(logFile, `\n${error instanceof Error ? error.message : error}\n`);
      removePackage();
      if (keptHere) rmSync(addon, { force: true }); // not to be tried at every start
      return "not here";
    }
  },
};

/** Whether `npm run setup:tensorflow` has been here. */
export async function isKept() {
  return (await isDone(library)) && (await isDone(binding));
}

/** @param {string} logFile */
async function connect(logFile) {
  await restorePackage(logFile);
  link(addon);
}

/** Runs the package's install script, as `npm ci` would that runs scripts. @param {string} logFile */
async function fetchOwnLibrary(logFile) {
  const commands = inRoot("node_modules", ".bin"); // the script calls one of them
  await run(process.execPath, [path.join("scripts", "install.js")], {
    name: "tfjs-node's install script",
    logFile,
    cwd: packageFolder,
    env: { ...process.env, PATH: [commands, process.env.PATH].join(path.delimiter) },
    seconds: secondsForOwnLibrary,
  });
}

/** Computes something on native TensorFlow, by the library's own way there. */
export async function requireComputing() {
  await require(inRoot("dist", "tfjs", "backends", "tryBackend")).tryBackend("tensorflow");
}
