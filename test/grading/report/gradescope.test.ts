import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import { type GradeReport, gradescopeReport } from "#dist/grading/report/index.js";
import { inProject } from "#dist/project/index.js";
import { hostileTexts, withHostileText } from "./hostileTexts";
import { oneStudent, withTests } from "./oneStudent";
import { sampleReport } from "./sampleReport";

const schema = inProject("test", "fixtures", "reports", "gradescope-results.schema.json");
const conforms = new Ajv({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(schema, "utf8")) as object,
);

interface Results {
  score: number;
  output: string;
  tests: { name: string; score: number; max_score: number; output: string; visibility: string }[];
}
function results(report: GradeReport): Results {
  const read = JSON.parse(gradescopeReport(report)) as Results;
  assert(conforms(read), JSON.stringify(conforms.errors));
  return read;
}
const ofBob = (): GradeReport => oneStudent(sampleReport(), "bob, <jr.>");

describe("gradescopeReport", () => {
  it("gradescopeReport(report) is what Gradescope documents", () => {
    for (const { student } of sampleReport().submissions)
      results(oneStudent(sampleReport(), student.id));
  });

  it("the schema finds out what Gradescope does not know", () => {
    assert(!conforms({ score: 1, visible: true }));
    assert(!conforms({ tests: [{ name: "without a score" }] }));
    assert(!conforms({ score: 1, tests: [{ visibility: "later" }] }));
  });

  it("gradescopeReport(report) gives the mark as the score, and the points of each test", () => {
    const { score, tests, output } = results(ofBob());
    assert.equal(score, 3.2);
    assert.deepEqual(
      tests.map((test) => [test.score, test.max_score]),
      [
        [3, 3],
        [0, 1],
        [0, 1],
        [0, 1],
      ],
    );
    assert.match(output, /2 days late: 0\.8 points less/);
    assert.match(output, /05\.poolForward was set to 4: The text said "may"/);
  });

  it("gradescopeReport(report) tells a student what the level of each test allows", () => {
    const shownAt = (feedback: GradeReport["settings"]["feedback"]) =>
      results(withTests(ofBob(), (test) => ({ ...test, feedback }))).tests[1];
    assert.equal(shownAt({ level: "nothing" }).visibility, "hidden");
    assert.equal(shownAt({ level: "nothing" }).output, "");
    assert.equal(shownAt({ level: "verdict" }).output, "failed");
    assert.match(shownAt({ level: "message" }).output, /expected 3, got -1/);
    assert.doesNotMatch(shownAt({ level: "message" }).output, /tensor/);
    assert.match(shownAt({ level: "difference" }).output, /actual: tensor/);
    const later = shownAt({ level: "nothing", later: { from: "2026-12-01", level: "verdict" } });
    assert.deepEqual([later.visibility, later.output], ["after_due_date", "failed"]);
  });

  it("gradescopeReport(a notebook within the grace period) says nothing of lateness", () => {
    const report = oneStudent(sampleReport(), "ada");
    report.submissions[0].late = { days: 0, factor: 1, penalty: 0 };
    assert.equal(results(report).output, "ada/05-pooling.ipynb: 6 of 6 points");
  });

  it("gradescopeReport(an unreadable notebook) is 0 points and says why", () => {
    const { score, tests, output } = results(oneStudent(sampleReport(), "cleo"));
    assert.deepEqual([score, tests], [0, []]);
    assert.match(output, /It is not JSON/);
  });

  it("gradescopeReport(two notebooks for one lesson) counts the better, not both", () => {
    const report = sampleReport();
    report.submissions[1].student.id = "ada";
    const { score, tests } = results(oneStudent(report, "ada"));
    assert.deepEqual([score, tests.length], [6, 4]);
  });

  it("gradescopeReport(report) is well-formed whatever the student writes", () => {
    for (const text of hostileTexts)
      results(oneStudent(withHostileText(sampleReport(), text), `${text}ada`));
  });

  it("gradescopeReport(several students) is refused", () => {
    assert.throws(() => gradescopeReport(sampleReport()), /on one student, but got 3 \(ada, bob/);
    assert.throws(() => gradescopeReport({ ...sampleReport(), submissions: [] }), /got none/);
  });

  it("gradescopeReport(a notebook on which the grader failed) is refused: 0 points would be a lie", () => {
    const report = oneStudent(sampleReport(), "ada");
    Object.assign(report.submissions[0], { outcome: "not graded", message: "disk full" });
    assert.throws(() => gradescopeReport(report), /was not graded: disk full/);
  });
});
