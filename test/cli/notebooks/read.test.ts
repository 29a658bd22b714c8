import assert from "node:assert/strict";
import { exerciseById } from "convbook";
import { findLessons, selectLessons } from "convbook/dist/cli/notebooks/lessons";
import { readLessons } from "convbook/dist/cli/notebooks/read";
import { inProject } from "convbook/dist/installation";

const lessons = findLessons(inProject("test", "fixtures", "lessons"));

describe("readLessons", () => {
  it("readLessons([lesson]) reads lesson.md through Jupytext and puts the exercises in", async () => {
    const [{ name, notebook, lines }] = await readLessons(lessons, () => [
      exerciseById("test", "02.zeroPad"),
    ]);
    assert.equal(name, "90-sample");
    const begin = notebook.cells.map(({ cell_type, source }) => `${cell_type} ${source.slice(0, 15)}`);
    assert.deepEqual(begin, [
      "markdown # 90 · A sample",
      "code import { Tensor",
      "markdown A figure, drawn",
      "code const frames = ",
      "markdown <details><summa",
      "markdown ### Your turn",
      "code function zeroPa",
      "code await check(\"02",
      "code console.log(`th",
    ]);
    assert.deepEqual(lines, [8, 13, 19, 22, 40, 48, 52, 52, 56]);
    assert.deepEqual(notebook.cells[5].metadata, { tags: ["keep"] });
  });
});

describe("selectLessons", () => {
  const [lesson] = lessons;

  for (const word of ["90", "90-sample", "sample"]) {
    it(`selectLessons(lessons, ["${word}"]) finds 90-sample`, () =>
      assert.deepEqual(selectLessons(lessons, [word]), [lesson]));
  }

  it("selectLessons(lessons, []) gives all", () =>
    assert.deepEqual(selectLessons(lessons, []), lessons));

  it("selectLessons(lessons, an unknown one) names those that there are", () =>
    assert.throws(() => selectLessons(lessons, ["91"]), /no lesson "91".*are: 90-sample/));
});
