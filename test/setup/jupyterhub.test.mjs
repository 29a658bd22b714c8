import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { inRoot } from "../../scripts/setup/paths.mjs";

const read = (...parts) => readFileSync(inRoot("environment", ...parts), "utf8");

/** The pinned versions of a requirements file, by package; a package may have one for each Python. */
const pins = (text) => {
  const found = new Map();
  for (const [, name, version] of text.matchAll(/^([\w.-]+)==([^ ;]+)/gm))
    found.set(name, [...(found.get(name) ?? []), version].sort());
  return found;
};

describe("npm run setup:jupyterhub", () => {
  it("pins JupyterHub's packages in the versions that the course's environment has, which it looks into", () => {
    const course = pins(read("requirements.txt"));
    const hub = pins(read("jupyterhub", "requirements.txt"));
    assert.ok(hub.has("jupyterhub"));
    const both = [...hub].filter(([name]) => course.has(name));
    assert.ok(both.length > 10);
    for (const [name, versions] of both) assert.deepEqual(versions, course.get(name), name);
  });

  it("its lock file names no address to download from", () => {
    assert.doesNotMatch(read("jupyterhub", "package-lock.json"), /"resolved": "[^"]/);
  });

  it("says what it does, and refuses what it does not know", () => {
    const run = (...args) =>
      spawnSync(process.execPath, [inRoot("scripts", "setup-jupyterhub.mjs"), ...args], {
        encoding: "utf8",
      });
    assert.match(run("--help").stdout, /docs\/jupyterhub\.md/);
    const { stderr, status } = run("--unod");
    assert.match(stderr, /There is no option --unod/);
    assert.equal(status, 1);
  });
});
