import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import { type GradeReport, githubClassroomReport } from "#dist/grading/report/index.js";
import { inProject } from "#dist/project/index.js";
import { hostileTexts, withHostileText } from "./hostileTexts";
import { oneStudent, withTests } from "./oneStudent";
import { sampleReport } from "./sampleReport";

const schema = inProject("test", "fixtures", "reports", "github-classroom-result.schema.json");
const conforms = new Ajv({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(schema, "utf8")) as object,
);

interface Result {
  status: string;
  max_score: number;
  tests: { name: string; status: string; score: number; message: string | null }[];
}
/** As the reporter gets it: through Base64. */
function result(report: GradeReport): Result {
  const encoded = Buffer.from(githubClassroomReport(report)).toString("base64");
  const read = JSON.parse(Buffer.from(encoded, "base64").toString("utf8")) as Result;
  assert(conforms(read), JSON.stringify(conforms.errors));
  return read;
}
/** As the reporter adds it up. */
const totalOf = ({ tests }: Result): number => tests.reduce((sum, { score }) => sum + score, 0);
const ofBob = (): GradeReport => oneStudent(sampleReport(), "bob, <jr.>");

describe("githubClassroomReport", () => {
  it("githubClassroomReport(report) passes when all tests do", () => {
    const read = result(oneStudent(sampleReport(), "ada"));
    assert.deepEqual([read.status, read.max_score, totalOf(read)], ["pass", 6, 6]);
  });

  it("githubClassroomReport(report) adds up to the mark, late penalty and overrides included", () => {
    const read = result(ofBob());
    assert.equal(read.status, "fail");
    assert.ok(Math.abs(totalOf(read) - 3.2) < 1e-9);
    const names = read.tests.map(({ name }) => name);
    assert(names.includes("05.poolForward: set to 4 points"));
    assert(names.includes("bob, <jr.>_05-pooling.ipynb: 2 days late"));

    const whole = ofBob();
    Object.assign(whole.submissions[0], { override: { points: 5, reason: "Oral" }, final: 5 });
    assert.ok(Math.abs(totalOf(result(whole)) - 5) < 1e-9);
  });

  it("githubClassroomReport(report) keeps quiet about tests that students may know nothing of", () => {
    const silent = withTests(ofBob(), (test) => ({ ...test, feedback: { level: "nothing" } }));
    const [first] = result(silent).tests;
    assert.deepEqual(first, {
      name: "05.poolForward: further tests",
      status: "fail",
      message: null,
      line_no: 0,
      score: 3,
    });
    assert.doesNotMatch(githubClassroomReport(silent), /poolForward\(x, 3\)/);
  });

  it("githubClassroomReport(an unreadable notebook) fails and says why", () => {
    const read = result(oneStudent(sampleReport(), "cleo"));
    assert.equal(read.status, "fail");
    assert.match(read.tests[0].message ?? "", /It is not JSON/);
  });

  it("githubClassroomReport(report) is well-formed whatever the student writes", () => {
    for (const text of hostileTexts)
      result(oneStudent(withHostileText(sampleReport(), text), `${text}ada`));
  });

  it("githubClassroomReport(report) holds no command to GitHub, whose log it is printed into", () => {
    for (const text of [
      "no\n::notice title=Autograding report::Points 6/6",
      " :::::set-output",
      "x##[error]",
    ]) {
      const report = oneStudent(withHostileText(sampleReport(), text), `${text}bob, <jr.>`);
      assert.doesNotMatch(githubClassroomReport(report), /::|##\[/);
    }
  });

  it("githubClassroomReport(several students) is refused", () => {
    assert.throws(() => githubClassroomReport(sampleReport()), /a report on one student/);
  });
});
