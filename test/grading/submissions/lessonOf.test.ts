import assert from "node:assert/strict";
import { lessonOf } from "convbook/dist/grading/submissions/lessonOf";

describe("lessonOf(path, text)", () => {
  const named: [string, string | undefined][] = [
    ["05-pooling.ipynb", "05-pooling"],
    ["ada_05-pooling.ipynb", "05-pooling"],
    ["05-pooling (1).ipynb", "05-pooling"],
    ["05-pooling-Copy1.ipynb", "05-pooling"],
    ["05-POOLING.ipynb", "05-pooling"],
    ["lovelaceada_12345_678902_05-pooling-2.ipynb", "05-pooling"],
    ["submitted/ada/05-pooling/homework.ipynb", "05-pooling"],
    ["02-padding/ada/05-pooling.ipynb", "05-pooling"],
    ["05.ipynb", "05-pooling"],
    ["05 final.ipynb", "05-pooling"],
    ["2026-11-20 notes.ipynb", undefined],
    ["105-pooling.ipynb", undefined],
    ["homework.ipynb", undefined],
  ];
  for (const [path, lesson] of named)
    it(`lessonOf("${path}") is ${lesson ?? "unknown"}`, () => assert.equal(lessonOf(path), lesson));

  it("takes the lesson whose exercises the text checks, where no name says it", () => {
    const text =
      '"await check(\\"05.twin\\", twin);" "check(\'05.poolForward\'" "check(\\"02.zeroPad\\""';
    assert.equal(lessonOf("homework.ipynb", text), "05-pooling");
  });
});
