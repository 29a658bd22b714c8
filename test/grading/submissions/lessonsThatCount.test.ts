import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exercisesOf, solutionListing } from "convbook/authoring";
import { gradeSubmissions, readSettings } from "#dist/grading/index.js";
import { csvReport, gradescopeReport } from "#dist/grading/report/index.js";
import { lessonsThatCount } from "#dist/grading/submissions/lessonsThatCount.js";
import { notebookText } from "../class/notebookText";

const [TWO, THREE] = ["02-padding", "03-stride"];

/** What a student handed in: the file's main lesson first. */
function file(student: string, [main, ...others]: string[], warning?: string) {
  const lessons = [main, ...others].sort();
  return {
    file: `${student}.ipynb`,
    students: [student],
    lessons,
    main,
    ...(warning && { warning }),
  };
}

describe("lessonsThatCount(files)", () => {
  const cases: [title: string, files: ReturnType<typeof file>[], besides: string[]][] = [
    ["one lesson counts", [file("ada", [TWO]), file("ben", [TWO])], []],
    ["a file alone counts", [file("ada", [TWO], "named otherwise")], []],
    ["of one file, what it is handed in as", [file("ada", [TWO, THREE])], [THREE]],
    ["one found only beside another", [file("ada", [TWO]), file("mal", [TWO, THREE])], [THREE]],
    ["one found only under another's name", [file("a", [TWO]), file("m", [THREE], "?")], [THREE]],
    [
      "two that half of the class has merged",
      [file("ada", [TWO, THREE]), file("ben", [TWO, THREE]), file("cid", [TWO])],
      [],
    ],
    [
      "of one student's two files, the one that is chosen",
      [file("a", [TWO]), file("a", [THREE])],
      [THREE],
    ],
    ["two, each handed in by itself", [file("ada", [TWO]), file("ben", [THREE])], []],
    [
      "one that one student of three handed in, in a file of its own",
      [file("ada", [TWO]), file("ben", [TWO]), file("mal", [TWO]), file("mal", [THREE])],
      [THREE],
    ],
    [
      "one that is in most of the files, which are one student's",
      [
        file("ada", [TWO]),
        file("ben", [TWO]),
        ...[..."123456"].map(() => file("mal", [TWO, THREE])),
      ],
      [THREE],
    ],
    [
      "one that half as many handed in as that of most",
      [..."abcd"].map((one) => file(one, [TWO])).concat(file("a", [THREE]), file("b", [THREE])),
      [THREE],
    ],
    [
      "two that nearly all handed in",
      [..."abcd"]
        .map((one) => file(one, [TWO]))
        .concat([..."abc"].map((one) => file(one, [THREE]))),
      [],
    ],
    [
      "one that nearly nobody handed in, a file of its own though it is",
      [..."abcde"]
        .map((one) => file(one, [TWO]))
        .concat(file("mal", [THREE]), file("mal", [THREE])),
      [THREE],
    ],
  ];
  for (const [title, files, besides] of cases)
    it(title, () => assert.deepEqual([...lessonsThatCount(files).besides.keys()], besides));

  it("say who says so, and warn where nobody said that several count", () => {
    const two = [
      file("ada", [TWO]),
      file("ben", [TWO]),
      file("ben", [THREE]),
      file("ada", [THREE]),
    ];
    assert.deepEqual(lessonsThatCount(two, [THREE, TWO]), {
      besides: new Map(),
      inWords: "02-padding, 03-stride, as --lesson says",
      warnings: [],
    });
    const { inWords, warnings } = lessonsThatCount(two);
    assert.match(
      inWords,
      /^02-padding \(2 of 2 students\), 03-stride \(2 of 2 students\), as what/,
    );
    assert.match(warnings.join(), /add up 2 lessons, 02-padding .*, 03-stride .* with --lesson/);
    const own = two.slice(1, 3).map((one) => ({ ...one, isOwn: true }));
    assert.deepEqual(lessonsThatCount(own).warnings, [], "a learner's own lessons");
    assert.deepEqual(lessonsThatCount(two.slice(0, 2)).warnings, [], "one lesson");
  });
});

describe("a student adds solved checks of another lesson", function () {
  this.timeout(900_000);
  let folder: string;
  const solved = (lesson: string, count: number): string[] =>
    exercisesOf(lesson)
      .slice(0, count)
      .flatMap((exercise) => [
        solutionListing(exercise),
        `await check("${exercise.id}", ${exercise.entry});`,
      ]);
  const library = 'import { check, fromFunction, Tensor, tensor, zeros } from "convbook";';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "convbook-"));
    const handIn = (student: string, cells: string[]): void => {
      mkdirSync(join(folder, student));
      writeFileSync(join(folder, student, "02-padding.ipynb"), notebookText([library, ...cells]));
    };
    handIn("ada", solved("02", 2));
    handIn("mallory", [...solved("02", 1), ...solved("03", 5)]);
    handIn("trudy", solved("03", 5));
  });
  after(() => rmSync(folder, { recursive: true }));
  const totals = async (
    lesson?: string,
    paths = [folder],
  ): Promise<{ [student: string]: number }> => {
    const settings = await readSettings(lesson === undefined ? {} : { lesson });
    const { report } = await gradeSubmissions(paths, settings);
    const rows = csvReport(report).trimEnd().split("\r\n");
    const at = rows[0].split(",").lastIndexOf("total") - rows[0].split(",").length;
    return Object.fromEntries(
      rows.slice(1).map((row) => [row.split(",")[0], Number(row.split(",").at(at))]),
    );
  };

  it("and the total is that of the lesson which is graded, unless the instructor names both", async () => {
    const alone = await totals("02");
    const both = await totals("02,03");
    assert(both.mallory > alone.mallory && both.trudy > 0, JSON.stringify({ alone, both }));
    assert.equal(both.ada, alone.ada);
    const two = ["ada", "mallory"].map((student) => join(folder, student));
    const { ada, mallory } = await totals(undefined, two);
    assert.deepEqual({ ada, mallory }, { ada: alone.ada, mallory: alone.mallory });
  });

  it("in Gradescope too, where a second notebook was handed in: by the policy, and never both", async () => {
    const own = mkdtempSync(join(tmpdir(), "convbook-two-"));
    const [both, out] = [join(own, "both"), join(own, "out")];
    mkdirSync(both);
    writeFileSync(join(both, "02-padding.ipynb"), notebookText([library, ...solved("02", 3)]));
    writeFileSync(join(both, "03-stride.ipynb"), notebookText([library, ...solved("03", 2)]));
    const [early, late] = [new Date("2026-01-01"), new Date("2026-02-01")];
    utimesSync(join(both, "02-padding.ipynb"), early, early);
    utimesSync(join(both, "03-stride.ipynb"), late, late);
    const finals: { [lesson: string]: number } = {};
    for (const count of ["best", "first", "last"] as const) {
      const settings = await readSettings({ layout: "student", count, out });
      const { report } = await gradeSubmissions([both], settings);
      const { score } = JSON.parse(gradescopeReport(report)) as { score: number };
      for (const { lesson, final } of report.submissions) finals[lesson!] = final;
      assert(finals[TWO] > 0 && finals[THREE] > 0 && finals[TWO] !== finals[THREE]);
      const expected = {
        best: Math.max(finals[TWO], finals[THREE]),
        first: finals[TWO],
        last: finals[THREE],
      };
      assert.equal(score, expected[count], count);
      assert.match(
        report.warnings.join("\n"),
        new RegExp(
          `counts for no total: one student handed in ${TWO} and ${THREE}, .* counts, the ${count}\\.`,
        ),
      );
    }
    const settings = await readSettings({ layout: "student", lesson: "02,03", out });
    const { report } = await gradeSubmissions([both], settings);
    const { score } = JSON.parse(gradescopeReport(report)) as { score: number };
    assert.equal(score, finals[TWO] + finals[THREE], "both, where the instructor names both");
    rmSync(own, { recursive: true });
  });

  it("in Gradescope too, where the notebook is graded alone", async () => {
    const { report } = await gradeSubmissions(
      [join(folder, "mallory")],
      await readSettings({ layout: "student" }),
    );
    const { score } = JSON.parse(gradescopeReport(report)) as { score: number };
    const own = report.submissions.find(({ lesson }) => lesson === "02-padding")!.final;
    assert(own > 0 && score === own, `${score} for ${own}`);
    assert.match(report.warnings.join("\n"), /03-stride counts for no total, .*mallory|02-padding/);
  });
});
