import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { registerKernel } from "#dist/installation/index.js";
import { inProject, projectRoot, python } from "#dist/project/index.js";

/** What the kernel is busy with when its parent is killed. */
const BUSY: Record<string, string> = {
  nothing: "1",
  "a loop": "for (;;);",
  "a timer": "setInterval(() => {}, 10); await new Promise(() => {});",
  "a child process that it waits for": 'require("child_process").execSync("sleep 1000");',
  "a child process of which it hears later": 'require("child_process").spawn("sleep", ["1000"]);',
};

describe("a kernel whose parent is killed ends, with what it has started", function () {
  this.timeout(300_000);
  this.slow(30_000);
  before(() => registerKernel());

  for (const kernel of ["convbook", "tslab-stock"])
    for (const [name, code] of Object.entries(BUSY).slice(0, kernel === "convbook" ? 5 : 2))
      it(`${kernel}, while it is busy with ${name}`, async function () {
        if (process.platform !== "linux") return this.skip(); // children are read from /proc
        const folder = mkdtempSync(path.join(tmpdir(), "kernel-"));
        const parent = spawn(python, [inProject("test", "jupyter", "parent.py"), kernel, code], {
          cwd: projectRoot,
          env: { ...process.env, CONVBOOK_HISTORY: path.join(folder, "history") },
          stdio: ["ignore", "pipe", "inherit"],
        });
        let pids = "";
        parent.stdout.setEncoding("utf8").on("data", (text: string) => (pids += text));
        await new Promise((resolve) => parent.on("close", resolve)); // it has killed itself
        const started = JSON.parse(pids) as number[];
        assert.ok(started.length >= (name.startsWith("a child") ? 2 : 1), pids);
        const left = await leftOver(started);
        for (const pid of left) process.kill(pid, "SIGKILL");
        rmSync(folder, { recursive: true });
        assert.deepEqual(left, []);
      });
});

/** Those of the processes that do not end, however long a busy machine takes for it. */
async function leftOver(pids: readonly number[]): Promise<number[]> {
  for (let round = 0; ; round++) {
    const alive = pids.filter(isAlive);
    if (alive.length === 0 || round === 300) return alive;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Whether a process runs: one that has ended, and that nobody has asked for its result, does not. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
