import assert from "node:assert/strict";
import type { Cells } from "../compiler/testCompiler";

/** What beginners type after these two cells. */
export const BEFORE = [
  'import { Tensor, tensor, zeros, conv2d, show, imageGrid, heatmap, photograph, check } from "convbook";',
  `const image = zeros([1, 4, 4, 1]); const list = [3, 1, 2]; const text = "abc"; const fixed = 7; let loose = 1;
function twice(x: number) { return 2 * x; }
class Cat { name = "tom"; private secret = 1; }`,
];

/** A cell, and what must be said of it: a cell of which nothing is said stands with the text "runs". */
export type Mistake = readonly [cell: string, said: RegExp | "runs"];

/** Tests that the message of each says what it must, in words of the learner's own text alone. */
export function explainsEach(cells: Cells, mistakes: readonly Mistake[]): void {
  for (const [cell, said] of mistakes)
    it(`${JSON.stringify(cell)} ${said === "runs" ? "runs" : `gets ${said.source}`}`, () => {
      const compiled = cells.compiler.compile(cell, 3);
      const text =
        compiled.kind === "refused"
          ? compiled.text
          : compiled.warnings.map(({ message, hint }) => `${message} ${hint}`).join("\n");
      if (said === "runs") assert.equal(text, "");
      else assert.match(text, said);
      assert.doesNotMatch(text, /import\("|__cell|__convbook/, "a path of ours shows");
      if (compiled.kind === "refused") assert.ok(compiled.problems.length <= 5);
    });
}
