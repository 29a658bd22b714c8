import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { random } from "convbook";
import { exerciseById, solutionListing } from "convbook/authoring";
import { inProject } from "#dist/project/index.js";
import { notebookText } from "../grading/class/notebookText";
import { disguise, randomProgram } from "../grading/similarity/programs";

const ID = "05.poolForward";

describe("convbook similarity", function () {
  this.timeout(60_000);

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "convbook-alike-"));
  after(() => fs.rmSync(folder, { recursive: true }));

  const convbook = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
    new Promise((resolve) =>
      execFile(
        process.execPath,
        [inProject("bin", "convbook.js"), ...args],
        { cwd: folder },
        (error, stdout, stderr) =>
          resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
      ),
    );

  const handIn = (student: string, ...cells: string[]): void => {
    fs.mkdirSync(path.join(folder, "class", student), { recursive: true });
    const file = path.join(folder, "class", student, "05-pooling.ipynb");
    fs.writeFileSync(file, notebookText(cells));
  };

  before(() => {
    const { starter, entry } = exerciseById("test", ID);
    const library = 'import { Tensor, yourCode } from "convbook";';
    for (let i = 0; i < 8; i++) handIn(`s${i}`, library, randomProgram(entry, random(i)));
    handIn("copier", library, "1 + 1", disguise(randomProgram(entry, random(3))));
    handIn("starter", library, starter);
    handIn("solver", library, solutionListing(exerciseById("test", ID)));
    fs.mkdirSync(path.join(folder, "class", "broken"));
    fs.writeFileSync(path.join(folder, "class", "broken", "05-pooling.ipynb"), "{");
  });

  it("convbook similarity FOLDER names the pairs that stand out, and accuses nobody", async () => {
    const { code, stdout } = await convbook("similarity", "class");
    assert.equal(code, 0);
    assert.match(stdout, /^05-pooling: 10 students compared\. This report accuses nobody/);
    assert.match(stdout, /1 of 45 pairs lie above/);
    assert.match(stdout, /^ {2}0\.\d\d {2}copier and s3, most alike in 05\.poolForward$/m);
    assert.match(stdout, /^Not compared: broken\/05-pooling\.ipynb: .*not JSON/m);
  });

  it("convbook similarity FOLDER --out PAGES writes them side by side, and runs none of the code", async () => {
    handIn(
      "s0",
      `require("fs").writeFileSync("ran", ""); ${randomProgram("poolForward", random(0))}`,
    );
    const { code } = await convbook("similarity", "class", "--out", "pages");
    assert.equal(code, 0);
    const page = fs.readFileSync(path.join(folder, "pages", "similarity-05-pooling.html"), "utf8");
    assert.match(page, /<bdi>copier<\/bdi> and <bdi>s3<\/bdi>/);
    assert.match(page, /Too little code of their own to compare: <bdi>starter<\/bdi>\./);
    assert.ok(!fs.existsSync(path.join(folder, "ran")));
  });

  it("convbook similarity (no notebooks) fails with a line", async () => {
    const { code, stderr } = await convbook("similarity", "nowhere");
    assert.deepEqual([code, stderr], [1, "convbook: There is no notebook nowhere.\n"]);
  });

  it("convbook grade --similarity compares what was graded", async () => {
    const paths = ["class/s3", "class/copier", "class/solver"];
    const { code, stdout, stderr } = await convbook(
      "grade",
      ...paths,
      "--similarity",
      "--out",
      "grades",
    );
    assert.equal(code, 0, stderr);
    assert.match(stdout, /05-pooling: 3 students compared/);
    const page = fs.readFileSync(path.join(folder, "grades", "similarity-05-pooling.html"), "utf8");
    assert.match(page, /<bdi>copier<\/bdi> and <bdi>s3<\/bdi>/);
    assert.match((await convbook("grade", "class", "--similarity")).stderr, /needs a folder/);
  });
});
