import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { build } from "./build.mjs";
import { environment } from "./environment.mjs";
import { again, explain } from "./explain.mjs";
import { packages } from "./packages.mjs";
import { inRoot, root } from "./paths.mjs";
import { Problem } from "./problem.mjs";
import { showProgress } from "./progress.mjs";
import { endWithParent } from "./run.mjs";
import { runSteps } from "./steps.mjs";

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
  await runSteps([packages, build, environment], {
    folder: inRoot(".convbook"),
    show: showProgress,
  });
  require(inRoot("dist", "installation")).registerKernel();
}

/** Says in one line what stopped us, where it is something to be mended. @param {() => Promise<void>} work */
async function report(work) {
  try {
    await work();
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof Problem) for (const line of error.details) console.error(`    ${line}`);
    const meaning = explainError(error);
    console.error(meaning ? `convbook: ${meaning}` : error);
  }
}

/** @param {unknown} error */
function explainError(error) {
  if (error instanceof Error && error.name === "Problem") return error.message; // this one, or the library's
  const reason = explain(String(error));
  return reason && `${reason} ${again} (${error})`;
}
