import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readWorth, worthOf } from "#dist/grading/marks/worth.js";

const lesson = {
  name: "05-pooling",
  points: 10,
  exercises: [
    { id: "05.poolForward", title: "", points: 6 },
    { id: "05.globalAverage", title: "", points: 4 },
  ],
};

describe("readWorth(file), worthOf(lesson, rows)", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "convbook-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  const worth = (...rows: string[]) => {
    const file = join(folder, "points.csv");
    writeFileSync(file, ["lesson,exercise,points,bonus", ...rows].join("\n"));
    return worthOf(lesson, readWorth(file));
  };
  const pointsOf = (graded: typeof lesson) => [
    graded.points,
    ...graded.exercises.map(({ points }) => points),
  ];

  it("an exercise is worth what a row says; 0 is not counted; a bonus is on top", () => {
    assert.deepEqual(pointsOf(worth(",05.poolForward,10,")), [14, 10, 4]);
    assert.deepEqual(pointsOf(worth(",05.poolForward,0,no")), [4, 0, 4]);
    assert.deepEqual(pointsOf(worth(",05.globalAverage,5,yes")), [6, 6, 5]);
    assert.deepEqual(worth("2,,7,"), lesson, "of another lesson");
  });

  it("a question that is answered in words comes behind the exercises, with a name and points of its own", () => {
    const file = join(folder, "questions.csv");
    const rows = (...lines: string[]) => {
      writeFileSync(file, ["exercise,points,bonus,question", ...lines].join("\n"));
      return worthOf(lesson, readWorth(file));
    };
    const graded = rows("05.why,4,,Why maxima?", "05.more,1,yes,Anything else?");
    assert.deepEqual(pointsOf(graded as typeof lesson), [14, 6, 4, 4, 1]);
    assert.deepEqual(graded.exercises[2], {
      id: "05.why",
      title: "Why maxima?",
      points: 4,
      inWords: true,
    });
    assert.throws(
      () => rows("05.poolForward,4,,Why?"),
      /is an exercise, so a question needs another name/,
    );
    assert.throws(() => rows("why,4,,Why?"), /needs a name of its own/);
    assert.throws(() => rows("05.why,4,,"), /names 05.why.*needs a text in the column question/);
  });

  it("a lesson's points scale all of it, a bonus too", () => {
    assert.deepEqual(pointsOf(worth("5,,100,")), [100, 60, 40]);
    assert.deepEqual(pointsOf(worth("5,,100,", ",05.globalAverage,3,yes")), [100, 100, 50]);
  });

  const bad: [string, RegExp][] = [
    [",05.nothing,3,", /line 2 names 05\.nothing\. Exercises of 05-pooling: 05\.poolForward, 05/],
    [",05.poolForward,-1,", /line 2: points must be a number of at least 0, but is "-1"/],
    ["05,,3,perhaps", /line 2: bonus must be yes or no, but is "perhaps"/],
    ["05,,3,yes", /line 2: bonus is for an exercise/],
    [",,3,", /line 2 names neither a lesson nor an exercise/],
    ["05,,3,\n5,,4,", /line 3 says again what .*line 2 says/],
    [",05.poolForward,0,\n,05.globalAverage,2,yes", /line 2: nothing of 05-pooling counts/],
  ];
  for (const [rows, message] of bad)
    it(`${JSON.stringify(rows)} is refused`, () => assert.throws(() => worth(rows), message));
});
