import { exercise, expectNumbers } from "convbook";
import * as solution from "../solution";

export const paddingsFor = exercise({
  id: "03.paddingsFor",
  title: "Solve for the padding",
  minutes: 10,
  task: "Write `paddingsFor(n, f, s, out)`: every whole padding p ≥ 0 with which n pixels, a window of f and a stride of s give exactly `out` outputs, smallest first. If there is none, return an empty list.",
  example: `
paddingsFor(10, 3, 4, 4) // → [3, 4]
paddingsFor(10, 3, 1, 9) // → []`,
  starter: `
function paddingsFor(n: number, f: number, s: number, out: number): number[] {
  // your outputSize(n, f, s, p) is at hand
  return yourCode();
}`,
  solution: solution.paddingsFor,
  tests: [
    {
      title: "paddingsFor(28, 5, 1, 28) is [2]: at stride 1 there is at most one",
      async run(paddingsFor, { random }) {
        expectNumbers(await paddingsFor(28, 5, 1, 28), [2], { of: "paddingsFor(28, 5, 1, 28)" });
        const [n, p] = [random.integer(10, 40), random.integer(3, 6)];
        const f = 2 * p + 1;
        const of = `paddingsFor(${n}, ${f}, 1, ${n})`;
        expectNumbers(await paddingsFor(n, f, 1, n), [p], { of });
      },
    },
    {
      title: "paddingsFor(28, 4, 1, 28) is []: an even filter has no symmetric padding",
      async run(paddingsFor, { random }) {
        expectNumbers(await paddingsFor(28, 4, 1, 28), [], { of: "paddingsFor(28, 4, 1, 28)" });
        const [n, f] = [random.integer(10, 40), 2 * random.integer(1, 5)];
        expectNumbers(await paddingsFor(n, f, 1, n), [], {
          of: `paddingsFor(${n}, ${f}, 1, ${n})`,
        });
      },
    },
    {
      title: "paddingsFor(224, 11, 4, 55) is [2, 3]: the floor leaves room",
      async run(paddingsFor) {
        expectNumbers(await paddingsFor(224, 11, 4, 55), [2, 3], {
          of: "paddingsFor(224, 11, 4, 55)",
        });
      },
    },
    {
      title: "paddingsFor(30, 3, 2, 5) is []: padding never makes the output smaller",
      async run(paddingsFor, { random }) {
        expectNumbers(await paddingsFor(30, 3, 2, 5), [], { of: "paddingsFor(30, 3, 2, 5)" });
        const [n, out] = [random.integer(30, 60), random.integer(2, 9)];
        expectNumbers(await paddingsFor(n, 5, 2, out), [], {
          of: `paddingsFor(${n}, 5, 2, ${out})`,
        });
      },
    },
    {
      title: "paddingsFor(10, 3, 1, 40) is [16]: padding may be larger than the image",
      async run(paddingsFor, { random }) {
        expectNumbers(await paddingsFor(10, 3, 1, 40), [16], { of: "paddingsFor(10, 3, 1, 40)" });
        const [n, p] = [random.integer(4, 9), random.integer(12, 30)];
        const of = `paddingsFor(${n}, 3, 1, ${n + 2 * p - 2})`;
        expectNumbers(await paddingsFor(n, 3, 1, n + 2 * p - 2), [p], { of });
      },
    },
    {
      title: "paddingsFor(n, f, s, out) for twenty random layers, tried one by one",
      async run(paddingsFor, { random }) {
        for (let trial = 0; trial < 20; trial++) {
          const [f, s] = [random.integer(1, 7), trial === 0 ? 5 : random.integer(1, 5)];
          // Of the first, a padding of -1 would do as well; it is no padding.
          const n = trial === 0 ? f + 5 * random.integer(1, 6) + 3 : random.integer(7, 40);
          const p = trial === 0 ? 0 : trial === 1 ? random.integer(10, 25) : random.integer(0, 12);
          const out = solution.outputSize(n, f, s, p);
          const tried = Array.from({ length: 40 }, (_, p) => p).filter(
            (p) => solution.outputSize(n, f, s, p) === out,
          );
          expectNumbers(await paddingsFor(n, f, s, out), tried, {
            of: `paddingsFor(${n}, ${f}, ${s}, ${out})`,
          });
        }
      },
    },
  ],
  hints: [
    "You could try p = 0, 1, 2, ... and keep those that fit. When is it safe to stop?",
    "The output grows with p, or stays. So stop as soon as it is larger than `out`.",
    "floor(x) = k means k <= x < k + 1. With k = out - 1 this is (out - 1) · s <= n + 2p - f < out · s, which you can solve for p.",
  ],
  wrongAnswers: [
    {
      says: "You solved the formula without its floor, p = ((out - 1)s + f - n) / 2, and found one value. The floor lets several paddings through, or, with an even filter, none.",
      answer: (n, f, s, out) => [((out - 1) * s + f - n) / 2],
    },
    {
      says: "You found the smallest padding and stopped. With a stride above 1 a few more zeros may change nothing.",
      answer: (n, f, s, out) => solution.paddingsFor(n, f, s, out).slice(0, 1),
    },
    {
      says: "You solved for the exact p and rounded it up. Check it by putting it back: for n = 28, f = 4, s = 1 it gives 29 outputs, not 28.",
      answer: (n, f, s, out) => [Math.ceil(((out - 1) * s + f - n) / 2)],
    },
    {
      says: "Negative paddings are among your answers. Zeros cannot be taken away.",
      answer: (n, f, s, out) => {
        const found: number[] = [];
        for (let p = -40; p < 40; p++) if (solution.outputSize(n, f, s, p) === out) found.push(p);
        return found;
      },
    },
    {
      says: "Your p is the total of both sides. With p zeros on each side the input grows by 2p.",
      answer: (n, f, s, out) => {
        const found: number[] = [];
        for (let p = 0; p < 80; p++) if (Math.floor((n + p - f) / s) + 1 === out) found.push(p);
        return found;
      },
    },
    {
      says: "Your search ends too early: a padding of 10 or more is never tried. Go on until the output is larger than `out`.",
      answer: (n, f, s, out) => solution.paddingsFor(n, f, s, out).filter((p) => p < 10),
    },
    {
      says: "Your search leaves p = 0 out. No padding at all may be the answer.",
      answer: (n, f, s, out) => solution.paddingsFor(n, f, s, out).filter((p) => p > 0),
    },
  ],
});
