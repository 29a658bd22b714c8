import { createRequire } from "node:module";
import { build } from "../build.mjs";
import { environment } from "../environment.mjs";
import { packages } from "../packages.mjs";
import { inRoot } from "../paths.mjs";
import { Problem } from "../problem.mjs";
import { showProgress } from "../progress.mjs";
import { report } from "../report.mjs";
import { runSteps } from "../steps.mjs";
import { hub, proxy } from "./hub.mjs";

const help = `npm run setup:jupyterhub    installs JupyterHub and its proxy into .convbook/jupyterhub, 0.2 GB

It sets up what is missing of the course as well, and changes nothing of what learners at this machine use. What comes
next is in docs/jupyterhub.md. To take it away again, delete .convbook/jupyterhub.`;

/** @param {string[]} args */
export async function main(args) {
  await report(async () => {
    if (args.some((arg) => arg === "--help" || arg === "-h")) return console.log(help);
    if (args.length > 0) throw new Problem(`There is no option ${args[0]}.\n${help}`);
    await runSteps([[packages, environment], build, [hub, proxy]], { show: showProgress });
    createRequire(import.meta.url)(inRoot("dist", "installation")).registerKernel();
    console.log("  JupyterHub is installed: docs/jupyterhub.md says how to start it.");
  });
}
