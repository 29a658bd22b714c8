import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { shareLock } from "../../scripts/setup/lock.mjs";
import { hashOf, runSteps } from "../../scripts/setup/steps.mjs";
import { temporaryFolder } from "./temporaryFolder.mjs";

describe("runSteps", () => {
  const inFolder = temporaryFolder();
  let ran;
  beforeEach(() => (ran = []));

  /** A step that makes a file out of an input, and can be told to fail. */
  const step = (name, { input = () => "input", fails = () => false, ...others } = {}) => ({
    name,
    title: name,
    inputs: input,
    present: () => existsSync(inFolder(`${name}.result`)),
    run: async () => {
      ran.push(name);
      if (fails()) throw new Error(`${name} fails`);
      writeFileSync(inFolder(`${name}.result`), input());
    },
    ...others,
  });
  const run = (...steps) =>
    runSteps(steps, { folder: inFolder(".convbook"), show: (_title, work) => work() });

  it("runSteps(steps) runs them in order, and none a second time", async () => {
    await run(step("packages"), step("build"));
    await run(step("packages"), step("build"));
    assert.deepEqual(ran, ["packages", "build"]);
  });

  it("runSteps(steps) runs a step again when its inputs have changed", async () => {
    await run(step("packages"), step("build", { input: () => "before" }));
    await run(step("packages"), step("build", { input: () => "after" }));
    assert.deepEqual(ran, ["packages", "build", "build"]);
  });

  it("runSteps(steps) runs a step again when its result is gone", async () => {
    await run(step("packages"));
    rmSync(inFolder("packages.result"));
    await run(step("packages"));
    assert.deepEqual(ran, ["packages", "packages"]);
  });

  it("runSteps(steps) goes on with the step that failed", async () => {
    const online = { value: false };
    const steps = [
      step("packages"),
      step("environment", { fails: () => !online.value }),
      step("last"),
    ];
    await assert.rejects(run(...steps), /environment fails/);
    online.value = true;
    await run(...steps);
    assert.deepEqual(ran, ["packages", "environment", "environment", "last"]);
  });

  it("runSteps(steps) does not trust what a killed run has left", async () => {
    await run(step("packages"));
    // As a run killed while it works leaves things: its result looks complete, its stamp does not.
    await assert.rejects(run(step("packages", { input: () => "new lock", fails: () => true })));
    assert.equal(existsSync(inFolder("packages.result")), true);
    await run(step("packages"));
    assert.deepEqual(ran, ["packages", "packages", "packages"]);
  });

  it("runSteps(steps) stamps with the inputs as they were before the step ran", async () => {
    let edits = 0;
    const editedMeanwhile = step("build", { input: () => `edit ${edits}` });
    const run1 = editedMeanwhile.run;
    editedMeanwhile.run = async () => {
      await run1();
      edits = 1;
    };
    await run(editedMeanwhile);
    await run(step("build", { input: () => "edit 1" }));
    assert.deepEqual(ran, ["build", "build"]);
  });

  it("runSteps(steps) checks what all need before any runs", async () => {
    const prepare = () => {
      throw new Error("no Python");
    };
    await assert.rejects(run(step("packages"), step("environment", { prepare })), /no Python/);
    assert.deepEqual(ran, []);
  });

  it("runSteps(steps) does not ask what a finished step would need", async () => {
    await run(step("environment"));
    await run(step("environment", { prepare: () => assert.fail("was asked") }));
  });

  it("runSteps(steps) refuses while another process sets up", async () => {
    mkdirSync(inFolder(".convbook"));
    writeFileSync(inFolder(".convbook", "setup.lock"), String(process.ppid));
    await assert.rejects(run(step("packages")), {
      name: "Problem",
      message: new RegExp(`process ${process.ppid}`),
    });
    assert.deepEqual(ran, []);
  });

  it("runSteps(steps) refuses while an installer works that a killed set-up has left", async () => {
    const installer = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    const orphaned = step("packages", {
      run: async () => {
        shareLock(installer.pid);
        const lockFile = readFileSync(inFolder(".convbook", "setup.lock"), "utf8");
        writeFileSync(inFolder("left behind"), lockFile.replace(`${process.pid}\n`, "999999999\n"));
      },
    });
    await run(orphaned);
    renameSync(inFolder("left behind"), inFolder(".convbook", "setup.lock"));
    await assert.rejects(run(step("packages")), new RegExp(`process ${installer.pid}`));
    installer.kill();
    await once(installer, "close");
    await run(step("packages"));
    assert.deepEqual(ran, ["packages"]);
  });

  it("runSteps(steps) does not mind the lock of a process that has died", async () => {
    mkdirSync(inFolder(".convbook"));
    for (const leftBehind of ["999999999\n", ""]) {
      writeFileSync(inFolder(".convbook", "setup.lock"), leftBehind);
      await run(step(`packages ${leftBehind}`));
      assert.equal(existsSync(inFolder(".convbook", "setup.lock")), false);
    }
  });
});

describe("hashOf", () => {
  const inFolder = temporaryFolder();

  it("hashOf(files) changes with a file's content and with its name", () => {
    writeFileSync(inFolder("a"), "1");
    writeFileSync(inFolder("b"), "1");
    const before = hashOf([inFolder("a")]);
    assert.equal(hashOf([inFolder("a")]), before);
    assert.notEqual(hashOf([inFolder("b")]), before);
    writeFileSync(inFolder("a"), "2");
    assert.notEqual(hashOf([inFolder("a")]), before);
    assert.equal(readFileSync(inFolder("a"), "utf8"), "2");
  });

  it("hashOf(files, others) changes with the others", () => {
    assert.notEqual(hashOf([], "linux", "x64"), hashOf([], "linux", "arm64"));
    assert.notEqual(hashOf([], "ab", "c"), hashOf([], "a", "bc"));
  });
});
