import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { shareLock } from "./lock.mjs";
import { Problem } from "./problem.mjs";
import { again, explain } from "./explain.mjs";

/**
 * Runs a command quietly: what it prints goes to a log file, and is looked through only when it fails.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.name what to call it when it fails: "npm ci"
 * @param {string} options.logFile
 * @param {string} options.cwd
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {RegExp} [options.failureSign] what it prints when it has failed, whatever its exit code says
 * @param {number} [options.seconds] the longest that it may take
 * @throws Problem when the command cannot be started or fails, saying why where the output tells
 */
export async function run(
  command,
  args,
  { name, logFile, cwd, env = process.env, failureSign, seconds },
) {
  const file = createWriteStream(logFile, { flags: "a" });
  file.on("error", () => {}); // a full disk: the command itself is going to say so
  file.write(`\n$ ${[command, ...args].join(" ")}\n`);
  let output = "";
  let spoilt = false;
  const keep = (/** @type {Buffer} */ chunk) => {
    file.write(chunk);
    output = (output + chunk).slice(-20000);
    spoilt ||= failureSign?.test(output) ?? false;
  };
  const timeout = seconds && 1000 * seconds;
  const child = spawn(command, args, { cwd, env, timeout, stdio: ["ignore", "pipe", "pipe"] });
  shareLock(child.pid);
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const release = endWithParent(child);
  const failure = await new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) =>
      resolve(code === 0 && !spoilt ? undefined : (signal ?? `exit code ${code}`)),
    );
  });
  release();
  await new Promise((resolve) => file.end(resolve));
  if (failure === undefined) return;
  const reason = explain(output);
  const log = `All that it printed is in ${logFile}.`;
  if (reason) throw new Problem(`${reason} ${again} ${log}`);
  throw new Problem(`${name} failed (${failure}). ${log}`, output.trimEnd().split("\n").slice(-12));
}

/**
 * Ends the child when this process is told to end, so that no installer goes on working unseen.
 *
 * @param {import("node:child_process").ChildProcess} child
 * @returns {() => void} to be called when the child has ended
 */
export function endWithParent(child) {
  /** @type {NodeJS.Signals[]} */
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  const end = (/** @type {NodeJS.Signals} */ signal) => {
    child.kill(signal);
    child.once("close", () => process.exit(signal === "SIGINT" ? 130 : 143));
  };
  for (const signal of signals) process.on(signal, end);
  return () => signals.forEach((signal) => process.off(signal, end));
}
