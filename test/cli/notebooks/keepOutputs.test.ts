import assert from "node:assert/strict";
import { keepOutputs } from "#dist/cli/notebooks/keepOutputs.js";
import type { Cell, Notebook } from "#dist/cli/notebooks/notebook.js";
import { code, lesson, markdown, notebook } from "./cells";

describe("keepOutputs", () => {
  const printed = (cell: Cell, printed: string, execution_count: number): Cell => ({
    ...cell,
    execution_count,
    outputs: [{ output_type: "stream", name: "stdout", text: printed }],
  });
  const one = printed(code("console.log(1)"), "1\n", 1);
  const two = printed(code("console.log(2)"), "2\n", 2);
  const built = notebook(markdown("Old."), one, two);

  it("keepOutputs(a lesson with other text around the same code) has the new text and each cell's own outputs", () => {
    const changed = lesson(
      code("console.log(1)"),
      markdown("New."),
      markdown("Newer."),
      code("console.log(2)"),
    );
    const kept = keepOutputs(changed, built) as Notebook;
    assert.deepEqual(
      kept.cells.map(({ source, outputs, execution_count }) => [source, outputs, execution_count]),
      [
        ["console.log(1)", one.outputs, 1],
        ["New.", undefined, undefined],
        ["Newer.", undefined, undefined],
        ["console.log(2)", two.outputs, 2],
      ],
    );
    assert.deepEqual(kept.metadata, built.metadata);
  });

  it("keepOutputs(a lesson whose code differs) names the line and the command that executes it", () => {
    assert.equal(
      keepOutputs(lesson(code("console.log(1)"), code("console.log(3)")), built),
      "90-sample: lesson.md has other code than the notebook at line 20, so its outputs cannot be kept. " +
        "npx convbook build 90 executes it.",
    );
  });

  it("keepOutputs(a lesson with a cell more, or one less, or two exchanged) keeps nothing", () => {
    const [first, second] = [code("console.log(1)"), code("console.log(2)")];
    assert.match(keepOutputs(lesson(first, second, code("3")), built) as string, /at line 30/);
    assert.match(keepOutputs(lesson(first), built) as string, /at its end/);
    assert.match(keepOutputs(lesson(second, first), built) as string, /at line 10/);
  });
});
