import assert from "node:assert/strict";
import { findLesson, lessonName, noSuchLesson } from "#dist/project/index.js";

describe("findLesson", () => {
  const names = ["02-padding", "15-inception-v1"];

  for (const text of ["2", "02", "padding", "Padding", "02-padding", " 02 ", "02 padding.ipynb"])
    it(`findLesson(${JSON.stringify(text)}) is lesson 02`, () =>
      assert.equal(findLesson(text, names), "02-padding"));

  it("findLesson(path) is the lesson of that notebook, or of a copy of it", () => {
    for (const path of [
      "work/02-padding.ipynb",
      "/tmp/3/02-padding (1).ipynb",
      "lessons/02-padding",
    ])
      assert.equal(findLesson(path, names), "02-padding");
    assert.equal(findLesson("inception v1", names), "15-inception-v1");
  });

  it("findLesson(what is none) is undefined", () => {
    for (const text of ["", "3", "202", "2d", "pad", "2024-02-padding", "-"])
      assert.equal(findLesson(text, names), undefined, text);
  });

  it("noSuchLesson(text) lists the lessons, the nearest first", () => {
    assert.match(
      noSuchLesson("pading", names),
      /Did you mean 02-padding\? There are: 02-padding, 15/,
    );
    assert.equal(noSuchLesson("x", []), 'There is no lesson "x". There are no lessons yet.');
    assert.throws(() => lessonName("no such lesson"), /the number or name of a lesson \(00-/);
  });
});
