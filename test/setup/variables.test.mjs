import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inRoot } from "../../scripts/setup/paths.mjs";
import { isWritable, npmEnvironment, pythonEnvironment } from "../../scripts/setup/variables.mjs";
import { temporaryFolder } from "./temporaryFolder.mjs";

describe("variables of the installers", () => {
  const folder = temporaryFolder();

  it("isWritable(folder) is true of a folder that can be made, false below a file", () => {
    const file = path.join(folder(), "file");
    writeFileSync(file, "");
    assert.equal(isWritable(path.join(folder(), "a", "b")), true);
    assert.equal(isWritable(path.join(file, "cache")), false);
  });

  it("isWritable(folder) tries it: in /proc nobody makes anything, though root is told that it may", function () {
    if (process.platform !== "linux") this.skip();
    assert.equal(isWritable("/proc/convbook/.npm"), false);
  });

  it("isWritable(folder) leaves nothing behind", () => {
    const made = folder();
    isWritable(path.join(made, "cache"));
    assert.deepEqual(readdirSync(made), []);
  });

  it("npmEnvironment() keeps npm's cache where it is, unless it cannot be written", () => {
    const good = { npm_config_cache: path.join(folder(), "npm"), PATH: "/bin" };
    assert.deepEqual(npmEnvironment(good), good);
    const file = path.join(folder(), "home");
    writeFileSync(file, "");
    const { npm_config_cache, npm_config_logs_dir, PATH } = npmEnvironment({
      npm_config_cache: path.join(file, ".npm"),
      PATH: "/bin",
    });
    assert.equal(npm_config_cache, inRoot(".convbook", "npm"));
    assert.equal(npm_config_logs_dir, inRoot(".convbook", "logs", "npm"));
    assert.equal(PATH, "/bin");
  });

  it("pythonEnvironment() leaves out what belongs to another Python", () => {
    const before = process.env.PYTHONHOME;
    process.env.PYTHONHOME = "/opt/conda";
    try {
      assert.equal(pythonEnvironment().PYTHONHOME, undefined);
    } finally {
      if (before === undefined) delete process.env.PYTHONHOME;
      else process.env.PYTHONHOME = before;
    }
  });
});
