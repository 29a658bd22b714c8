import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "#dist/project/index.js";
import { Cells, compilerIn } from "./testCompiler";

describe("the lessons' cells compile, one after the other", function () {
  this.timeout(240_000);
  const folder = join(projectRoot, "notebooks");
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".ipynb")))
    it(name, () => {
      const cells = new Cells(compilerIn(folder));
      for (const source of codeOf(join(folder, name))) {
        const { warnings } = cells.runnable(source);
        assert.deepEqual(
          warnings.map(({ message }) => message),
          [],
          source,
        );
      }
    });
});

function codeOf(path: string): string[] {
  const { cells } = JSON.parse(readFileSync(path, "utf8")) as {
    cells: { cell_type: string; source: string | string[] }[];
  };
  return cells
    .filter(({ cell_type }) => cell_type === "code")
    .map(({ source }) => [source].flat().join(""));
}
