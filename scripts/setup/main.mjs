import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { build, tests } from "./build.mjs";
import { environment } from "./environment.mjs";
import { packages } from "./packages.mjs";
import { inRoot, root } from "./paths.mjs";
import { showProgress } from "./progress.mjs";
import { report } from "./report.mjs";
import { endWithParent } from "./run.mjs";
import { runSteps } from "./steps.mjs";
import { native } from "./tensorflow/native.mjs";

const require = createRequire(import.meta.url);

/** Sets up what is missing and opens JupyterLab. @param {string[]} args options for JupyterLab */
export async function start(args) {
  await report(async () => {
    await setUp();
    process.exitCode = await require(inRoot("dist", "installation")).openCourse(args);
  });
}

/** Sets up what is missing and runs mocha. @param {string[]} args options for mocha */
export async function test(args) {
  await report(async () => {
    await setUp(tests);
    const mocha = spawn(
      process.execPath,
      // Files side by side; those that take longest come first in .mocharc.json, so that none runs alone at the end.
      [
        inRoot("node_modules", "mocha", "bin", "mocha.js"),
        "--parallel",
        `--jobs=${Math.min(availableParallelism() + 1, 4)}`, // some only wait for what they started
        ...args,
      ],
      {
        cwd: root,
        stdio: "inherit",
      },
    );
    endWithParent(mocha);
    mocha.on("close", (code) => (process.exitCode = code ?? 1));
  });
}

/**
 * Everything that both need, and what only one does. What is done already is skipped.
 *
 * @param {...import("./steps.mjs").Step} others
 */
async function setUp(...others) {
  const steps = [[packages, environment], build, ...others, native];
  await runSteps(steps, { show: showProgress, announce });
  require(inRoot("dist", "installation")).registerKernel();
}

/** What is coming, for who waits. @param {import("./steps.mjs").Step[]} pending */
function announce(pending) {
  const downloads = [packages, environment].filter((step) => pending.includes(step));
  if (downloads.length === 0) return;
  console.log(
    `Sets the course up in this folder, and nowhere else: about ${downloads.length === 2 ? "1.1" : "0.7"} GB on the disk, a minute or two with a fast network. Later starts take seconds.`,
  );
}
