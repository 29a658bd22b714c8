import assert from "node:assert/strict";
import { expandLesson } from "#dist/cli/notebooks/expand.js";
import { code, markdown, notebook, rawNotebook } from "./cells";

const double = {
  id: "90.double",
  entry: "double",
  task: "Write `double(x)`.",
  example: "double(3) // → 6",
  starter: "function double(x: number): number {\n  return yourCode();\n}",
};
const exerciseCell = code(" 90.double ", { tags: ["exercise"] });

describe("expandLesson", () => {
  it("expandLesson(a cell tagged exercise) replaces it by the task, the starter and the check", () => {
    const raw = rawNotebook([1, markdown("Try it.")], [3, exerciseCell], [8, code("double(2)")]);
    const { cells } = expandLesson("90-sample", raw, "", [double]).notebook;
    assert.deepEqual(
      cells.map(({ source }) => source),
      [
        "Try it.",
        "**Your task.** Write `double(x)`.\n\n```typescript\ndouble(3) // → 6\n```",
        double.starter,
        'await check("90.double", double);\n// hint("90.double")\n// solution("90.double")',
        "double(2)",
      ],
    );
    assert.deepEqual(
      cells.slice(1, 2).map(({ id, cell_type }) => [id, cell_type]),
      [["90-double-task", "markdown"]],
    );
    assert.deepEqual(
      cells.slice(2, 4).map(({ id, metadata }) => ({ id, metadata })),
      ["answer", "check"].map((role) => ({
        id: `90-double-${role}`,
        metadata: { convbook: { exercise: "90.double", role } },
      })),
    );
  });

  it("expandLesson(a lesson) says on which line of lesson.md each cell's source begins", () => {
    const text = "---\n---\n\nText.\n\n```{code-cell}\n:tags: [a]\n\nconst x = 1;\nx\n```\n";
    const raw = rawNotebook([3, markdown("Text.")], [6, code("const x = 1;\nx", { tags: ["a"] })]);
    assert.deepEqual(expandLesson("90-sample", raw, text, []).lines, [4, 9]);
  });

  it("expandLesson(a lesson with one more cell) leaves the identities of the others", () => {
    const identities = (...cells: [number, ReturnType<typeof code>][]): string[] =>
      expandLesson("90-sample", rawNotebook(...cells), "", []).notebook.cells.map(({ id }) => id);
    const before = identities([1, markdown("One")], [2, code("x")], [3, code("x")]);
    const after = identities(
      [1, markdown("One")],
      [2, code("new")],
      [3, code("x")],
      [4, code("x")],
    );
    assert.equal(new Set(before).size, 3);
    assert.deepEqual([after[0], after[2], after[3]], before);
  });

  it("expandLesson(a lesson) keeps tags and drops the metadata that Jupytext adds", () => {
    const raw = rawNotebook([1, code("x", { tags: ["hide-input"] })]);
    const { metadata, cells } = expandLesson("90-sample", raw, "", []).notebook;
    assert.deepEqual(Object.keys(metadata), ["kernelspec"]);
    assert.deepEqual(cells[0].metadata, { tags: ["hide-input"] });
  });

  it("expandLesson(an unknown exercise) names the line, the id and those that there are", () => {
    const raw = rawNotebook([7, code("90.triple", { tags: ["exercise"] })]);
    const text = "\n".repeat(7) + "90.triple\n";
    assert.throws(
      () => expandLesson("90-sample", raw, text, [double]),
      /90-sample, lesson.md line 8: there is no exercise "90.triple".*defines: 90.double/,
    );
  });

  it("expandLesson(an exercise placed twice) is refused", () => {
    const raw = rawNotebook([1, exerciseCell], [5, exerciseCell]);
    assert.throws(
      () => expandLesson("90-sample", raw, "", [double]),
      /90.double stands here a second/,
    );
  });

  it("expandLesson(exercises in another order than exercises.ts has) names the line and both", () => {
    const triple = { ...double, id: "90.triple", entry: "triple" };
    const raw = rawNotebook([1, code("90.triple", { tags: ["exercise"] })], [5, exerciseCell]);
    assert.throws(
      () => expandLesson("90-sample", raw, "", [double, triple]),
      /lesson.md line 2: 90.triple stands before 90.double, but exercises.ts names 90.double first/,
    );
  });

  it("expandLesson(an exercise placed nowhere) is refused", () => {
    const raw = rawNotebook([1, markdown("Text.")]);
    assert.throws(() => expandLesson("90-sample", raw, "", [double]), /no cell for 90.double/);
  });

  it("expandLesson(a notebook for another kernel) is refused", () => {
    const raw = { ...notebook(), metadata: { kernelspec: { name: "python3" }, source_map: [] } };
    assert.throws(() => expandLesson("90-sample", raw, "", []), /name: tslab. It says python3/);
  });
});
