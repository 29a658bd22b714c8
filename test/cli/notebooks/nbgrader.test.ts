import assert from "node:assert/strict";
import { expandLesson } from "#dist/cli/notebooks/expand.js";
import { nbgraderNotebook } from "#dist/cli/notebooks/nbgrader.js";
import { code, markdown, rawNotebook } from "./cells";

const double = {
  id: "90.double",
  entry: "double",
  task: "Write `double(x)`.",
  example: "double(3) // → 6",
  starter: "function double(x: number): number {\n  return yourCode();\n}",
  solution: "function double(x: number): number {\n  return 2 * x;\n}",
  points: 3,
};

describe("nbgraderNotebook", () => {
  const raw = rawNotebook(
    [1, markdown("Try it.")],
    [3, code("90.double", { tags: ["exercise"] })],
    [8, code("double(2)")],
  );
  const { cells } = nbgraderNotebook(expandLesson("90-sample", raw, "", [double]), [double]);
  const [text, task, answer, check, hints, use] = cells;

  it("nbgraderNotebook(lesson) marks the answer as a solution, which keeps its starter", () => {
    assert.deepEqual(answer.metadata.nbgrader, {
      schema_version: 3,
      grade_id: "90-double",
      grade: false,
      solution: true,
      locked: false,
      task: false,
    });
    assert.equal(answer.source, double.solution);
    assert.equal(answer.metadata.convbook?.starter, double.starter);
  });

  it("nbgraderNotebook(lesson) locks the check and gives it the exercise's points", () => {
    assert.deepEqual(check.metadata.nbgrader, {
      schema_version: 3,
      grade_id: "90-double-check",
      grade: true,
      solution: false,
      locked: true,
      task: false,
      points: 3,
    });
    assert.equal(check.source, 'await check("90.double", double);');
  });

  it("nbgraderNotebook(lesson) puts hints into a free cell below", () => {
    assert.equal(hints.source, '// hint("90.double")\n// solution("90.double")');
    assert.deepEqual(hints.metadata, {});
    assert.equal(new Set(cells.map(({ id }) => id)).size, cells.length);
  });

  it("nbgraderNotebook(lesson) leaves all other cells as they are", () => {
    assert.deepEqual([text.source, use.source], ["Try it.", "double(2)"]);
    assert.match(task.source, /^\*\*Your task/);
    assert(cells.every(({ metadata }, i) => [2, 3].includes(i) || !("nbgrader" in metadata)));
  });
});
