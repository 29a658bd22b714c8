import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { python as coursePython } from "../environment.mjs";
import { npmInstall } from "../packages.mjs";
import { inRoot, root } from "../paths.mjs";
import { Problem } from "../problem.mjs";
import { run } from "../run.mjs";
import { hashOf } from "../steps.mjs";
import { pythonEnvironment } from "../variables.mjs";

const folder = inRoot(".convbook", "jupyterhub");
const pinned = (/** @type {string} */ file) => inRoot("environment", "jupyterhub", file);
const python = path.join(folder, "python", "bin", "python");

/**
 * JupyterHub, in an environment of its own that looks into the course's: JupyterLab is installed once.
 *
 * @type {import("../steps.mjs").Step}
 */
export const hub = {
  name: "jupyterhub",
  title: "JupyterHub",
  inputs: () => hashOf([pinned("requirements.txt"), inRoot("environment", "requirements.txt")]),
  present: () =>
    spawnSync(python, ["-c", "import jupyterhub, jupyterlab"], { env: pythonEnvironment() })
      .status === 0,
  run: async (logFile) => {
    rmSync(path.join(folder, "python"), { recursive: true, force: true });
    const options = { logFile, cwd: root, env: pythonEnvironment() };
    const environment = ["-m", "venv", path.join(folder, "python")];
    await run(coursePython, environment, { name: "python -m venv", ...options });
    writeFileSync(path.join(packagesOf(python), "convbook.pth"), `${packagesOf(coursePython)}\n`);
    const install = ["-m", "pip", "install", "--require-hashes", "-r", pinned("requirements.txt")];
    await run(python, install, { name: "pip install", ...options });
  },
};

/**
 * The proxy that sends each learner to their server.
 *
 * @type {import("../steps.mjs").Step}
 */
export const proxy = {
  name: "jupyterhub-proxy",
  title: "its proxy",
  inputs: () => hashOf([pinned("package-lock.json")]),
  present: () => existsSync(path.join(folder, "node_modules", ".package-lock.json")),
  run: async (logFile) => {
    mkdirSync(folder, { recursive: true });
    for (const file of ["package.json", "package-lock.json"])
      copyFileSync(pinned(file), path.join(folder, file));
    await npmInstall(["ci"], logFile, folder);
  },
};

/** Where a Python environment keeps its packages. @param {string} command its Python */
function packagesOf(command) {
  const question = "import sysconfig; print(sysconfig.get_path('purelib'))";
  const options = { encoding: /** @type {const} */ ("utf8"), env: pythonEnvironment() };
  const { stdout, status, stderr } = spawnSync(command, ["-c", question], options);
  if (status !== 0) throw new Problem(`${command} does not run: ${stderr}`);
  return stdout.trim();
}
