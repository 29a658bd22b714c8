import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { build } from "./build.mjs";
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
    await setUp();
    const mocha = spawn(
      process.execPath,
      [inRoot("node_modules", "mocha", "bin", "mocha.js"), ...args],
      {
        cwd: root,
        stdio: "inherit",
      },
    );
    endWithParent(mocha);
    mocha.on("close", (code) => (process.exitCode = code ?? 1));
  });
}

/** Everything that both need. What is done already is skipped. */
async function setUp() {
  await runSteps([packages, build, environment, native], { show: showProgress });
  require(inRoot("dist", "installation")).registerKernel();
}
