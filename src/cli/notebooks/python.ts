import { spawn } from "node:child_process";
import fs from "node:fs";
import readline from "node:readline";
import { jupyterVariables } from "../../installation";
import { inProject, python } from "../../project";

/**
 * Runs one of the project's Python scripts and hands over each line that it prints.
 *
 * @throws Error with the script's own message, when it fails
 */
export async function runPython(
  script: string,
  { args = [], input = "", onLine }: PythonTask,
): Promise<void> {
  if (!fs.existsSync(python)) {
    throw new Error("There is no Python environment here yet. Run `npm start` once: it makes one.");
  }
  const child = spawn(python, [inProject("scripts", script), ...args], { env: jupyterVariables() });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  child.stdin.on("error", () => undefined); // a script that dies early says why by its exit and stderr
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  for await (const line of readline.createInterface({ input: child.stdout })) onLine(line);
  const code = await ended;
  if (code !== 0) throw new Error(`${script} failed (exit code ${code}).\n${complaint.trim()}`);
}

export interface PythonTask {
  args?: readonly string[];
  /** What the script reads from stdin. */
  input?: string;
  onLine: (line: string) => void;
}
