import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { inRoot, root } from "../paths.mjs";
import { run } from "../run.mjs";
import { hashOf } from "../steps.mjs";
import { kept, library } from "./library.mjs";
import { findCompiler, requireMachine } from "./machine.mjs";
import { packageFolder, restorePackage, wantedVersion } from "./package.mjs";

const quiet = fileURLToPath(new URL("quiet.cc", import.meta.url));

/** What Node loads, and what that loads in turn: tfjs-node's own binding. */
export const addon = path.join(kept, "tfjs_binding.node");
const inner = path.join(kept, "libtfjs_binding.so");

/**
 * tfjs-node's binding, compiled against the library. Two calls of the compiler do what node-gyp would take
 * Python, make and Node's own headers for, which it downloads: the binding needs none but those of Node-API,
 * and so fits every version of Node.
 *
 * @type {import("../steps.mjs").Step}
 */
export const binding = {
  name: "tensorflow-binding",
  title: "tfjs-node's binding, compiled",
  inputs: () => hashOf([quiet], library.inputs(), wantedVersion()),
  present: () => existsSync(addon) && existsSync(inner),
  prepare: requireMachine,
  run: async (logFile) => {
    await restorePackage(logFile);
    const sources = ["tfjs_backend.cc", "tfjs_binding.cc"].map((name) =>
      path.join(packageFolder, "binding", name),
    );
    const libraries = [`-L${kept}`, "-l:libtensorflow_cc.so.2", "-l:libtensorflow_framework.so.2"];
    await compile([...sources, ...libraries, "-o", inner], logFile);
    await compile([quiet, "-ldl", "-o", addon], logFile);
  },
};

/** A shared library that looks for others in its own folder. @param {string[]} args @param {string} logFile */
function compile(args, logFile) {
  const includes = [inRoot("node_modules", "node-api-headers", "include"), `${kept}/include`];
  const options = ["-std=c++17", "-O2", "-fPIC", "-shared", "-DNAPI_VERSION=8"];
  const all = [...options, ...includes.map((folder) => `-I${folder}`), "-Wl,-rpath,$ORIGIN"];
  const command = /** @type {string} */ (findCompiler()); // the machine has been looked at before
  return run(command, [...all, ...args], { name: command, logFile, cwd: root });
}
