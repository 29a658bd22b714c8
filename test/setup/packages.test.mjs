import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { npm } from "../../scripts/setup/packages.mjs";
import { inRoot } from "../../scripts/setup/paths.mjs";

const readJson = (file) => JSON.parse(readFileSync(inRoot(file), "utf8"));

describe("npm packages", () => {
  it("package.json decides on the install script of every package that has one", () => {
    const withScript = Object.entries(readJson("package-lock.json").packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => path.split("node_modules/").at(-1));
    assert.deepEqual(Object.keys(readJson("package.json").allowScripts).sort(), withScript.sort());
  });

  it("package-lock.json names no address to download from", () => {
    assert.doesNotMatch(readFileSync(inRoot("package-lock.json"), "utf8"), /"resolved": "[^"]/);
  });

  describe("npm()", () => {
    const started = process.env.npm_execpath;
    afterEach(() => {
      if (started === undefined) delete process.env.npm_execpath;
      else process.env.npm_execpath = started;
    });

    it("npm() is the npm that has started us", () => {
      process.env.npm_execpath = "/opt/npm/bin/npm-cli.js";
      assert.deepEqual(npm(), [process.execPath, "/opt/npm/bin/npm-cli.js"]);
    });

    it("npm() is the one on the PATH when another package manager has started us, or none", () => {
      process.env.npm_execpath = "/opt/yarn/bin/yarn.js";
      assert.deepEqual(npm(), ["npm"]);
      delete process.env.npm_execpath;
      assert.deepEqual(npm(), ["npm"]);
    });
  });
});

describe("Python packages", () => {
  const requirements = readFileSync(inRoot("environment", "requirements.txt"), "utf8");

  it("requirements.txt pins every package by version and hash", () => {
    const packages = requirements.split(/^(?=[a-z])/m);
    assert.ok(packages.length > 50);
    for (const text of packages)
      assert.match(text, /^[\w.-]+==[\w.]+( ; [^\\]+)? \\\n +--hash=sha256:/);
  });

  it("requirements.txt has what requirements.in asks for, and names no address", () => {
    const wanted = readFileSync(inRoot("environment", "requirements.in"), "utf8").match(
      /^[a-z].*$/gm,
    );
    for (const line of wanted)
      assert.match(requirements, new RegExp(`^${line.split("<")[0]}(==| )`, "m"));
    assert.doesNotMatch(requirements, /https?:|file:/);
  });
});
