import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { jupyterVariables } from "../../installation";
import { python } from "../../project";

/** A running JupyterLab that nobody else uses. */
export interface JupyterLab {
  /** The address of a notebook of its folder: in the whole interface, or as a document by itself. */
  address(notebook: string, view: "lab" | "doc"): string;
  /** Marks a notebook of its folder as one's own, so that its outputs may run scripts. */
  trust(notebook: string): void;
  /** Ends the server and its kernels, and removes its settings. */
  stop(): Promise<void>;
}

/** Longer than a machine takes to start it that does much else. */
const START_TIMEOUT = 180_000;

/**
 * Starts JupyterLab as the course does, but on a free port and with home, settings and record of progress
 * in a folder of its own: it sees nothing of the learner's, and leaves nothing behind.
 *
 * @param folder what it serves; inside the checkout, so that notebooks find the package
 * @param settings of its plugins: `{"@jupyterlab/apputils-extension:themes": {theme: "JupyterLab Dark"}}`
 * @param kernels the names of those that it offers, where that is not only the lessons'
 */
export async function startJupyterLab(
  folder: string,
  settings: Record<string, object> = {},
  kernels: readonly string[] = [],
): Promise<JupyterLab> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "convbook-jupyter-"));
  const environment = {
    ...jupyterVariables(),
    HOME: home,
    JUPYTER_CONFIG_DIR: path.join(home, "config"),
    JUPYTER_DATA_DIR: path.join(home, "data"),
    JUPYTER_RUNTIME_DIR: path.join(home, "runtime"),
    JUPYTERLAB_SETTINGS_DIR: path.join(home, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: path.join(home, "workspaces"),
    CONVBOOK_PROGRESS: path.join(home, "progress.json"),
  };
  writeSettings(environment.JUPYTERLAB_SETTINGS_DIR, settings);
  const options = ["--no-browser", "--port=0", "--allow-root", `--ServerApp.root_dir=${folder}`];
  if (kernels.length > 0)
    options.push(`--KernelSpecManager.allowed_kernelspecs={'${kernels.join("','")}'}`);
  const server = spawn(python, ["-m", "jupyterlab", ...options], { env: environment });
  let log = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => (log += text));
  const ended = new Promise<void>((resolve) => server.once("close", () => resolve()));
  const endWithUs = (): void => void server.kill("SIGTERM"); // on which it ends its kernels
  process.once("exit", endWithUs);

  const stop = async (): Promise<void> => {
    server.kill("SIGTERM");
    await Promise.race([ended, sleep(15_000, undefined, { ref: false })]);
    server.kill("SIGKILL");
    process.off("exit", endWithUs);
    fs.rmSync(home, { recursive: true, force: true });
  };
  try {
    const { url, token } = await whenReady(environment.JUPYTER_RUNTIME_DIR, server);
    return {
      address: (notebook, view) => {
        // A workspace of its own: the common one would open what was open before, too.
        const base = view === "lab" ? `lab/workspaces/${path.parse(notebook).name}` : view;
        return `${url}${base}/tree/${encodeURIComponent(notebook)}?token=${token}`;
      },
      trust: (notebook) => {
        const command = ["-m", "jupyter", "trust", path.join(folder, notebook)];
        const { status, stderr } = spawnSync(python, command, { env: environment });
        if (status !== 0) throw new Error(`jupyter trust failed: ${stderr}`);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw new Error(`JupyterLab did not start: ${(error as Error).message}\n${log}`);
  }
}

function writeSettings(folder: string, settings: Record<string, object>): void {
  for (const [plugin, values] of Object.entries(settings)) {
    const file = path.join(folder, `${plugin.replace(":", "/")}.jupyterlab-settings`);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, JSON.stringify(values));
  }
}

/** Waits until the server has written down its address, and answers there. */
async function whenReady(
  runtime: string,
  server: { exitCode: number | null; signalCode: string | null },
): Promise<{ url: string; token: string }> {
  const deadline = Date.now() + START_TIMEOUT;
  while (Date.now() < deadline) {
    if (server.signalCode !== null) throw new Error(`it was ended by ${server.signalCode}`);
    if (server.exitCode !== null) throw new Error(`it ended with exit code ${server.exitCode}`);
    const file = fs.existsSync(runtime)
      ? fs.readdirSync(runtime).find((name) => /^jpserver-\d+\.json$/.test(name))
      : undefined;
    if (file) {
      try {
        const text = fs.readFileSync(path.join(runtime, file), "utf8");
        const info = JSON.parse(text) as { url: string; token: string };
        const answer = await fetch(`${info.url}api/status?token=${info.token}`);
        if (answer.ok) return info;
      } catch {
        // not yet: half a file, or nobody listening
      }
    }
    await sleep(200);
  }
  throw new Error(`no answer within ${START_TIMEOUT / 1000} seconds`);
}
