import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { prepareLearnerFolder } from "#dist/installation/index.js";
import { inProject } from "#dist/project/index.js";
import { temporaryFolder } from "./temporaryFolder";

describe("prepareLearnerFolder(folder)", () => {
  const folder = temporaryFolder();
  const learnerFolder = () => path.join(folder(), "ada lovelace", "cönvbook");

  it("has copies of the lessons, finds the package, and keeps what is there", () => {
    const learner = learnerFolder();
    prepareLearnerFolder(learner);
    const notebooks = fs.readdirSync(inProject("notebooks")).filter((f) => f.endsWith(".ipynb"));
    assert.deepEqual(fs.readdirSync(path.join(learner, "work")).sort(), notebooks.sort());
    const found = createRequire(path.join(learner, "work", "cell.js")).resolve("convbook");
    assert.equal(fs.realpathSync(found), inProject("dist", "index.js"));

    const copy = path.join(learner, "work", notebooks[0]);
    fs.writeFileSync(copy, "mine");
    prepareLearnerFolder(learner);
    assert.equal(fs.readFileSync(copy, "utf8"), "mine");
  });

  it("gives variables that lead to the learner's folder and to the course's environment", () => {
    const learner = learnerFolder();
    const variables = prepareLearnerFolder(learner);
    assert.equal(variables.CONVBOOK_LEARNER, learner);
    assert.ok(variables.CONVBOOK_HISTORY.startsWith(learner));
    assert.equal(variables.JUPYTER_PATH, inProject(".venv", "share", "jupyter"));
  });

  it("leads a link on to where the checkout is now", () => {
    const learner = learnerFolder();
    fs.mkdirSync(learner, { recursive: true });
    fs.symlinkSync("/somewhere/else/node_modules", path.join(learner, "node_modules"));
    prepareLearnerFolder(learner);
    assert.equal(fs.readlinkSync(path.join(learner, "node_modules")), inProject("node_modules"));
  });

  it("refuses a folder with packages of its own, and one that cannot be made", () => {
    const learner = learnerFolder();
    fs.mkdirSync(path.join(learner, "node_modules"), { recursive: true });
    assert.throws(() => prepareLearnerFolder(learner), /node_modules is in the way/);
    const file = path.join(folder(), "file");
    fs.writeFileSync(file, "");
    assert.throws(
      () => prepareLearnerFolder(path.join(file, "convbook")),
      /The learner's folder cannot be written: ENOTDIR/,
    );
  });
});
