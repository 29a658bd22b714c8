import assert from "node:assert/strict";
import {
  forStudents,
  type Feedback,
  type GradeReport,
  studentPages,
} from "#dist/grading/report/index.js";
import { withTests } from "./oneStudent";
import { sampleReport } from "./sampleReport";

const NOW = new Date("2026-11-22T12:00:00Z");
/** The report with one level for all tests, and what students may see of it: bob's first exercise. */
const shown = (feedback: Feedback, at = NOW) => {
  const report = forStudents(
    withTests(sampleReport(), (test) => ({ ...test, feedback })),
    at,
  );
  return report.submissions[1].exercises[0];
};

describe("forStudents", () => {
  it("forStudents(report) leaves all at the level difference but warnings, and what the sandbox lacks", () => {
    const report = withTests(sampleReport(), (test) => ({
      ...test,
      feedback: { level: "difference" },
    }));
    const isolation = { ...report.isolation, missing: [] };
    const { seed: _, ...open } = report;
    const settings = { ...report.settings, layout: "", total: "", privateTests: [] };
    assert.deepEqual(forStudents(report, NOW), { ...open, settings, isolation, warnings: [] });
  });

  it("forStudents(report) leaves out values, then messages and diagnoses, then the test", () => {
    const [, atMessage] = shown({ level: "message" }).tests;
    assert.deepEqual([atMessage.expected, atMessage.actual], [undefined, undefined]);
    assert.match(atMessage.message ?? "", /expected 3, got -1/);
    assert.match(shown({ level: "message" }).diagnosis ?? "", /average/);

    const atVerdict = shown({ level: "verdict" });
    assert.deepEqual(
      [atVerdict.tests[1].verdict, atVerdict.tests[1].message],
      ["failed", undefined],
    );
    assert.equal(atVerdict.diagnosis, undefined);

    const atNothing = shown({ level: "nothing" });
    assert.deepEqual(atNothing.tests, []);
    assert.equal(atNothing.awarded, 4, "points stay");
  });

  it("forStudents(report, at) tells more from the moment on that the instructor has set", () => {
    const feedback: Feedback = {
      level: "nothing",
      later: { from: "2026-12-01T00:00:00Z", level: "difference" },
    };
    assert.equal(shown(feedback).tests.length, 0);
    assert.match(
      shown(feedback, new Date("2026-12-01T00:00:00Z")).tests[1].expected ?? "",
      /tensor/,
    );
  });

  it("forStudents(report) keeps the secrets of tests out of every field", () => {
    const secret = "SECRET";
    const report: GradeReport = withTests(sampleReport(), (test) => ({
      ...test,
      verdict: "failed",
      title: secret,
      message: secret,
      expected: secret,
      actual: secret,
      feedback: { level: "nothing" },
    }));
    for (const exercise of report.submissions.flatMap(({ exercises }) => exercises))
      exercise.diagnosis = secret;
    assert.doesNotMatch(JSON.stringify(forStudents(report, NOW)), /SECRET/);
  });
});

describe("studentPages", () => {
  const pages = studentPages(sampleReport(), NOW);

  it("studentPages(report) gives a page for each student, with a name that any file system takes", () => {
    assert.equal(pages.size, 3);
    assert(pages.has("ada.html"));
    assert([...pages.keys()].some((name) => /^bob, _jr\._-[0-9a-f]{12}\.html$/.test(name)));
  });

  it("studentPages(report) puts nothing of anybody else's on a page", () => {
    const ada = pages.get("ada.html")!;
    assert.match(ada, /<b>6<\/b> of 6/);
    assert.doesNotMatch(ada, /bob|cleo|dora|median/);
  });

  it("studentPages(report) says whose page it is, and opens what is not right yet", () => {
    const bob = [...pages].find(([name]) => name.startsWith("bob"))![1];
    assert.match(bob, /<h1>Marks: 05-pooling · bob, &lt;jr\.&gt;<\/h1>/);
    assert.match(bob, /<details open><summary><span class="bad">✗ failed<\/span>/);
    assert.match(pages.get("ada.html")!, /<details><summary><span class="good">✓ passed<\/span>/);
  });
});
