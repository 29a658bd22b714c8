import { existsSync } from "node:fs";
import { basename } from "node:path";
import { inRoot, root } from "./paths.mjs";
import { run } from "./run.mjs";
import { hashOf } from "./steps.mjs";
import { npmEnvironment } from "./variables.mjs";

/**
 * The npm packages, as the lock file has them. Install scripts are not run: what the course uses ships its
 * binaries inside the packages. All but tfjs-node, which `native` looks after.
 *
 * @type {import("./steps.mjs").Step}
 */
export const packages = {
  name: "packages",
  title: "npm packages from the lock file",
  inputs: () => hashOf([inRoot("package-lock.json")], process.platform, process.arch),
  present: () => existsSync(inRoot("node_modules", ".package-lock.json")), // npm writes it last
  run: (logFile) => npmInstall(["ci"], logFile),
};

/**
 * Has npm install what the lock file says. The flags stand against a user's own npm configuration (production
 * only, links as copies, ...), which would give a tree that the course cannot work in.
 *
 * @param {string[]} task the command, with options of its own: ["ci"]
 * @param {string} logFile
 * @param {string} [folder] where package.json is
 */
export function npmInstall(task, logFile, folder = root) {
  const [command, ...args] = npm();
  const flags = [
    "--ignore-scripts",
    "--include=dev",
    "--include=optional",
    "--install-links=false",
    "--install-strategy=hoisted",
    "--global=false",
    "--dry-run=false",
    "--fetch-retry-mintimeout=2000",
    "--fetch-retry-maxtimeout=10000",
  ];
  return run(command, [...args, ...task, ...flags], {
    name: `npm ${task[0]}`,
    logFile,
    cwd: folder,
    env: npmEnvironment(),
    // npm takes a file that it could not write, as on a full disk, for worth no more than a warning.
    failureSign: /TAR_ENTRY_ERROR/,
  });
}

/** The command that is npm: the one that has started us, or else the one on the PATH. */
export function npm() {
  const started = process.env.npm_execpath;
  return started && basename(started) === "npm-cli.js" ? [process.execPath, started] : ["npm"];
}
