import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gradableLesson } from "#dist/grading/GradableLesson.js";
import { readExtensions } from "#dist/grading/marks/extensions.js";
import { readFeedback } from "#dist/grading/marks/feedback.js";
import { type Marked, markClass } from "#dist/grading/marks/markClass.js";
import type { Decisions } from "#dist/grading/marks/submissionReport.js";
import { NO_PRIVATE_TESTS } from "#dist/grading/privateTests.js";

/** A notebook with a fraction of its lesson's points in every exercise. */
function marked(name: string, at: string, fraction = 1, file = `ada_${name}.ipynb`): Marked {
  const lesson = gradableLesson(name, NO_PRIVATE_TESTS);
  const exercises = lesson.exercises.map(({ id, title, points }) => ({
    id,
    title,
    points,
    earned: points * fraction,
    verdict: "failed" as const,
    changedInput: false,
    remarks: [],
    typeErrors: [],
    tests: [],
  }));
  return {
    handedIn: {
      student: { id: "ada", foundIn: "" },
      file,
      sha256: "",
      submitted: { at, foundIn: "a list" },
    },
    graded: { outcome: "graded", lesson, notebook: { exercises } },
  };
}

describe("markClass(all, decisions)", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "convbook-"));
  });
  after(() => rmSync(folder, { recursive: true }));
  const extensions = (...rows: string[]) => {
    const file = join(folder, "extensions.csv");
    writeFileSync(file, ["student,lesson,until,days,reason", ...rows].join("\n"));
    return readExtensions(file);
  };
  const dues = { "02-padding": "2026-11-10T12:00:00Z", "05-pooling": "2026-11-20T12:00:00Z" };
  const late = { dues, grace: 0, percentPerDay: 10, floorPercent: 50 };
  const decide = (rest: Partial<Decisions>): Decisions => ({
    feedback: readFeedback("message"),
    overrides: [],
    late,
    ...rest,
  });

  it("slip days go to the lessons in the order in which they were due, and no further", () => {
    const all = [
      marked("05-pooling", "2026-11-22T11:00:00Z"), // two days late
      marked("02-padding", "2026-11-11T11:00:00Z"), // one
    ];
    const used = (slipDays: number) =>
      markClass(all, decide({ late: { ...late, slipDays } })).map(({ lesson, late }) => [
        lesson,
        late?.days,
        late?.slipDays,
        late?.factor,
      ]);
    assert.deepEqual(used(0), [
      ["02-padding", 1, undefined, 0.9],
      ["05-pooling", 2, undefined, 0.8],
    ]);
    assert.deepEqual(used(2), [
      ["02-padding", 1, 1, 1],
      ["05-pooling", 2, 1, 0.9],
    ]);
    assert.deepEqual(used(9), [
      ["02-padding", 1, 1, 1],
      ["05-pooling", 2, 2, 1],
    ]);
  });

  it("a slip day is kept where it would gain nothing: no points, or the floor all the same", () => {
    const none = marked("02-padding", "2026-11-11T11:00:00Z", 0);
    const veryLate = marked("02-padding", "2026-12-11T11:00:00Z");
    for (const one of [none, veryLate]) {
      const [{ late: lost }] = markClass([one], decide({ late: { ...late, slipDays: 2 } }));
      assert.equal(lost?.slipDays, undefined);
    }
  });

  it("an extension moves a student's own date, of one lesson or of all", () => {
    const all = [marked("02-padding", "2026-11-12T11:00:00Z")];
    const penalty = (...rows: string[]) =>
      markClass(all, decide({ extensions: extensions(...rows) })).map(({ late, extension }) => [
        late?.days,
        extension?.due,
      ]);
    assert.deepEqual(penalty("ben,,,5,ill"), [[2, undefined]]);
    assert.deepEqual(penalty("ada,,,5,ill"), [[undefined, "2026-11-15T12:00:00.000Z"]]);
    assert.deepEqual(penalty("ada,2,,1,ill", "ada,,,5,ill"), [[1, "2026-11-11T12:00:00.000Z"]]);
    assert.deepEqual(penalty("ada,02,2026-11-12T11:00Z,,ill"), [
      [undefined, "2026-11-12T11:00:00.000Z"],
    ]);
  });

  it("files of one time count in the order of what was added to a name that was taken", () => {
    const [at, ...names] = [
      "2026-11-20T10:00:00.000Z",
      "05.ipynb",
      "05 (1).ipynb",
      "05 (10).ipynb",
    ];
    for (const files of [names, ["05.ipynb", "05-Copy1.ipynb", "05-Copy2.ipynb"]]) {
      const all = files.map((file) => marked("05-pooling", at, 0.5, file));
      for (const [policy, file] of [
        ["last", files[2]],
        ["first", files[0]],
      ] as const)
        assert.deepEqual(
          markClass([...all].reverse(), decide({ files: policy }))
            .filter(({ notCounted }) => !notCounted)
            .map((one) => one.file),
          [file],
        );
    }
  });

  it("of several notebooks the best, the last or the first counts, and the others say that they do not", () => {
    const all = [
      marked("02-padding", "2026-11-02T12:00:00Z", 1, "b.ipynb"),
      marked("02-padding", "2026-11-01T12:00:00Z", 0.5, "a.ipynb"),
      marked("02-padding", "2026-11-03T12:00:00Z", 0, "c.ipynb"),
    ];
    const counted = (files?: Decisions["files"]) =>
      markClass(all, decide({ files })).flatMap(({ file, notCounted }) => (notCounted ? [] : file));
    assert.deepEqual(counted(), ["b.ipynb"]);
    assert.deepEqual(counted("best"), ["b.ipynb"]);
    assert.deepEqual(counted("last"), ["c.ipynb"]);
    assert.deepEqual(counted("first"), ["a.ipynb"]);
    const { handedIn, graded } = all[2];
    const broken: Marked = {
      handedIn: { ...handedIn, file: "d.ipynb" },
      graded: { outcome: "unreadable", lesson: graded.lesson!, message: "" },
    };
    const reports = markClass([broken, ...all], decide({ files: "last" }));
    assert.deepEqual(
      reports.filter(({ notCounted }) => !notCounted).map(({ file }) => file),
      ["c.ipynb"],
    );
  });

  it("points of a bonus come on top of the lesson's, in every test's part", () => {
    const lesson = gradableLesson("02-padding", NO_PRIVATE_TESTS);
    const [first, ...others] = lesson.exercises;
    const row = { where: "", lesson: "02-padding", exercise: first.id, points: 10, bonus: true };
    const [report] = markClass(
      [marked("02-padding", "2026-11-01T12:00:00Z")],
      decide({ worth: [row] }),
    );
    const rest = others.reduce((sum, { points }) => sum + points, 0);
    assert.deepEqual([report.points, report.final], [rest, rest + 10]);
    assert.deepEqual([report.exercises[0].points, report.exercises[0].earned], [10, 10]);
  });

  it("an extension without a time, with both, or twice is refused, with the line", () => {
    assert.throws(() => extensions("ada,,,,ill"), /line 2 needs either until, a date and time, or/);
    assert.throws(() => extensions("ada,,2026-11-12T11:00Z,3,ill"), /line 2 needs either/);
    assert.throws(() => extensions("ada,,,3,"), /line 2 has no reason/);
    assert.throws(() => extensions("ada,,,-3,ill"), /line 2: days must be a number above 0/);
    assert.throws(() => extensions("ada,,,3,ill", "ada,,,4,ill"), /line 3 extends the same as/);
  });
});
