import { existsSync, mkdtempSync, rmdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { inRoot } from "./paths.mjs";

/**
 * The variables to run npm with. It keeps downloads and logs in the person's home; where that cannot be written, as in
 * containers and on lab machines, they go into the project's folder.
 *
 * @returns {NodeJS.ProcessEnv}
 */
export function npmEnvironment(variables = process.env) {
  const cache = variables.npm_config_cache ?? path.join(homedir(), ".npm");
  if (isWritable(cache)) return variables;
  const kept = Object.entries(variables).filter(
    ([name]) => !/^npm_config_(cache|logs_dir)$/i.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    npm_config_cache: inRoot(".convbook", "npm"),
    npm_config_logs_dir: inRoot(".convbook", "logs", "npm"),
  };
}

function pipCache() {
  const { PIP_CACHE_DIR, XDG_CACHE_HOME } = process.env;
  return PIP_CACHE_DIR ?? path.join(XDG_CACHE_HOME ?? path.join(homedir(), ".cache"), "pip");
}

/**
 * Whether a folder can be written, or made where it is missing. It is tried: root is told that it may write anywhere,
 * also where nothing can be made, as in /proc.
 *
 * @param {string} folder
 */
export function isWritable(folder) {
  let existing = path.resolve(folder);
  while (!existsSync(existing) && existing !== path.dirname(existing))
    existing = path.dirname(existing);
  try {
    rmdirSync(mkdtempSync(path.join(existing, ".convbook-")));
    return true;
  } catch {
    return false;
  }
}

/**
 * The variables for pip and Python: the user's own, for the sake of proxies and mirrors, without those that
 * would let packages in from elsewhere or put ours elsewhere. (This runs before anything is built, and installs; what only
 * runs our Python takes `pythonVariables` of src/project, which keeps nothing that is Python's.)
 */
export function pythonEnvironment() {
  const unwanted = /^(PYTHON(PATH|HOME|STARTUP|USERBASE)|PIP_(TARGET|PREFIX|ROOT|USER|DRY_RUN))$/;
  const kept = Object.entries(process.env).filter(([name]) => !unwanted.test(name));
  return {
    ...Object.fromEntries(kept),
    PIP_USER: "0",
    PIP_NO_INPUT: "1",
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
    PYTHONNOUSERSITE: "1",
    ...(isWritable(pipCache()) ? {} : { PIP_CACHE_DIR: inRoot(".convbook", "pip") }),
  };
}
