import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { inProject } from "#dist/project/index.js";

const folder = inProject("build", "nbgrader-environment");
const requirements = inProject("environment", "nbgrader", "requirements.txt");
const stamp = path.join(folder, "installed");

/** The folder of nbgrader's commands, in an environment of its own, made at the first call; or why it cannot be had here. */
export function installNbgrader(): { bin: string } | { missing: string } {
  const bin = path.join(folder, "bin");
  const wanted = createHash("sha256").update(fs.readFileSync(requirements)).digest("hex");
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === wanted) return { bin };

  const python = ["python3", "python3.14", "python3.13", "python3.12", "python3.11"].find(
    isNewEnough,
  );
  if (!python) return { missing: "nbgrader needs Python 3.11 or newer, with the module venv" };
  fs.rmSync(folder, { recursive: true, force: true });
  const pip = path.join(bin, "pip");
  const commands = [
    [python, "-m", "venv", folder],
    [pip, "install", "--quiet", "--retries=1", "--require-hashes", "-r", requirements],
  ];
  for (const [command, ...args] of commands) {
    const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
    if (status !== 0) return { missing: `${command} failed: ${String(stderr).trim().slice(-300)}` };
  }
  fs.writeFileSync(stamp, wanted);
  return { bin };
}

function isNewEnough(python: string): boolean {
  const question = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))";
  return spawnSync(python, ["-c", question]).status === 0;
}
