import { spawnSync } from "node:child_process";
import { statfsSync } from "node:fs";
import { again } from "../explain.mjs";
import { root } from "../paths.mjs";
import { Problem } from "../problem.mjs";

/** The wheel, and what is unpacked of it. */
const bytesNeeded = 1.2e9;
const leastGlibc = [2, 27];

/**
 * What matters of a machine to the library in the wheel.
 *
 * @typedef {object} Machine
 * @property {string} platform
 * @property {string} arch
 * @property {string | undefined} [glibc] "2.36"; none on Alpine and other systems that have another C library
 * @property {string | undefined} [compiler] the command of a C++ compiler
 * @property {number} freeBytes
 */

/** Refuses, before anything is downloaded, a machine on which the library could not work. */
export function requireMachine() {
  const problem = machineProblem({
    platform: process.platform,
    arch: process.arch,
    glibc: glibcVersion(),
    compiler: findCompiler(),
    freeBytes: freeBytes(),
  });
  if (problem) throw new Problem(problem);
}

/**
 * What is in the way, and what to do about it.
 *
 * @param {Machine} machine
 * @returns {string | undefined} undefined when nothing is
 */
export function machineProblem({ platform, arch, glibc, compiler, freeBytes }) {
  if (platform !== "linux" || arch !== "x64")
    return (
      `This sets up a library for Linux on 64-bit Intel and AMD processors, and this is ${platform} on ${arch}. ` +
      "tfjs-node may have a library of its own for it, which npm ci fetches when Google's storage can be reached. " +
      "Without one, the course trains on WebAssembly."
    );
  if (!glibc || isOlder(glibc))
    return `The library needs glibc ${leastGlibc.join(".")} or newer, and this system has ${glibc ?? "another C library"}. The course trains on WebAssembly here.`;
  if (!compiler)
    return `A C++ compiler is needed. On Debian and Ubuntu: sudo apt install g++. On Fedora: sudo dnf install gcc-c++. ${again}`;
  if (freeBytes < bytesNeeded)
    return `Free some space: ${gigabytes(bytesNeeded)} are needed, and there are ${gigabytes(freeBytes)}. ${again}`;
  return undefined;
}

/**
 * The command of the C++ compiler: what CXX names, or the first that answers.
 *
 * @returns {string | undefined}
 */
export function findCompiler() {
  const names = process.env.CXX ? [process.env.CXX] : ["c++", "g++", "clang++"];
  return names.find((name) => spawnSync(name, ["--version"]).status === 0);
}

/** @param {number} bytes */
export function gigabytes(bytes) {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

/** @param {string} glibc */
function isOlder(glibc) {
  const [major, minor] = glibc.split(".").map(Number);
  return major < leastGlibc[0] || (major === leastGlibc[0] && minor < leastGlibc[1]);
}

/** @returns {string | undefined} */
function glibcVersion() {
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (
    process.report.getReport()
  );
  return report.header?.glibcVersionRuntime;
}

function freeBytes() {
  const { bavail, bsize } = statfsSync(root);
  return bavail * bsize;
}
