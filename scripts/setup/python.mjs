import { spawnSync } from "node:child_process";
import { again } from "./explain.mjs";
import { Problem } from "./problem.mjs";
import { pythonEnvironment } from "./variables.mjs";

const least = [3, 10];
const names = [
  "python3",
  "python3.14",
  "python3.13",
  "python3.12",
  "python3.11",
  "python3.10",
  "python",
];
const question = `
import sys
def has(name):
    try:
        __import__(name)
        return "yes"
    except ImportError:
        return "no"
print(*sys.version_info[:3], has("venv"), has("ensurepip"), sys.executable, sep="|")
`;

/**
 * One Python that was found.
 *
 * @typedef {object} Python
 * @property {string} command how it was called: "python3"
 * @property {number[]} version [3, 11, 2]
 * @property {boolean} venv whether it can make environments with pip in them
 * @property {string} executable
 */

/**
 * The first Python that will do.
 *
 * @param {(command: string) => Python | undefined} [look]
 * @returns {Python}
 * @throws Problem when there is none, saying what was found and how to get what is missing
 */
export function findPython(look = lookAt) {
  const found = [];
  for (const name of names) {
    const python = look(name);
    if (python && isRecent(python) && python.venv) return python;
    if (python) found.push(python);
  }
  const recent = found.find(isRecent);
  if (recent) {
    const version = recent.version.join(".");
    const debian = `python${recent.version.slice(0, 2).join(".")}-venv`;
    throw new Problem(
      `${recent.command} (Python ${version}, ${recent.executable}) lacks the modules venv and ensurepip. On Debian and Ubuntu: sudo apt install ${debian}. ${again}`,
    );
  }
  const others = found.map(({ command, version }) => `${command} is ${version.join(".")}`);
  throw new Problem(
    `Python ${least.join(".")} or newer is needed, but ${others.length > 0 ? others.join(", ") : "none was found"}. On Debian and Ubuntu: sudo apt install python3 python3-venv. On macOS: brew install python. ${again}`,
  );
}

/** @param {Python} python */
function isRecent({ version: [major, minor] }) {
  return major > least[0] || (major === least[0] && minor >= least[1]);
}

/**
 * Asks a command what Python it is; undefined when it is none, or does not run.
 *
 * @param {string} command
 * @returns {Python | undefined}
 */
function lookAt(command) {
  const { stdout, status } = spawnSync(command, ["-c", question], {
    encoding: "utf8",
    timeout: 20000,
    env: pythonEnvironment(), // PYTHONHOME of another Python would keep this one from starting
  });
  if (status !== 0) return undefined;
  const [major, minor, patch, venv, ensurepip, executable] = stdout.trim().split("|");
  return {
    command,
    version: [major, minor, patch].map(Number),
    venv: venv === "yes" && ensurepip === "yes",
    executable,
  };
}
