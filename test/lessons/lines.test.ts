import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { exercisesOf } from "convbook/authoring";
import { lessonFolder, lessonNames } from "#dist/project/index.js";

/** What JupyterLab shows without scrolling, beside its sidebar on an ordinary screen. */
const LONGEST_LINE = 100;

describe("the code of the lessons", () => {
  for (const lesson of lessonNames())
    it(`of ${lesson} has lines of at most ${LONGEST_LINE} letters`, () => {
      const text = readFileSync(join(lessonFolder(lesson), "lesson.md"), "utf8");
      const cells = [...text.matchAll(/^```\{code-cell\} typescript\n([\s\S]*?)^```/gm)];
      assert(cells.length > 0, "no cell was found");
      const code = [...cells.map(([, cell]) => cell), ...exercisesOf(lesson).map(starterOf)];
      const long = code.flatMap((cell) => cell.split("\n")).filter(isLong);
      assert.deepEqual(long, []);
    });
});

function starterOf({ starter }: { starter: string }): string {
  return starter;
}

function isLong(line: string): boolean {
  return [...line].length > LONGEST_LINE;
}
