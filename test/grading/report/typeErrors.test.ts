import assert from "node:assert/strict";
import { htmlReport, studentPages, textReport } from "#dist/grading/report/index.js";
import type { TypeErrorReport } from "#dist/sandbox/index.js";
import { sampleReport } from "./sampleReport";

const error = (cell: number, message: string): TypeErrorReport => ({
  cell,
  line: 1,
  column: 1,
  message,
});
const inHelper = error(3, "The helper's error.\n  And its reason.");

/** Bob's two answers share a helper; the second has an error of its own besides. */
function reportWithSharedHelper(): ReturnType<typeof sampleReport> {
  const report = sampleReport();
  const [first, second] = report.submissions[1].exercises;
  first.typeErrors = [inHelper];
  second.typeErrors = [inHelper, error(9, "Its own error.")];
  return report;
}

describe("the type errors of a submission", () => {
  const report = reportWithSharedHelper();
  const forms = {
    textReport: textReport(report),
    htmlReport: htmlReport(report),
    studentPages: [...studentPages(report, new Date()).values()].join("\n"),
  };

  for (const [name, text] of Object.entries(forms))
    it(`${name}(report) shows each once, and which exercises share it`, () => {
      assert.equal(text.split("The helper").length - 1, 1);
      assert.equal(text.split("Its own error.").length - 1, 1);
      assert.match(text, /It shares 1 type error with 05\.poolForward\./);
    });

  it("textReport(report) sets the lines of a message below each other", () => {
    assert.match(
      forms.textReport,
      /^ {6}cell 3, line 1, column 1: The .*\n {8} {2}And its reason\.$/m,
    );
  });
});
