import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { inProject, projectRoot, python } from "./paths";

/**
 * The variables to run Jupyter with: it reads the project's configuration and keeps its own files in
 * `.convbook/jupyter`, so that a global Jupyter of the user is neither read nor changed.
 */
export function jupyterVariables(variables: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(variables).filter(
    ([name]) => !/^(JUPYTER|IPYTHON|PYTHON)/.test(name),
  );
  const own = (...parts: string[]) => inProject(".convbook", "jupyter", ...parts);
  return {
    ...Object.fromEntries(kept),
    JUPYTER_CONFIG_PATH: inProject("environment", "jupyter"),
    JUPYTER_CONFIG_DIR: own("config"),
    JUPYTER_DATA_DIR: own("data"),
    JUPYTER_RUNTIME_DIR: own("runtime"),
    JUPYTERLAB_SETTINGS_DIR: own("settings"),
    JUPYTERLAB_WORKSPACES_DIR: own("workspaces"),
    JUPYTER_PREFER_ENV_PATH: "1",
    IPYTHONDIR: own("ipython"),
    PYTHONNOUSERSITE: "1",
  };
}

/** Opens JupyterLab on the first lesson and stays until it has ended. */
export async function openJupyterLab(args: readonly string[] = []): Promise<void> {
  const lab = spawn(python, ["-m", "jupyterlab", ...labOptions(), ...args, ...firstPage()], {
    cwd: projectRoot,
    env: jupyterVariables(),
    stdio: "inherit",
  });
  const end = (signal: NodeJS.Signals) => void lab.kill(signal);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  const code = await new Promise<number | null>((resolve, reject) => {
    lab.on("error", reject);
    lab.on("close", resolve);
  });
  process.exitCode = code ?? 1;
}

function labOptions(): string[] {
  const asRoot = process.getuid?.() === 0;
  return asRoot ? ["--allow-root"] : [];
}

function firstPage(): string[] {
  const first = fs.existsSync(inProject("work"))
    ? fs.readdirSync(inProject("work")).find((file) => file.endsWith(".ipynb"))
    : undefined;
  return first ? [path.join("work", first)] : [];
}
