import assert from "node:assert/strict";
import { exercise, expectNumber, fromFunction, type Tensor } from "convbook";
import { inProcess, runExercise } from "convbook/authoring";
import { type Observed, observe, parameterNames } from "#dist/exercises/observations/index.js";

/** Calls of two functions with the same arguments. */
function callsOf(
  ours: (...input: never[]) => unknown,
  theirs: (...input: never[]) => unknown,
  inputs: readonly unknown[][],
): Observed[] {
  return inputs.map((input) => {
    const [right, value] = [ours, theirs].map((f) => f(...(input as never[])));
    return { input, right, value, agrees: JSON.stringify(right) === JSON.stringify(value) };
  });
}

const sizes = [
  [7, 3, 0, 1],
  [7, 3, 0, 2],
  [9, 5, 0, 3],
  [9, 5, 1, 1],
  [12, 4, 2, 1],
  [12, 3, 3, 2],
];
const names = ["n", "f", "p", "s"];
const size = (n: number, f: number, p: number, s: number): number =>
  Math.floor((n + 2 * p - f) / s) + 1;

describe("observe", () => {
  it("observe(an answer that forgets p) says that it agrees where p is 0, and in no other call", () => {
    const calls = callsOf(
      size,
      (n: number, f: number, _p: number, s: number) => size(n, f, 0, s),
      sizes,
    );
    assert.equal(
      observe(calls, names),
      "What the differences have in common: your answer agrees with ours in every call where `p` is 0, and in no other. What does your code do with `p`?",
    );
  });

  it("observe(an answer that forgets s) says what the calls that differ have in common, no more", () => {
    const calls = callsOf(size, (n: number, f: number, p: number) => size(n, f, p, 1), sizes);
    assert.match(observe(calls, names)!, /every call where `s` is 1, and in no other\. .*`s`\?$/);
  });

  it("observe(numbers off by one amount, or by one factor) says by how much", () => {
    const off = callsOf(size, (...input: Parameters<typeof size>) => size(...input) - 3, sizes);
    assert.match(observe(off, names)!, /your number is smaller than ours by 3, in every call\./);
    const scaled = callsOf(
      size,
      (...input: Parameters<typeof size>) => 2.5 * size(...input),
      sizes,
    );
    assert.match(observe(scaled, names)!, /your number is 2.5 times ours, in every call\./);
  });

  it("observe(answers that differ here and there) says nothing", () => {
    const scattered = callsOf(
      size,
      (...input: Parameters<typeof size>) => size(...input) + (input[0] % 3),
      sizes,
    );
    assert.equal(observe(scattered, names), undefined);
    const [agrees, differs] = [
      callsOf(size, size, sizes.slice(0, 2)),
      callsOf(size, () => 1, sizes.slice(4)),
    ];
    assert.equal(observe([...agrees, ...differs], names), undefined, "two calls on a side");
  });

  it("observe(records, pairs) names the parts that agree, and looks into the one that does not", () => {
    const inputs = [[1], [2], [3], [4]];
    const right = (x: number) => ({ dw: 2 * x, db: x, dx: [x] });
    const wrong = (x: number) => ({ dw: 2 * x, db: x + 5, dx: [x] });
    assert.match(
      observe(callsOf(right, wrong, inputs), ["x"])!,
      /`dw` and `dx` agree with ours in every call; `db` does not\. Of `db`: your number is larger than ours by 5/,
    );
    const pair = callsOf(
      (x: number) => [x, 7],
      (x: number) => [x, x * x],
      inputs,
    );
    assert.match(
      observe(pair, ["x"])!,
      /entry `0` agrees with ours in every call; entry `1` does not\./,
    );
  });

  it("observe(tensors) names the rows, columns, images or channels in which they differ", () => {
    const shape = [2, 4, 5, 3];
    const ours = (seed: number): Tensor =>
      fromFunction(shape, (i, r, c, k) => seed + 60 * i + 15 * r + 3 * c + k);
    const unless =
      (isRight: (i: number, r: number, c: number, k: number) => boolean) =>
      (seed: number): Tensor =>
        fromFunction(shape, (i, r, c, k) =>
          isRight(i, r, c, k) ? ours(seed).get(i, r, c, k) : -1,
        );
    const says = (isRight: Parameters<typeof unless>[0]): string | undefined =>
      observe(
        [[1], [2], [3]].map((input) => {
          const [right, value] = [ours(input[0]), unless(isRight)(input[0])];
          return { input, right, value, agrees: false };
        }),
        ["seed"],
      );
    assert.match(
      says((_, r) => r < 3)!,
      /only the last index along axis 1 .* Does your code get as far/,
    );
    assert.match(
      says((_, __, c) => c > 0)!,
      /only the first index along axis 2 .* Where does your code begin/,
    );
    assert.match(
      says((_, r, c) => r % 3 > 0 && c % 4 > 0)!,
      /only the border along axes 1 and 2 .* edge/,
    );
    assert.match(
      says((i) => i === 0)!,
      /only the last index along axis 0/,
    ); // of two
    assert.match(
      says((_, __, ___, k) => k === 0)!,
      /the first index along axis 3 .* from one index along axis 3 to the next/,
    );
    assert.match(
      says((_, r) => r % 2 === 0)!,
      /every second index along axis 1 agrees/,
    );
    assert.equal(
      says(() => false),
      undefined,
      "all of it",
    );
  });

  it("observe(options that are left out) says nothing of their value", () => {
    const within = (n: number, budget: { most?: number; least?: number }): boolean =>
      n <= (budget.most ?? Infinity) && n >= (budget.least ?? 0);
    const inputs = [
      [3, { most: 5 }],
      [4, { most: 5 }],
      [5, { most: 9 }],
      [3, { least: 2 }],
      [4, { least: 2 }],
      [5, { least: 2 }],
    ];
    const careless = (n: number, budget: { most: number }): boolean => n <= budget.most;
    assert.equal(observe(callsOf(within, careless, inputs), ["n", "budget"]), undefined);
  });

  it("observe(fractions) calls none of them odd, and says differences to the last digit", () => {
    const widths = [[1.1], [1.375], [1.5], [2], [4], [6], [8], [10], [12]];
    const wrong = (w: number): number => (Number.isInteger(w) ? w : 0);
    assert.equal(
      observe(
        callsOf((w: number) => w, wrong, widths),
        ["w"],
      ),
      undefined,
    );
    const far = callsOf(
      (w: number) => w,
      (w: number) => w + 12345,
      widths.slice(3),
    );
    assert.match(observe(far, ["w"])!, /larger than ours by 12345, in every call/);
  });

  it("observe(two features of other calls) names neither", () => {
    const capped = (n: number, f: number, p: number, s: number): number =>
      size(n, f, Math.min(p, 1), s);
    const inputs = [0, 0, 0, 1, 1, 1, 2, 3, 4, 2].map((p, i) => [20 + i, 3, p, 1]);
    const said = observe(callsOf(size, capped, inputs), names);
    assert(!said?.includes("go together"), said);
  });

  it("observe(modes) tells the words of the wrong ones apart", () => {
    const pool = (x: number, mode: string): number => (mode === "max" ? x : x / 2);
    const inputs = [
      [2, "max"],
      [4, "max"],
      [6, "average"],
      [8, "average"],
      [10, "max"],
    ];
    const calls = callsOf(
      pool,
      (x: number, mode: string) => (mode === "max" ? x * x : x / 2),
      inputs,
    );
    assert.match(
      observe(calls, ["x", "mode"])!,
      /agrees with ours in every call where `mode` is "average", and in no other\./,
    );
  });
});

describe("parameterNames", () => {
  it("parameterNames(starter, entry) splits at the commas between parameters alone", () => {
    const starter =
      "function f(x: Map<string, number>, { a, b }: { a: number; b: number }, g: (y: number, z: number) => void, ...rest: number[]): void {}";
    assert.deepEqual(parameterNames(starter, "f"), ["x", undefined, "g", undefined]);
    assert.deepEqual(parameterNames("function f(): void {}", "f"), []);
    assert.deepEqual(parameterNames("function g(): void {}", "f"), []);
  });
});

describe("check, where no known mistake explains an answer", () => {
  const triple = (manyAnswers?: true) =>
    exercise({
      id: "99.triple",
      title: "Three times a number",
      minutes: 1,
      task: "Write `triple(x, isDone)`: three times x, unless it is done.",
      example: "triple(2, false) // → 6",
      starter: "function triple(x: number, isDone: boolean): number {\n  return yourCode();\n}",
      solution: (x: number, isDone: boolean) => (isDone ? x : 3 * x),
      tests: [
        {
          title: "triple(x, isDone) for numbers",
          run: async (triple) => {
            for (let x = 2; x < 8; x++)
              for (const isDone of [true, false])
                expectNumber(await triple(x, isDone), isDone ? x : 3 * x);
          },
        },
      ],
      hints: ["What is x + x + x?", "Multiply."],
      wrongAnswers: [],
      ...(manyAnswers && { manyAnswers }),
    });
  const wrong = inProcess((x: number, isDone: boolean) => (isDone ? x : x + 17));

  it("says in which calls it differs", async () => {
    const { diagnosis } = await runExercise(triple(), wrong);
    assert.match(
      diagnosis!,
      /agrees with ours in every call where `isDone` is true, and in no other/,
    );
  });

  it("says nothing of it where other answers than ours are right", async () => {
    assert.equal((await runExercise(triple(true), wrong)).diagnosis, undefined);
  });
});
