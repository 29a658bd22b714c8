import assert from "node:assert/strict";
import { nearMiss } from "convbook/dist/grading/submissions/nearMiss";
import { readNotebook } from "convbook/dist/grading/submissions/readNotebook";

describe("nearMiss(entry, notebook)", () => {
  const missed = (...cells: [type: string, source: string][]) =>
    nearMiss(
      "half",
      readNotebook(
        JSON.stringify({ cells: cells.map(([cell_type, source]) => ({ cell_type, source })) }),
      ),
    )[0];

  it("finds the function in a text cell, inside something else, under another name, in an import", () => {
    assert.match(missed(["markdown", ""], ["raw", "const half = 1"]), /cell 2, which is no code/);
    assert.match(missed(["code", "if (x) { function half() {} }"]), /cell 1 inside something else/);
    assert.match(missed(["code", "const Half = 1"]), /cell 1 declares Half: call it half/);
    assert.match(missed(["code", 'import { half } from "convbook"']), /imported in cell 1/);
  });

  it("says nothing where nothing looks like it", () => {
    assert.equal(missed(["code", "half(1); const halves = 2;"], ["markdown", "half"]), undefined);
  });
});
