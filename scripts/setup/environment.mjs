import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { inRoot, root } from "./paths.mjs";
import { findPython } from "./python.mjs";
import { run } from "./run.mjs";
import { hashOf } from "./steps.mjs";
import { pythonEnvironment } from "./variables.mjs";

const folder = inRoot(".venv");
const requirements = inRoot("environment", "requirements.txt");
export const python = inRoot(".venv", "bin", "python");

/** Fails unless the packages are there for the very Python that runs this: the system's may have been replaced. */
const find =
  "import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, ['jupyterlab', 'plotly', 'jupytext', 'anywidget'])))";

/**
 * JupyterLab and the rest of environment/requirements.txt, in a Python environment of the project's own.
 *
 * @type {import("./steps.mjs").Step}
 */
export const environment = {
  name: "environment",
  title: "JupyterLab in a Python environment",
  inputs: () => hashOf([requirements]),
  present: () => spawnSync(python, ["-c", find], { env: pythonEnvironment() }).status === 0,
  prepare: () => void findPython(),
  run: async (logFile) => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    const options = { logFile, cwd: root, env: pythonEnvironment() };
    const install = ["-m", "pip", "install", "--require-hashes", "-r", requirements];
    await run(findPython().command, ["-m", "venv", folder], { name: "python -m venv", ...options });
    await run(python, install, { name: "pip install", ...options });
  },
};
