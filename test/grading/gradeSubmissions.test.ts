import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import { exerciseById, exercisesOf, solutionListing } from "convbook/authoring";
import {
  type GradeFlags,
  type GradeReport,
  gradeSubmissions,
  readSettings,
  type SubmissionReport,
} from "#dist/grading/index.js";
import { inProject } from "#dist/project/index.js";
import { notebookText } from "./class/notebookText";

const library = 'import { fromFunction, Tensor, tensor, yourCode, zeros } from "convbook";';
const solutionOf = (id: string): string => solutionListing(exerciseById("test", id));
const right = solutionOf("02.reflectIndex");
const wrong = "function reflectIndex(i: number, n: number) { return 0; }";

/** Notebooks of lesson 02 by student: each says what becomes of 02.reflectIndex. */
const notebooks: Record<string, string[]> = {
  all: [library, ...exercisesOf("02").map(solutionListing)],
  nothing: [library],
  starter: [library, exerciseById("test", "02.reflectIndex").starter],
  "right then wrong": [right, wrong],
  "wrong then right": [wrong, right],
  "loose statements": [
    'throw new Error("a cell that fails"); process.exit(3);',
    "const twice = (n: number): number => 2 * (n - 1);",
    "const reflectIndex = (i: number, n: number): number => { const p = twice(n); const w = ((i % p) + p) % p; return w < n ? w : p - w; };",
  ],
  "file system": [
    'import fs from "node:fs";',
    "function reflectIndex(i: number, n: number): number { return fs.readdirSync('.').length; }",
  ],
  "types all wrong": [`${wrong.slice(0, -1)}; ${"nowhere;".repeat(60)} }`],
  "types wrong": [right.replace("{", "{\n  const text: string = 3;\n  console.log(text);\n")],
};

describe("gradeSubmissions(paths, settings)", function () {
  this.timeout(120_000);
  let folder: string;
  let report: GradeReport;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "convbook-"));
    for (const [student, cells] of Object.entries(notebooks))
      writeFileSync(join(folder, `${student}_02-padding.ipynb`), notebookText(cells));
    writeFileSync(join(folder, "cut_02-padding.ipynb"), '{"cells": [');
    writeFileSync(join(folder, "homework.ipynb"), notebookText(["1"]));
    ({ report } = await grade([folder], { out: join(folder, "out") }));
  });
  after(() => rmSync(folder, { recursive: true }));

  const grade = async (paths: string[], flags: GradeFlags = {}) =>
    gradeSubmissions(paths, await readSettings(flags));
  const of = (student: string, from = report): SubmissionReport =>
    from.submissions.find((submission) => submission.student.id === student)!;
  const reflected = (student: string) =>
    of(student).exercises.find(({ id }) => id === "02.reflectIndex")!;

  it("--out is no folder that students can write into: results found there would be believed", async () => {
    for (const out of [folder, join(folder, "..")])
      await assert.rejects(
        grade([folder], { out }),
        /--out .* holds .*, which may be a submission/,
      );
  });

  it("the report conforms to its schema, in the order of lesson and student", () => {
    const schema = inProject("src", "grading", "report", "GradeReport.schema.json");
    const conforms = new Ajv().compile(JSON.parse(readFileSync(schema, "utf8")) as object);
    assert(conforms(JSON.parse(JSON.stringify(report))), JSON.stringify(conforms.errors));
    const students = report.submissions.map(({ student }) => student.id);
    assert.deepEqual(students, [...Object.keys(notebooks), "cut"].sort().concat("homework"));
    assert(report.isolation.active.length > 0);
  });

  it("points for what is solved, none for what is missing", () => {
    const points = exercisesOf("02").reduce((sum, exercise) => sum + exercise.points, 0);
    assert.deepEqual([of("all").final, of("all").points], [points, points]);
    assert.deepEqual([of("nothing").final, of("nothing").points], [0, points]);
    assert.equal(reflected("nothing").verdict, "not attempted");
    assert.equal(reflected("nothing").code, undefined);
    assert.equal(reflected("starter").verdict, "not attempted");
  });

  it("the last definition counts, and the report says that there were others", () => {
    assert.equal(reflected("right then wrong").verdict, "failed");
    assert.match(reflected("right then wrong").remarks[0], /declared in 2 cells/);
    assert.equal(reflected("wrong then right").verdict, "passed");
  });

  it("no loose statement runs; helpers and arrow functions are found", () => {
    assert.equal(reflected("loose statements").verdict, "passed");
  });

  it("an import that is not the course's is refused, with the reason", () => {
    assert.equal(reflected("file system").verdict, "refused");
    assert.match(reflected("file system").message ?? "", /"node:fs"/);
    assert.equal(of("file system").final, 0);
  });

  it("a cell with a type error is refused, as the kernel refuses it, and its line is reported", () => {
    const { verdict, message, typeErrors } = reflected("types wrong");
    assert.equal(verdict, "error");
    assert.match(
      message ?? "",
      /The kernel refuses a cell that it needs \(cell \d, line \d+, column/,
    );
    assert.equal(typeErrors.length, 1);
    assert.match(typeErrors[0].message, /not assignable to type 'string'/);
    assert.equal(typeErrors[0].line, 2 + right.slice(0, right.indexOf("{")).split("\n").length - 1);
  });

  it("of very many type errors some are shown, and how many there are", () => {
    const { typeErrors, remarks } = reflected("types all wrong");
    assert.equal(typeErrors.length, 50);
    assert.match(remarks.join(), /It has 60 type errors: the first 50 are shown/);
  });

  it("a file that is no notebook, and one of no lesson, earn nothing and say why", () => {
    assert.equal(of("cut").outcome, "unreadable");
    assert.match(of("cut").message ?? "", /cut off while it was saved/);
    assert.equal(of("homework").outcome, "unreadable");
    assert.match(of("homework").message ?? "", /use --lesson/);
  });

  it("a second run takes what is there, grades only what has changed, and reports the same", async () => {
    const out = join(folder, "out");
    const again = await grade([folder], { out });
    assert.deepEqual([again.run.graded, again.run.kept], [0, Object.keys(notebooks).length]);
    assert.deepEqual(again.report, report);
    const [one] = readdirSync(join(out, "results"));
    rmSync(join(out, "results", one));
    const mended = await grade([folder], { out, jobs: "1" });
    assert.equal(mended.run.graded, 1);
    assert.deepEqual(mended.report, report);
  });

  it("private tests, lateness, overrides and feedback come together in the report", async () => {
    const tests = join(folder, "private", "02");
    mkdirSync(tests, { recursive: true });
    const mine = `{ title: "mine", points: 5, async run(f) { if (await f(0, 4) !== 0) throw new Error("no"); } }`;
    writeFileSync(join(tests, "reflectIndex.js"), `exports.tests = [${mine}];`);
    writeFileSync(
      join(folder, "overrides.csv"),
      "student,lesson,exercise,points,reason\nwrong then right,02,02.zeroPad,2,shown in class\ndora,02,,1,x\n",
    );
    writeFileSync(
      join(folder, "times.csv"),
      "student,submitted\nwrong then right,2026-11-21T12:00Z\n",
    );
    const laid = await grade([join(folder, "wrong then right_02-padding.ipynb")], {
      privateTests: join(folder, "private"),
      overrides: join(folder, "overrides.csv"),
      submitted: join(folder, "times.csv"),
      due: "2026-11-20T18:00Z",
      late: "10%/day",
      feedback: "message",
      seed: "5",
    });
    const submission = of("wrong then right", laid.report);
    const exercise = submission.exercises.find(({ id }) => id === "02.reflectIndex")!;
    const { points } = exerciseById("test", "02.reflectIndex");
    assert.deepEqual(laid.report.settings.privateTests, ["02.reflectIndex"]);
    assert.deepEqual([exercise.points, exercise.awarded], [points + 5, points + 5]);
    const shown = exercise.tests.map((test) => [test.private, test.feedback.level]);
    assert.deepEqual(shown.at(-1), [true, "verdict"]);
    assert.deepEqual(shown[0], [false, "message"]);
    assert.equal(laid.report.seed, 5);
    assert.equal(submission.submitted?.foundIn, "times.csv");
    assert.deepEqual([submission.earned, submission.late?.days], [points + 5, 1]);
    assert.equal(submission.final, Math.round(90 * (points + 5 + 2)) / 100);
    assert.match(laid.report.warnings.join(), /names dora, who handed in nothing/);
    assert.doesNotMatch(laid.report.warnings.join(), /list of times/);
  });

  it("a list of times that leaves somebody out is a warning: a penalty would come unseen", async () => {
    writeFileSync(join(folder, "others.csv"), "student,submitted\nAll,2026-11-21T12:00Z\n");
    const { report } = await grade([join(folder, "all_02-padding.ipynb")], {
      submitted: join(folder, "others.csv"),
      due: "2026-11-20T18:00Z",
    });
    assert.deepEqual(report.warnings, [
      "The list of times does not name 1 of the submissions, which have another time: " +
        "all, all_02-padding.ipynb (the file's time of change).",
    ]);
  });
});
