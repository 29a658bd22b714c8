import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exerciseById, solutionListing } from "convbook";
import { inProject } from "convbook/dist/installation";
import { notebookText } from "../grading/class/notebookText";

describe("convbook grade", function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "convbook-"));
    const solved = notebookText([solutionListing(exerciseById("test", "02.reflectIndex"))]);
    writeFileSync(join(folder, "ada_02-padding.ipynb"), solved);
    writeFileSync(join(folder, "bob_02-padding.ipynb"), "{");
    writeFileSync(join(folder, "homework.ipynb"), solved);
  });
  after(() => rmSync(folder, { recursive: true }));

  const grade = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      const program = [inProject("bin", "convbook.js"), "grade", ...args];
      execFile(process.execPath, program, { cwd: folder }, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
      );
    });

  it("grade notebook prints a report and exits 0, whatever the marks", async () => {
    const { code, stdout, stderr } = await grade("ada_02-padding.ipynb");
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /ada · 02-padding · .*: 3 of \d+ points/);
    assert.match(stdout, /✓ 02.reflectIndex/);
    assert.match(stdout, /Each answer ran in a process of its own/);
  });

  it("grade . --out folder --format csv html writes them, the JSON, and when it was", async () => {
    const { code, stdout } = await grade(".", "--out", "out", "--format", "csv,html", "junit");
    assert.equal(code, 0);
    for (const file of ["grades.json", "grades.csv", "grades.html", "junit.xml", "run.json"])
      assert(existsSync(join(folder, "out", file)), file);
    assert.match(stdout, /1 graded, 0 kept from before/);
    const { submissions } = JSON.parse(readFileSync(join(folder, "out", "grades.json"), "utf8"));
    assert.deepEqual(
      submissions.map(({ outcome }: { outcome: string }) => outcome),
      ["graded", "unreadable", "unreadable"],
    );
  });

  it("grade . --format gradescope html writes the page, and says that Gradescope's is about one student", async () => {
    writeFileSync(join(folder, "cid_02-padding.ipynb"), notebookText([]));
    const { code, stderr } = await grade(".", "--out", "both", "--format", "gradescope", "html");
    assert.notEqual(code, 0);
    assert.match(stderr, /report must be a report on one student/);
    assert(existsSync(join(folder, "both", "grades.html")));
    assert(!existsSync(join(folder, "both", "results.json")));
    rmSync(join(folder, "cid_02-padding.ipynb"));
  });

  it("grade notebook --format json prints the report and nothing else", async () => {
    const { stdout } = await grade("homework.ipynb", "--lesson", "02", "--format", "json");
    const report = JSON.parse(stdout) as { schema: string; lessons: { name: string }[] };
    assert.deepEqual([report.schema, report.lessons[0].name], ["convbook-grades/1", "02-padding"]);
  });

  const refused: [string[], RegExp][] = [
    [["gone.ipynb"], /^convbook: There is no notebook gone\.ipynb\.$/],
    [[".", "--format", "csv", "html"], /^convbook: Several formats need a folder to go into/],
  ];
  for (const [args, message] of refused)
    it(`grade ${args.join(" ")} fails with a line`, async () => {
      const { code, stdout, stderr } = await grade(...args);
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(stderr.trim(), message);
      assert.equal(stderr.trim().split("\n").length, 1);
    });
});
