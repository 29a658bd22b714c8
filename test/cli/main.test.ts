import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { inProject } from "#dist/project/index.js";

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command as a shell does, in a folder outside the project. */
function convbook(...args: string[]): Promise<Outcome> {
  const program = inProject("bin", "convbook.js");
  return new Promise((resolve) =>
    execFile(process.execPath, [program, ...args], { cwd: tmpdir() }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
    ),
  );
}

describe("convbook", () => {
  it("convbook --help lists the commands", async () => {
    const { code, stdout } = await convbook("--help");
    assert.equal(code, 0);
    for (const command of ["start", "doctor", "reset", "grade", "build"])
      assert.match(stdout, new RegExp(`^  ${command} `, "m"));
  });

  it("convbook unknown command fails with a line, not with a stack", async () => {
    const { code, stderr } = await convbook("strat");
    assert.equal(code, 1);
    assert.match(stderr, /unknown command 'strat'\s+\(Did you mean start\?\)/);
    assert.doesNotMatch(stderr, /at .*\.js/);
  });

  it("convbook reset (unknown lesson) fails with a line that lists the lessons", async () => {
    const { code, stdout, stderr } = await convbook("reset", "99-no-such-lesson");
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /^convbook: There is no lesson "99-no-such-lesson"\. There are/);
    assert.equal(stderr.trim().split("\n").length, 1);
  });

  it("convbook doctor finds this installation sound", async () => {
    const { code, stdout } = await convbook("doctor");
    for (const subject of ["Node", "TypeScript kernel", "JupyterLab", "Plots"])
      assert.match(stdout, new RegExp(`^✓ ${subject} `, "m"));
    assert.equal(code, 0);
  });
});
