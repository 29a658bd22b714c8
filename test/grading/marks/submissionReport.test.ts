import assert from "node:assert/strict";
import { exercisesOf } from "convbook/authoring";
import { gradableLesson } from "#dist/grading/GradableLesson.js";
import { readFeedback } from "#dist/grading/marks/feedback.js";
import { idleOverrides, type OverrideRow, unreadAnswers } from "#dist/grading/marks/overrides.js";
import {
  type Decisions,
  type Graded,
  submissionReport,
} from "#dist/grading/marks/submissionReport.js";
import { NO_PRIVATE_TESTS } from "#dist/grading/privateTests.js";

describe("submissionReport(handedIn, graded, decisions)", () => {
  const lesson = gradableLesson("02-padding", NO_PRIVATE_TESTS);
  const handedIn = {
    student: { id: "ada", foundIn: "the file's name" },
    file: "ada_02-padding.ipynb",
    sha256: "0".repeat(64),
    submitted: { at: "2026-11-21T00:00:00Z", foundIn: "a list" },
  };
  /** Full points in the first exercise, none in the others. */
  const graded: Graded = {
    outcome: "graded",
    lesson,
    notebook: {
      exercises: exercisesOf("02").map(({ id, title, points, tests }, i) => ({
        id,
        title,
        points,
        earned: i === 0 ? points : 0,
        verdict: i === 0 ? "passed" : "failed",
        changedInput: false,
        remarks: [],
        typeErrors: [],
        tests: tests.map((test) => ({
          title: test.title,
          points: test.points ?? 1,
          earned: i === 0 ? (test.points ?? 1) : 0,
          verdict: i === 0 ? "passed" : "failed",
        })),
      })),
    },
  };
  const [first, second] = exercisesOf("02");
  const late = { due: "2026-11-20T12:00:00Z", grace: 0, percentPerDay: 50, floorPercent: 0 };
  const decide = (rest: Partial<Decisions> = {}) =>
    submissionReport(handedIn, graded, {
      feedback: readFeedback("message"),
      overrides: [],
      ...rest,
    });
  const row = (rest: Partial<OverrideRow>): OverrideRow => ({
    where: "here",
    student: "ada",
    lesson: "02-padding",
    points: 0,
    reason: "because",
    ...rest,
  });

  it("without decisions the mark is what the tests gave, and every test says what students see", () => {
    const { earned, final, points, exercises } = decide();
    assert.deepEqual([earned, final, points], [first.points, first.points, lesson.summary.points]);
    assert(
      exercises.every(({ tests }) => tests.every(({ feedback }) => feedback.level === "message")),
    );
  });

  it("an override of an exercise stands in place of its points, and lateness takes from the sum", () => {
    const overrides = [row({ exercise: second.id, points: 1.5, reason: "typo in the text" })];
    const report = decide({ overrides, late });
    assert.deepEqual(report.exercises[1].override, { points: 1.5, reason: "typo in the text" });
    assert.equal(report.exercises[1].earned, 0);
    assert.equal(report.exercises[1].awarded, 1.5);
    assert.equal(report.earned, first.points);
    assert.equal(report.late?.penalty, (first.points + 1.5) / 2);
    assert.equal(report.final, (first.points + 1.5) / 2);
  });

  it("an override of the submission is the mark, late or not; one of another student is none", () => {
    const overrides = [row({ points: 9 }), row({ student: "bob", points: 1 })];
    const report = decide({ overrides, late });
    assert.deepEqual([report.final, report.override?.points, report.late?.days], [9, 9, 1]);
  });

  it("what cannot be read earns nothing of the lesson's points, unless the instructor says so", () => {
    const unreadable: Graded = { outcome: "unreadable", lesson, message: "It is empty." };
    const decisions: Decisions = { feedback: readFeedback("message"), overrides: [] };
    const report = submissionReport(handedIn, unreadable, decisions);
    assert.deepEqual(
      [report.final, report.points, report.message, report.exercises],
      [0, lesson.summary.points, "It is empty.", []],
    );
    const overrides = [row({ points: 4 })];
    assert.equal(submissionReport(handedIn, unreadable, { ...decisions, overrides }).final, 4);
  });

  it("a question in words earns what is given by hand, and nothing until then, with a warning that counts it", () => {
    const question = { lesson: "02-padding", exercise: "02.why", question: "Why pad?" };
    const decisions: Decisions = {
      feedback: readFeedback("message"),
      overrides: [],
      worth: [{ where: "points.csv, line 2", ...question, points: 4, bonus: false }],
    };
    const [first] = exercisesOf("02");
    const before = submissionReport(handedIn, graded, decisions);
    assert.equal(before.points, lesson.summary.points + 4);
    assert.equal(before.final, first.points);
    assert.equal(before.exercises.at(-1)!.verdict, "by hand");
    assert.deepEqual(unreadAnswers([before]), [
      "1 answer to 02.why has no points yet: --review shows them.",
    ]);
    const given = row({ exercise: "02.why", points: 3, comment: "Corners?" });
    const after = submissionReport(handedIn, graded, { ...decisions, overrides: [given] });
    assert.equal(after.final, first.points + 3);
    assert.equal(after.exercises.at(-1)!.comment, "Corners?");
    assert.deepEqual([...unreadAnswers([after]), ...idleOverrides([given], [after])], []);
  });

  it("points by hand are of what the exercise is worth before the whole is brought to a scale", () => {
    const question = { lesson: "02-padding", exercise: "02.why", question: "Why pad?" };
    const scale = { where: "points.csv, line 3", lesson: "02-padding", points: 10, bonus: false };
    const worth = [{ where: "points.csv, line 2", ...question, points: 4, bonus: false }];
    const whole = lesson.summary.points + 4;
    const factor = (10 * whole) / whole ** 2; // to ten points
    const given = row({ exercise: "02.why", points: 4 });
    const decisions: Decisions = { feedback: readFeedback("message"), overrides: [given], worth };
    const report = submissionReport(handedIn, graded, { ...decisions, worth: [...worth, scale] });
    const { points, awarded } = report.exercises.at(-1)!;
    assert(Math.abs(points - 4 * factor) < 1e-9 && Math.abs(awarded - points) < 0.01);
    assert(Math.abs(report.final - (exercisesOf("02")[0].points + 4) * factor) < 0.05);
    assert.deepEqual(
      idleOverrides([given], [report], () => factor),
      [],
    );
    const over = idleOverrides([{ ...given, points: 5 }], [report], () => factor);
    assert.match(over.join(), /sets 5 points for ada, of 4 that there are/);
  });
});
