import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { ProcessClock } from "#dist/sandbox/ProcessClock.js";

const LOOP = [process.execPath, "-e", "for (;;);"];

describe("ProcessClock", function () {
  this.timeout(30_000);
  const started: ChildProcess[] = [];
  const start = ([program, ...rest]: readonly string[]): number => {
    const child = spawn(program, rest, { stdio: "ignore", detached: true });
    started.push(child);
    return child.pid!;
  };
  afterEach(() => {
    for (const { pid } of started.splice(0)) process.kill(-pid!, "SIGKILL");
  });

  it("now() of a process that has ended, or never was, goes on", async () => {
    const clock = new ProcessClock(2 ** 30);
    const [wall, before] = [performance.now(), clock.now()];
    await sleep(20);
    const lag = performance.now() - wall - (clock.now() - before);
    assert(Math.abs(lag) < 5, `${lag} ms`);
  });

  it("now() stands still while the process waits for a processor", async function () {
    if (!existsSync("/proc/self/schedstat")) this.skip();
    // More loops than processors: at every moment some of them wait, behind a shell of theirs or not.
    const loops = Array.from({ length: 2 * availableParallelism() }, (_, i) =>
      i % 2 ? LOOP : ["/bin/sh", "-c", '"$0" "$@"; exit', ...LOOP],
    );
    const pids = loops.map(start);
    await sleep(500); // until the shells have started theirs
    const clocks = pids.map((pid) => new ProcessClock(pid));
    const wall = performance.now();
    const before = clocks.map((clock) => clock.now());
    await sleep(1000);
    const passed = clocks.map((clock, i) => clock.now() - before[i]);
    const elapsed = performance.now() - wall;
    // All together they have computed for as long as there are processors: half of the time that has passed for all.
    const all = passed.reduce((sum, milliseconds) => sum + milliseconds);
    assert(all < 0.75 * elapsed * loops.length, `${passed.join(", ")} of ${elapsed} ms`);
  });
});
