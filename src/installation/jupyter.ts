import { spawn } from "node:child_process";
import net from "node:net";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { parseArgs } from "node:util";
import { inProject, python, pythonVariables } from "../project";
import { jupyterOutput } from "./jupyterOutput";
import { Problem } from "./Problem";

/**
 * The variables to run Jupyter with: it reads the project's configuration and keeps its own files in
 * `.convbook/jupyter`, so that the user's own Jupyter is neither read nor changed.
 */
export function jupyterVariables(variables: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const theirs = /^(JUPYTER|IPYTHON)/;
  const kept = Object.entries(pythonVariables(variables)).filter(([name]) => !theirs.test(name));
  const own = (folder: string) => inProject(".convbook", "jupyter", folder);
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
  };
}

/**
 * Runs JupyterLab until it ends, by Ctrl+C as a rule.
 *
 * @param page what the browser opens, from the project's root: "work/00-start-here.ipynb"
 * @param args options of `jupyter lab`, which come last and so prevail
 * @returns its exit code
 * @throws Problem when a port that was asked for is not free
 */
export async function runJupyterLab(page: string, args: readonly string[] = []): Promise<number> {
  const port = portOf(args);
  if (port !== undefined) await requireFreePort(port);
  const options = [
    `--ServerApp.root_dir=${inProject()}`,
    `--LabApp.default_url=/lab/tree/${page.split("/").map(encodeURIComponent).join("/")}`,
    ...(port === undefined ? [] : ["--ServerApp.port_retries=0"]),
    ...(process.getuid?.() === 0 ? ["--allow-root"] : []), // as in a container; Jupyter refuses otherwise
  ];
  const isVerbose = args.includes("--debug");
  const lab = spawn(python, ["-m", "jupyterlab", ...options, ...args], {
    cwd: inProject(),
    env: { ...jupyterVariables(), PYTHONUNBUFFERED: "1" },
    stdio: ["inherit", "inherit", isVerbose ? "inherit" : "pipe"],
    // A session of its own: a closing terminal would end it before it could end its kernels.
    detached: true,
  });
  if (lab.stderr) report(lab.stderr, args);
  const end = () => void lab.kill("SIGTERM"); // on which it ends its kernels, and asks no questions
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  return new Promise((resolve, reject) => {
    lab.on("error", reject);
    lab.on("close", (code) => resolve(code ?? 1));
  });
}

/** Ticks while JupyterLab starts, says where it is to be opened, and passes on what matters of its log. */
function report(log: Readable, args: readonly string[]): void {
  const began = Date.now();
  const { isTTY } = process.stdout;
  const tick = (): void =>
    void process.stdout.write(
      `\r  JupyterLab starts ... ${Math.round((Date.now() - began) / 1000)} s`,
    );
  let clock = isTTY ? setInterval(tick, 1000) : undefined;
  const stopTicking = (): void => {
    if (!clock) return;
    clearInterval(clock);
    clock = undefined;
    process.stdout.write("\r\x1b[K");
  };
  if (!isTTY) console.log("  JupyterLab starts ...");
  const read = jupyterOutput();
  const lines = createInterface({ input: log });
  lines.on("line", (line) => {
    const { show, address } = read(line);
    if (show.length > 0 || address !== undefined) stopTicking();
    for (const shown of show) console.error(shown);
    if (address !== undefined) console.log(`  ${openingLine(address, args)}`);
  });
  lines.on("close", stopTicking);
}

/**
 * What to open. A server that listens everywhere names the machine, and in a container that is a name which nobody
 * knows outside; this machine's browser, and the container's published port, are reached by localhost.
 */
export function openingLine(address: string, args: readonly string[]): string {
  const url = new URL(address);
  const name = url.hostname;
  if (!/^(0\.0\.0\.0|\*|::)$/.test(optionOf(args, "ip") ?? "") || name === "localhost")
    return `Open ${address} (Ctrl+C here ends JupyterLab)`;
  url.hostname = "localhost";
  return `Open ${url.href} (from another machine: ${name} in place of localhost; Ctrl+C here ends JupyterLab)`;
}

/** The value of an option of Jupyter's in either form, `--ip 0.0.0.0` or `--ServerApp.ip=0.0.0.0`. */
function optionOf(args: readonly string[], name: string): string | undefined {
  const long = `ServerApp.${name}`;
  const options = { [name]: { type: "string" }, [long]: { type: "string" } } as const;
  const { values } = parseArgs({ args: [...args], options, strict: false });
  const value =
    (values as Record<string, unknown>)[name] ?? (values as Record<string, unknown>)[long];
  return value === undefined ? undefined : String(value);
}

/** The port that the options ask for, in either of Jupyter's forms: `--port 9999` or `--ServerApp.port=9999`. */
export function portOf(args: readonly string[]): number | undefined {
  const value = optionOf(args, "port");
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value) && Number(value) < 65536) return Number(value);
  throw new Problem(`--port wants a number below 65536: npm start -- --port 9999`);
}

/** Jupyter itself would quietly take another port than the one that was asked for. */
async function requireFreePort(port: number): Promise<void> {
  const taken = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    const probe = net.createServer();
    probe.once("error", resolve);
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(undefined)));
  });
  if (!taken) return;
  const reason =
    taken.code === "EADDRINUSE" ? "is in use by another program" : `cannot be used (${taken.code})`;
  throw new Problem(
    `Port ${port} ${reason}. Choose another (npm start -- --port ${port < 65535 ? port + 1 : 8888}), or leave --port out and a free one is found.`,
  );
}
