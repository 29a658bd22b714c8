import assert from "node:assert/strict";
import fs from "node:fs";
import { exerciseById } from "convbook/authoring";
import { findLessons, selectLessons } from "#dist/cli/notebooks/lessons.js";
import { readLessons } from "#dist/cli/notebooks/read.js";
import { inProject } from "#dist/project/index.js";

const lessons = findLessons(inProject("test", "fixtures", "lessons"));

describe("readLessons", function () {
  this.timeout(60_000); // Python starts slowly on a busy machine

  it("readLessons([lesson]) reads lesson.md through Jupytext and puts the exercises in", async () => {
    const [{ name, notebook, lines }] = await readLessons(lessons, () => [
      exerciseById("test", "02.zeroPad"),
    ]);
    assert.equal(name, "90-sample");
    const begin = notebook.cells.map(
      ({ cell_type, source }) => `${cell_type} ${source.slice(0, 15)}`,
    );
    assert.deepEqual(begin, [
      "markdown # 90 · A sample",
      "code import {\n  Tens",
      "markdown A figure that t",
      "code show(heatmap(x,",
      "markdown A picture that ",
      "code show(slidingWin",
      "markdown <details><summa",
      "markdown ### Your turn",
      "markdown **Your task.** ",
      "code function zeroPa",
      'code await check("02',
      "code console.log(`th",
    ]);
    const text = fs.readFileSync(lessons[0].source, "utf8").split("\n");
    notebook.cells.forEach(({ id, source, metadata }, i) => {
      const isTask = id.endsWith("-task");
      const first = isTask ? "02.zeroPad" : (metadata.convbook?.exercise ?? source.split("\n")[0]);
      assert.equal(text[lines[i] - 1], first, `cell ${i + 1}`);
    });
    assert.deepEqual(notebook.cells[7].metadata, { tags: ["keep"] });
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
