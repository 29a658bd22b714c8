import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import {
  checkDisk,
  checkKernel,
  checkLessons,
  checkNode,
} from "#dist/installation/doctor/checks.js";
import { findingsHtml, findingsText } from "#dist/installation/doctor/report.js";
import { checkEngine, checkSpeed, speedFinding } from "#dist/installation/doctor/speed.js";
import { checkTraining } from "#dist/installation/doctor/training.js";
import { copyLessons } from "#dist/installation/lessonCopies.js";
import type { BackendName, Finding } from "convbook";
import { notebookText } from "../notebookText";
import { temporaryFolder } from "../temporaryFolder";

describe("doctor", () => {
  const inFolder = temporaryFolder();

  it("checkNode() finds the Node that runs this", () => {
    assert.equal(checkNode().state, "good");
    assert.match(checkNode().found, new RegExp(`^${process.versions.node} `));
  });

  it("checkKernel(no file) is bad, and npm start mends it", () => {
    const { state, found, remedy } = checkKernel(inFolder("kernel.json"));
    assert.deepEqual([state, found], ["bad", "not registered"]);
    assert.match(remedy!, /npm start/);
  });

  it("checkKernel(file of a checkout that has moved) is bad", () => {
    writeFileSync(inFolder("kernel.json"), '{ "argv": ["/where/it/was"] }');
    assert.match(checkKernel(inFolder("kernel.json")).found, /for another folder/);
  });

  it("checkSpeed() and checkEngine() measure rates that are possible", () => {
    for (const { state, found } of [checkSpeed(), checkEngine()]) {
      const [, millions] = /: ([\d,]+) million multiply-adds a second$/.exec(found)!;
      const rate = Number(millions.replaceAll(",", "")) * 1e6;
      assert.ok(rate > 0 && rate < 1e13, found);
      assert.notEqual(state, "bad");
    }
  });

  it("speedFinding(rate) says how much longer cells will take", () => {
    assert.equal(speedFinding(2e8).state, "good");
    const slow = speedFinding(1e7);
    assert.equal(slow.state, "warning");
    assert.match(slow.remedy!, /3 times as long/);
  });

  it("checkTraining() finds what tfjs computes on here", async () => {
    const { state, found } = await checkTraining();
    assert.equal(state, "good");
    assert.match(found, /^tfjs computes in (native TensorFlow|WebAssembly)\./);
  });

  it("checkTraining() hints at a faster backend, and warns of plain JavaScript", async () => {
    const on = (name: BackendName) =>
      checkTraining(async () => ({
        name,
        reason: `tfjs computes on ${name}.`,
        faster: "Do this.",
      }));
    assert.deepEqual(await on("wasm"), {
      subject: "Training",
      state: "good",
      found: "tfjs computes on wasm.",
      remedy: "Do this.",
    });
    assert.equal((await on("cpu")).state, "warning");
  });

  it("checkTraining() is bad where tfjs does not run, and npm start mends it", async () => {
    const { state, found, remedy } = await checkTraining(() => Promise.reject(new Error("broken")));
    assert.deepEqual([state, found], ["bad", "tfjs does not run: broken"]);
    assert.match(remedy!, /npm start/);
  });

  it("checkDisk(bytes free) warns before it is too late", () => {
    assert.deepEqual(
      [5e9, 5e8, 5e7].map((free) => checkDisk(free).state),
      ["good", "warning", "bad"],
    );
    assert.equal(checkDisk(5e8).found, "0.5 GB free");
  });

  it("checkLessons() names a lesson that the course has changed, and the command for it", () => {
    const folders = {
      course: inFolder("notebooks"),
      learner: inFolder("work"),
      record: inFolder("copies.json"),
    };
    mkdirSync(folders.course);
    writeFileSync(inFolder("notebooks", "02-padding.ipynb"), notebookText("zeroPad"));
    copyLessons(folders);
    assert.equal(checkLessons(folders).state, "good");
    writeFileSync(inFolder("notebooks", "02-padding.ipynb"), notebookText("zeroPad, better"));
    assert.equal(checkLessons(folders).state, "warning");
    assert.match(checkLessons(folders).remedy!, /npx convbook reset 02-padding/);
  });
});

describe("findings", () => {
  const good: Finding = { subject: "Node", state: "good", found: "20.20.2" };
  const bad: Finding = {
    subject: "Plots",
    state: "bad",
    found: "<missing>",
    remedy: "Run npm start.",
  };

  it("findingsText(findings) has a line for each, one for each remedy, and a verdict", () => {
    assert.equal(findingsText([good]), "✓ Node  20.20.2\nAll is well.");
    assert.equal(
      findingsText([good, bad]),
      [
        "✓ Node   20.20.2",
        "✗ Plots  <missing>",
        "         Run npm start.",
        "Something is in the way: see the lines marked ✗.",
      ].join("\n"),
    );
  });

  it("findingsHtml(findings) escapes what was found", () => {
    const html = findingsHtml([bad]);
    assert.match(html, /&lt;missing&gt;/);
    assert.match(html, /<b>Run npm start\.<\/b>/);
    assert.match(findingsHtml([{ ...bad, state: "good" }]), /<span>Run npm start\.<\/span>/); // a hint
  });
});
