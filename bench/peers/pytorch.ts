import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Task } from "../measure";

/** A Python with torch and torchvision (and timm): `BENCH_PYTHON` names it. */
const python = process.env.BENCH_PYTHON;
const SCRIPT = join(__dirname, "../../../bench/networks.py");

/**
 * A network of torchvision or timm, run in a process of its own: a line asks for a run, a line says that it is over.
 * What the two lines take is some 0.1 ms.
 *
 * @returns the task, and what ends the process; or why there is none
 */
export async function pytorchNetwork(
  name: string,
  batch: number,
  threads: number,
): Promise<{ task: Task; end: () => void } | string> {
  if (!python) return "BENCH_PYTHON names a Python with torch and torchvision";
  const child = spawn(python, [SCRIPT, name, String(batch), String(threads)], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  const lines = createInterface({ input: child.stdout });
  const line = async (): Promise<string> =>
    String(((await Promise.race([once(lines, "line"), once(child, "exit")])) as unknown[])[0]);
  const first = await line();
  if (first !== "ready") return first.startsWith("without") ? `no ${first.slice(8)}` : "it ended";
  const run = async (): Promise<void> => {
    const done = line();
    child.stdin.write("\n");
    if ((await done) !== "done") throw new Error("PyTorch's process has ended");
  };
  return { task: { run }, end: () => child.kill() };
}
