import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { build } from "../build.mjs";
import { environment } from "../environment.mjs";
import { lock } from "../lock.mjs";
import { packages } from "../packages.mjs";
import { Problem } from "../problem.mjs";
import { showProgress } from "../progress.mjs";
import { report } from "../report.mjs";
import { forget, lockFile, logFile, runSteps } from "../steps.mjs";
import { binding } from "./binding.mjs";
import { kept, library } from "./library.mjs";
import { gigabytes } from "./machine.mjs";
import { native, requireComputing } from "./native.mjs";
import { hasOwnLibrary, isWhole, removePackage } from "./package.mjs";

const help = `npm run setup:tensorflow              puts tfjs on native TensorFlow, the fastest that it can train on
npm run setup:tensorflow -- --undo    takes it away again; tfjs then computes in WebAssembly
npm run setup:tensorflow -- --help    shows this

It downloads TensorFlow's library (274 MB, the Python package tensorflow-cpu, compared with a pinned hash), keeps
0.9 GB of it in .convbook/tensorflow, and compiles the part of tfjs-node that calls it. It needs Linux on a 64-bit
Intel or AMD processor, a C++ compiler and 1.2 GB of disk. Stopped halfway, it goes on when it is run again; and
after npm ci, npm start and npm test put the kept library back again.`;

/** @param {string[]} args */
export async function main(args) {
  await report(async () => {
    const options = parse(args);
    if (options.help) console.log(help);
    else if (options.undo) undo();
    else await setUp();
  });
}

/** @param {string[]} args */
function parse(args) {
  try {
    const { values } = parseArgs({
      args,
      options: { undo: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    });
    return values;
  } catch (error) {
    throw new Problem(`${/** @type {Error} */ (error).message}\n${help}`);
  }
}

async function setUp() {
  if (hasOwnLibrary() && (await computes())) {
    console.log("  Native TensorFlow is here already, with the library that tfjs-node downloaded.");
    return;
  }
  await runSteps([packages, build, environment, library, binding], { show: showProgress });
  await runSteps([native], { show: showProgress }); // only now there is something that it could link to
  if (!(await computes()))
    throw new Problem(
      `Native TensorFlow does not run here; ${logFile(native)} says why. The course trains on WebAssembly.`,
    );
  console.log(
    `  tfjs computes in native TensorFlow, which takes ${gigabytes(sizeOf(kept))} in .convbook/tensorflow.\n` +
      "  Notebooks that are open need their kernels started anew. To take it away: npm run setup:tensorflow -- --undo",
  );
}

function undo() {
  const size = sizeOf(kept);
  if (size === 0) {
    console.log("  There is nothing to take away.");
    return;
  }
  const release = lock(lockFile());
  try {
    rmSync(kept, { recursive: true });
    if (!isWhole()) removePackage(); // it was linked to what is gone
    for (const step of [library, binding]) forget(step);
  } finally {
    release();
  }
  console.log(
    `  ${gigabytes(size)} are free again. Kernels started from now on compute in WebAssembly.`,
  );
}

function computes() {
  return requireComputing().then(
    () => true,
    () => false,
  );
}

/** The bytes of all files in a folder. @param {string} folder */
function sizeOf(folder) {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => statSync(path.join(folder, name)))
    .reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0);
}
