import assert from "node:assert/strict";
import { lessonByName, lessonsIn, lessonsOf } from "#dist/grading/submissions/lessonOf.js";
import { exercisesOf } from "convbook/authoring";

describe("lessonByName(path)", () => {
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
    ["05-11 notes.ipynb", undefined],
    ["05.11.2026.ipynb", undefined],
    ["105-pooling.ipynb", undefined],
    ["homework.ipynb", undefined],
  ];
  for (const [path, lesson] of named)
    it(`lessonByName("${path}") is ${lesson ?? "unknown"}`, () =>
      assert.equal(lessonByName(path), lesson));
});

describe("lessonsOf(path, notebook)", () => {
  const ids = (lesson: string): string[] => exercisesOf(lesson).map(({ id }) => id);
  const of = (file: string, checked: string[], declared: string[] = []) =>
    lessonsOf(file, { checked, declared });
  /** Those of which one is what the file is handed in as: the last. */
  const lessons = (...all: string[]) => ({ lessons: [...all].sort(), main: all.at(-1) });

  it("what the notebook checks beats its name, and a conflict is a warning that names both", () => {
    const { warning, ...anna } = of("02_anna.ipynb", ids("05"));
    assert.deepEqual(anna, lessons("05-pooling"));
    assert.match(warning!, /02_anna.ipynb is named as 02-padding, but checks .* 05-pooling/);
    assert.deepEqual(of("05-pooling.ipynb", ids("05")), lessons("05-pooling"));
    assert.deepEqual(of("20-11-2026.ipynb", ids("05")), lessons("05-pooling"));
  });

  it("two lessons merged into one file are both graded; a stray check makes no lesson", () => {
    const both = of("homework.ipynb", [...ids("06"), ...ids("05")]);
    assert.deepEqual(both.lessons, ["05-pooling", exercisesLesson("06")]);
    const most = exercisesOf("05").length >= exercisesOf("06").length ? "05" : "06";
    assert.equal(both.main, exercisesLesson(most));
    assert.deepEqual(of("05.ipynb", [...ids("05"), ids("02")[0]]), lessons("05-pooling"));
    const named = of("02-padding.ipynb", [...ids("05"), ids("02")[0]]);
    assert.deepEqual(named, lessons("05-pooling", "02-padding"));
  });

  it("--lesson says it, but of a notebook that plainly is another lesson's", () => {
    const notebook = (checked: string[], declared: string[] = []) =>
      ({ checked, declared }) as unknown as Parameters<typeof lessonsIn>[1];
    const of05 = (checked: string[], declared?: string[]): string[] =>
      lessonsIn("x.ipynb", notebook(checked, declared), ["05-pooling"]).lessons;
    assert.deepEqual(of05(ids("06").slice(0, 1)), [], "checks of another lesson alone");
    assert.deepEqual(of05([]), ["05-pooling"], "nothing that says it");
    assert.deepEqual(of05(["99.none"]), ["05-pooling"], "an exercise that there is not");
    assert.deepEqual(of05([...ids("06"), ids("05")[0]]), ["05-pooling"], "a check of its own");
    const [{ entry }] = exercisesOf("05");
    assert.deepEqual(of05(ids("06"), [entry]), ["05-pooling"], "a function of its own");
  });

  it("without checks the name says it, and without a name the functions", () => {
    const declared = exercisesOf("05").map(({ entry }) => entry);
    assert.deepEqual(of("06 final.ipynb", [], declared), lessons(exercisesLesson("06")));
    assert.deepEqual(of("homework.ipynb", [], declared), lessons("05-pooling"));
    assert.deepEqual(of("homework.ipynb", ["99.none"], ["none"]), lessons());
  });

  const exercisesLesson = (number: string) => lessonByName(`${number}.ipynb`)!;
});
