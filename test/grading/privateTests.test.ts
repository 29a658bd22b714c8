import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exerciseById } from "convbook/authoring";
import { loadPrivateTests, withPrivateTests } from "#dist/grading/privateTests.js";

describe("loadPrivateTests(folder)", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "convbook-"));
    mkdirSync(join(folder, "05-pooling"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const put = (name: string, text: string): void =>
    writeFileSync(join(folder, "05-pooling", name), text);

  const test = (title: string, expected: string): string => `
    import { expectNumber, type ExerciseTest } from "convbook";
    import { share } from "./helpers/share";
    type Asked = (f: number, down: number, right: number) => number;
    export const tests: ExerciseTest<Asked>[] = [{
      title: "${title}", points: 3, feedback: "nothing",
      async run(answer) { expectNumber(await answer(share, 1, 0), ${expected}); },
    }];`;
  const helper = (): void => {
    mkdirSync(join(folder, "05-pooling", "helpers"));
    put(join("helpers", "share.ts"), "export const share: number = 4;");
  };

  it("takes TypeScript with imports of the package and of its own, and adds points", async () => {
    helper();
    put("unmovedShare.ts", test("unmovedShare(4, 1, 0) of my own", "0.75"));
    const loaded = await loadPrivateTests(folder);
    const exercise = exerciseById("test", "05.unmovedShare");
    const laid = withPrivateTests(exercise, loaded);
    assert.equal(laid.points, exercise.points + 3);
    assert.equal(laid.tests.at(-1)?.title, "unmovedShare(4, 1, 0) of my own");
    assert.equal(laid.tests.at(-1)?.feedback, "nothing");
    assert.equal(loaded.files.length, 2);
    assert.equal(
      withPrivateTests(exerciseById("test", "05.twin"), loaded).tests.length,
      exerciseById("test", "05.twin").tests.length,
    );
  });

  it("takes JavaScript", async () => {
    put(
      "unmovedShare.js",
      `exports.tests = [{ title: "mine", async run(f) { if (await f(2, 0, 0) !== 1) throw new Error(); } }];`,
    );
    assert.equal((await loadPrivateTests(folder)).tests.get("05.unmovedShare")?.length, 1);
  });

  it("refuses a test that our own solution does not pass: it would take points from everybody", async () => {
    helper();
    put("unmovedShare.ts", test("a wrong one", "0.5"));
    await assert.rejects(
      loadPrivateTests(folder),
      /our own solution does not pass "a wrong one": .*expected 0\.5, got 0\.75/,
    );
  });

  const [{ title }] = exerciseById("test", "05.unmovedShare").tests;
  const asking = "async run(f) { await f(2, 0, 0); }";
  const bad: [string, string, string, RegExp][] = [
    [
      "a title twice",
      "unmovedShare",
      `[{ title: ${JSON.stringify(title)}, ${asking} }]`,
      /there are two tests "unm/,
    ],
    ["no title", "unmovedShare", `[{ title: 3, ${asking} }]`, /unmovedShare\.js must export tests/],
    ["no tests", "unmovedShare", "[]", /unmovedShare\.js must export tests/],
    [
      "a test that asks nothing",
      "unmovedShare",
      `[{ title: "x", async run() {} }]`,
      /"x" never calls the answer/,
    ],
    [
      "no such exercise",
      "elsewhere",
      `[{ title: "x", ${asking} }]`,
      /has no exercise elsewhere, but poolForward/,
    ],
  ];
  for (const [what, entry, tests, message] of bad)
    it(`${what} is refused`, async () => {
      put(`${entry}.js`, `exports.tests = ${tests};`);
      await assert.rejects(loadPrivateTests(folder), message);
    });
});
