import assert from "node:assert/strict";
import { summarise } from "#dist/grading/report/index.js";
import { sampleReport } from "./sampleReport";

describe("summarise", () => {
  it("summarise(report) counts what was graded", () => {
    const [summary] = summarise(sampleReport());
    assert.deepEqual(
      [summary.count, summary.mean, summary.median, summary.lowest, summary.highest],
      [2, 4.6, 4.6, 3.2, 6],
    );
    assert.deepEqual(summary.tenths, [0, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
  });

  it("summarise(report) puts the hardest tests and the most frequent mistakes first", () => {
    const [summary] = summarise(sampleReport());
    assert.deepEqual(summary.hardest, [
      { exercise: "05.poolForward", title: "poolForward(x, 3)", passed: 1, attempted: 2 },
    ]);
    assert.deepEqual(summary.mistakes, [
      {
        exercise: "05.poolForward",
        diagnosis: "You took the average & not the maximum.",
        count: 1,
      },
    ]);
  });

  it("summarise(report) takes the middle of an odd number of marks for the median", () => {
    const report = sampleReport();
    Object.assign(report.submissions[2], { outcome: "graded", final: 1 });
    assert.equal(summarise(report)[0].median, 3.2);
  });

  it("summarise(report) leaves out what does not count beside another notebook of the student", () => {
    const report = sampleReport();
    report.submissions.push({ ...report.submissions[0], final: 0, notCounted: true });
    assert.deepEqual(summarise(report), summarise(sampleReport()));
  });

  it("summarise(nothing graded) is empty", () => {
    assert.deepEqual(summarise({ ...sampleReport(), submissions: [] }), []);
  });
});
