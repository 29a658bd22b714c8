import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { registerKernel } from "#dist/installation/index.js";
import { inProject, projectRoot, python } from "#dist/project/index.js";

export type Step =
  | { code: string; interruptAfter?: number; interrupts?: number; input?: string; seconds?: number }
  | { code: string; beats: number }
  | { queue: string[] }
  | { request: string; content: Record<string, unknown> }
  | { raw: string[][] }
  | { settle: number }
  | { restart: true };

/** What a cell has shown. */
export interface Ran {
  status: "ok" | "error" | "aborted" | "timeout";
  ename?: string;
  count?: number;
  stdout: string;
  stderr: string;
  result?: Record<string, string>;
  displays: { data: Record<string, string>; transient: { display_id?: string } }[];
  errors: string[];
  /** The types of the messages, and the states, in order. */
  order: string[];
  sessions: string[];
  prompt?: string;
  /** How many interrupts were sent before it ended. */
  interrupts?: number;
  /** From the request to the end. */
  seconds?: number;
  /** From the interrupt to the end: the clock's seconds, and those that the kernel has computed. */
  secondsToEnd?: number;
  processorTimeToEnd?: number;
  /** Answers while the cell computed, and whether it still did then. */
  beats?: number;
  answers?: number;
  ranOn?: boolean;
}

/**
 * Runs the steps in a real kernel, through jupyter_client.
 *
 * @param kernel the name that it is registered under: convbook, or tslab-stock
 * @returns an answer for each step: of a cell what it has shown
 */
export async function driveKernel(steps: readonly Step[], kernel = "convbook"): Promise<unknown[]> {
  registerKernel();
  const home = mkdtempSync(path.join(tmpdir(), "kernel-")); // its history must not meet the user's
  const driver = spawn(python, [inProject("test", "jupyter", "drive.py")], {
    cwd: projectRoot,
    env: { ...process.env, CONVBOOK_HISTORY: path.join(home, "history"), IPYTHONDIR: home },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  driver.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  driver.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  driver.stdin.end(JSON.stringify({ kernel, steps }));
  const code = await new Promise((resolve) => driver.on("close", resolve));
  rmSync(home, { recursive: true, force: true });
  if (code !== 0) throw new Error(`The driver ended with ${String(code)}:\n${err.slice(-3000)}`);
  return JSON.parse(out) as unknown[];
}

/** Runs cells one after the other in one kernel. */
export async function runCells(cells: readonly string[], kernel?: string): Promise<Ran[]> {
  const steps = cells.map((code) => ({ code }));
  return (await driveKernel(steps, kernel)) as Ran[];
}

/** Text without the colours of a terminal. */
export function plain(text: string): string {
  return text.replace(/\u001b\[\d+m/g, "");
}
