import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { npmInstall } from "../packages.mjs";
import { inRoot } from "../paths.mjs";

const require = createRequire(import.meta.url);

/** The package @tensorflow/tfjs-node in node_modules, where npm leaves it out when its install script fails. */
export const packageFolder = inRoot("node_modules", "@tensorflow", "tfjs-node");

export function isThere() {
  return existsSync(path.join(packageFolder, "package.json"));
}

/** Whether the package has a binding to a library, its own or ours. */
export function isWhole() {
  return isThere() && existsSync(bindingFile());
}

/** Whether its library is the one that its install script downloaded, and not ours. */
export function hasOwnLibrary() {
  return isWhole() && !lstatSync(bindingFile()).isSymbolicLink();
}

/** The version that package.json pins. @returns {string} */
export function wantedVersion() {
  const { devDependencies } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
  return devDependencies["@tensorflow/tfjs-node"];
}

/** Puts the package back where it is missing, with what it depends on. @param {string} logFile */
export async function restorePackage(logFile) {
  if (!isThere()) await npmInstall(["install", "--no-save"], logFile);
}

/** A package without a binding is a broken one. */
export function removePackage() {
  rmSync(packageFolder, { recursive: true, force: true });
}

/** Has the package load this binding. @param {string} addon */
export function link(addon) {
  const file = bindingFile();
  const folder = path.dirname(file);
  rmSync(file, { force: true });
  mkdirSync(folder, { recursive: true });
  symlinkSync(path.relative(folder, addon), file); // relative: the project may be moved
}

/** Where the package looks for its binding: a folder named after the version of Node-API. @returns {string} */
function bindingFile() {
  return require("@mapbox/node-pre-gyp").find(path.join(packageFolder, "package.json"));
}
