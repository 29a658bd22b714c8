import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { idleOverrides, overrideFor, readOverrides } from "#dist/grading/marks/overrides.js";
import { sampleReport } from "../report/sampleReport";

describe("readOverrides(file)", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "convbook-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  const written = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const head = "student,lesson,exercise,points,reason\n";

  it("CSV and JSON say the same", () => {
    const csv = readOverrides(
      written("a.csv", `\uFEFF${head}ada,05,,9,"fell ill, see mail"\nbob,,05.twin,2.5,bonus\n`),
    );
    const json = readOverrides(
      written(
        "a.json",
        JSON.stringify([
          { student: "ada", lesson: "05-pooling", points: 9, reason: "fell ill, see mail" },
          { student: "bob", exercise: "05.twin", points: "2.5", reason: "bonus" },
        ]),
      ),
    );
    const withoutOrigin = (rows: typeof csv) => rows.map(({ where: _, ...row }) => row);
    assert.deepEqual(withoutOrigin(csv), withoutOrigin(json));
    assert.deepEqual(overrideFor(csv, "ada", "05-pooling"), {
      points: 9,
      reason: "fell ill, see mail",
    });
    assert.equal(overrideFor(csv, "ada", "02-padding"), undefined);
    assert.equal(overrideFor(csv, "ada", "05-pooling", "05.twin"), undefined);
    assert.equal(overrideFor(csv, "bob", "05-pooling", "05.twin")?.points, 2.5);
  });

  it("a JSON file that holds something else than records is refused in words", () => {
    for (const text of ["{}", "3", "null", "[null]", '["ada"]'])
      assert.throws(
        () => readOverrides(written("other.json", text)),
        /other\.json cannot be read as a table: it should hold a list of records/,
      );
  });

  it("a CSV as a spreadsheet may leave it: semicolons, and 5 for lesson 05", () => {
    const text = "student;lesson;points;reason\r\nada;5;9;fell ill, see mail\r\n";
    const [{ lesson, reason }] = readOverrides(written("excel.csv", text));
    assert.deepEqual([lesson, reason], ["05-pooling", "fell ill, see mail"]);
  });

  const bad: [string, string, RegExp][] = [
    ["points that are no number", `${head}ada,05,,many,x`, /line 2: points must be a number/],
    ["no reason", `${head}ada,05,,3,`, /line 2 has no reason/],
    ["an unknown column", "student,points,why\nada,3,x", /column "why". Columns: student, points/],
    [
      "an unknown lesson",
      `${head}ada,99,,3,x`,
      /line 2: lesson must be the number or name of a lesson/,
    ],
    [
      "the same mark twice",
      `${head}ada,05,,3,x\nada,05-pooling,,4,y`,
      /line 3 sets the same mark as .*line 2/,
    ],
  ];
  for (const [what, text, message] of bad)
    it(`${what} is refused`, () =>
      assert.throws(() => readOverrides(written("bad.csv", text)), message));

  it("a file that is not there, or no table, is named", () => {
    assert.throws(
      () => readOverrides(join(folder, "gone.csv")),
      /gone\.csv cannot be read \(ENOENT/,
    );
    assert.throws(
      () => readOverrides(written("no.json", "{")),
      /no\.json cannot be read as a table/,
    );
  });

  it("idleOverrides(rows, submissions) names those that meet nobody", () => {
    const rows = readOverrides(
      written(
        "idle.csv",
        `${head}ada,05,,3,x\ndora,05,,3,x\nada,02,,3,x\nada,,05.nothing,1,x\nada,,05.poolForward,1,x`,
      ),
    );
    const idle = idleOverrides(rows, sampleReport().submissions);
    assert.equal(idle.length, 3);
    assert.match(idle[0], /line 3 names dora, who handed in nothing/);
    assert.match(idle[1], /line 4 names 02-padding, which ada did not hand in/);
    assert.match(idle[2], /line 5 names exercise 05.nothing/);
  });

  it("idleOverrides(rows, submissions) names those that give more than there is, which may be meant", () => {
    const rows = readOverrides(
      written("most.csv", `${head}ada,05,05.poolForward,99,x\nada,05,,99,x`),
    );
    const idle = idleOverrides(rows, sampleReport().submissions);
    assert.match(idle[0], /line 2 sets 99 points for ada, of 4 that there are/);
    assert.match(idle[1], /line 3 sets 99 points for ada, of 6 that there are/);
  });
});
