import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exerciseById, gradeNotebook, solutionListing } from "convbook";

/** A notebook as an editor would save it, some cells as one string and some as lines. */
function notebook(cells: string[]): string {
  const saved = cells.map((text, i) => ({
    cell_type: "code",
    metadata: {},
    outputs: [],
    execution_count: null,
    source: i % 2 ? text : text.split(/(?<=\n)/),
  }));
  return JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata: {}, cells: saved });
}

describe("gradeNotebook", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "convbook-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  const grade = async (name: string, cells: string[], lesson?: string) => {
    const path = join(folder, name);
    writeFileSync(path, notebook(cells));
    const graded = await gradeNotebook(path, { lesson });
    return {
      ...graded,
      verdicts: Object.fromEntries(graded.results.map((r) => [r.id, r.verdict])),
    };
  };

  const library = 'import { Tensor, zeros, tensor, fromFunction, yourCode } from "convbook";';
  const solutionOf = (id: string): string => solutionListing(exerciseById("test", id));

  it("gradeNotebook(path) gives points for what is solved and none for what is missing", async () => {
    const graded = await grade("02-padding.ipynb", [
      library,
      solutionOf("02.zeroPad"),
      solutionOf("02.reflectIndex"),
    ]);
    assert.equal(graded.lesson, "02-padding");
    assert.deepEqual(graded.verdicts, {
      "02.zeroPad": "passed",
      "02.samePadding": "not attempted",
      "02.coverage": "not attempted",
      "02.reflectIndex": "passed",
    });
    assert.equal(
      graded.earned,
      exerciseById("test", "02.zeroPad").points + exerciseById("test", "02.reflectIndex").points,
    );
  });

  it("gradeNotebook(path) takes the last definition of a name, as the kernel does", async () => {
    const wrong = "function reflectIndex(i: number, n: number) { return 0; }";
    const right = solutionOf("02.reflectIndex");
    assert.equal((await grade("02-a.ipynb", [wrong, right])).verdicts["02.reflectIndex"], "passed");
    assert.equal((await grade("02-b.ipynb", [right, wrong])).verdicts["02.reflectIndex"], "failed");
  });

  it("gradeNotebook(path) runs no loose statement, and finds helpers and arrow functions", async () => {
    const graded = await grade("02-c.ipynb", [
      'throw new Error("a cell that fails"); process.exit(3);',
      "const twice = (n: number): number => 2 * (n - 1);",
      "const reflectIndex = (i: number, n: number): number => { const p = twice(n); const w = ((i % p) + p) % p; return w < n ? w : p - w; };",
    ]);
    assert.equal(graded.verdicts["02.reflectIndex"], "passed");
  });

  it("gradeNotebook(path) refuses an import that is not the course's", async () => {
    const graded = await grade("02-d.ipynb", [
      'import fs from "node:fs";',
      "function reflectIndex(i: number, n: number): number { return fs.readdirSync('.').length; }",
    ]);
    const result = graded.results.find((r) => r.id === "02.reflectIndex");
    assert.equal(result?.verdict, "error");
    assert.match(result?.tests[0].message ?? "", /may import "convbook" only/);
  });

  it("gradeNotebook(path) names an unreadable file and what is wrong with it", async () => {
    const path = join(folder, "02-cut.ipynb");
    writeFileSync(path, '{"cells": [');
    await assert.rejects(gradeNotebook(path), /02-cut.ipynb, which is not JSON: was it cut off/);
    await assert.rejects(gradeNotebook(join(folder, "02-gone.ipynb")), /cannot be read \(ENOENT\)/);
  });

  it("gradeNotebook(a copy of a notebook) knows its lesson", async () => {
    assert.equal((await grade("02-padding (1).ipynb", [])).lesson, "02-padding");
    assert.equal((await grade("02-padding.2026-11-22_05-27-01.ipynb", [])).lesson, "02-padding");
  });

  it("gradeNotebook(path of no lesson) lists the lessons there are", async () => {
    await assert.rejects(grade("homework.ipynb", []), /02-padding/);
  });
});
