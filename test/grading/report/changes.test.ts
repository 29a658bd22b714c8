import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeReports } from "#dist/grading/index.js";
import { changesBetween } from "#dist/grading/report/index.js";
import { sampleReport } from "./sampleReport";

describe("changesBetween(before, after)", () => {
  it("the same report changes nothing", () =>
    assert.deepEqual(changesBetween(sampleReport(), sampleReport()), []));

  it("a mark that changed says from what, to what, and why", () => {
    const after = sampleReport();
    const [ada, bob] = after.submissions;
    Object.assign(ada, { override: { points: 3, reason: "copied" }, final: 3 });
    Object.assign(bob, { sha256: "d".repeat(64), final: 4 });
    bob.exercises[1].awarded = 1;
    after.submissions.pop();
    const changes = changesBetween(sampleReport(), after);
    assert.deepEqual(
      changes.map(({ student, before, after, why }) => [student, before, after, why]),
      [
        ["ada", "6", "3", "set by hand: copied"],
        ["bob, <jr.>", "3.2", "4", "another notebook; 05.globalAverage 0 → 1"],
        ["cleo", "unreadable", "", "no longer there"],
      ],
    );
  });

  it("tests that changed are named by their exercises, with the versions and the seed", () => {
    const after = { ...sampleReport(), convbook: "0.2.0", seed: 1 };
    after.submissions[0].exercises[0].awarded = 3;
    after.submissions[0].final = 5;
    assert.equal(
      changesBetween(sampleReport(), after)[0].why,
      "convbook 0.1.0 → 0.2.0; another seed; 05.poolForward 4 → 3",
    );
  });

  it("changes.csv grows from run to run, and a run that changes nothing leaves it alone", async () => {
    const folder = mkdtempSync(join(tmpdir(), "convbook-"));
    try {
      const run = (finishedAt: string) => ({
        startedAt: "",
        finishedAt,
        seconds: 1,
        graded: 1,
        kept: 0,
      });
      const second = sampleReport();
      Object.assign(second.submissions[0], { override: { points: 3, reason: "=1+2" }, final: 3 });
      await writeReports(folder, sampleReport(), run("2026-11-01"), []);
      const files = await writeReports(folder, second, run("2026-11-02"), []);
      assert(files.includes(join(folder, "changes.csv")));
      assert(!(await writeReports(folder, second, run("2026-11-03"), [])).includes(files[0]));
      await writeReports(folder, sampleReport(), run("2026-11-04"), []);
      const lines = readFileSync(join(folder, "changes.csv"), "utf8").trimEnd().split("\r\n");
      assert.deepEqual(lines, [
        "at,student,lesson,file,before,after,why",
        "2026-11-02,ada,05-pooling,ada/05-pooling.ipynb,6,3,set by hand: =1+2",
        "2026-11-04,ada,05-pooling,ada/05-pooling.ipynb,3,6,no longer set by hand",
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
