import { exercise, expectNumber, type Random } from "convbook";
import * as solution from "../solution";

export const outputSize = exercise({
  id: "03.outputSize",
  title: "The output size",
  minutes: 4,
  task: "Write `outputSize(n, f, s, p)`: how many positions a window of f pixels has that moves by s over n pixels with p zeros on each side.",
  example: `
outputSize(10, 4, 3, 1) // → 3
outputSize(7, 2, 4, 0) // → 2`,
  starter: `
function outputSize(n: number, f: number, s: number, p: number): number {
  // n pixels, window of f, stride s, p zeros on each side
  return yourCode();
}`,
  solution: solution.outputSize,
  tests: [
    {
      title: "outputSize(7, 3, 2, 0) is 3: the window starts at 0, 2 and 4",
      async run(outputSize, { random }) {
        expectNumber(await outputSize(7, 3, 2, 0), 3, { of: "outputSize(7, 3, 2, 0)" });
        await expectPositions(outputSize, random, { over: 0 });
      },
    },
    {
      title: "outputSize(8, 3, 2, 0) is 3 too: the last pixel is never seen",
      async run(outputSize, { random }) {
        expectNumber(await outputSize(8, 3, 2, 0), 3, { of: "outputSize(8, 3, 2, 0)" });
        await expectPositions(outputSize, random, { over: 1 });
      },
    },
    {
      title: "outputSize(227, 11, 4, 0) is 55, AlexNet's first layer",
      async run(outputSize, { random }) {
        expectNumber(await outputSize(227, 11, 4, 0), 55, { of: "outputSize(227, 11, 4, 0)" });
        await expectPositions(outputSize, random, { over: random.integer(0, 1) });
      },
    },
    {
      title: "outputSize(n, f, s, p) for thirty random layers, counted by hand",
      async run(outputSize, { random }) {
        for (let trial = 0; trial < 30; trial++) {
          const [f, s, p] = [random.integer(1, 7), random.integer(1, 4), random.integer(0, 3)];
          const n = random.integer(f, 40);
          let positions = 0;
          for (let start = -p; start + f <= n + p; start += s) positions++;
          expectNumber(await outputSize(n, f, s, p), positions, {
            of: `outputSize(${n}, ${f}, ${s}, ${p})`,
          });
        }
      },
    },
  ],
  hints: [
    "The first window starts at the very beginning of the padded input, of length n + 2p. Where does the last one start that still fits?",
    "The starts lie between 0 and n + 2p - f. How many whole steps of s fit into that? And how many windows are there for that many steps?",
    "Math.floor((n + 2 * p - f) / s) + 1",
  ],
  wrongAnswers: [
    {
      says: "You count the steps between windows, not the windows. With no room for a step there is still one window.",
      answer: (n, f, s, p) => Math.floor((n + 2 * p - f) / s),
    },
    {
      says: "The result is not always whole: (8 - 3) / 2 + 1 is 3.5. Half a window fits nowhere: round down.",
      answer: (n, f, s, p) => (n + 2 * p - f) / s + 1,
    },
    {
      says: "You round up. That is ceil mode, which lets the last window hang over the end; here it must fit.",
      answer: (n, f, s, p) => Math.ceil((n + 2 * p - f) / s) + 1,
    },
    {
      says: "p zeros stand on each side: the input grows by 2p, not by p.",
      answer: (n, f, s, p) => Math.floor((n + p - f) / s) + 1,
    },
    {
      says: "The + 1 is inside the division: (n + 2p - f + 1) / s. It counts windows, not pixels, so it comes after dividing.",
      answer: (n, f, s, p) => Math.floor((n + 2 * p - f + 1) / s),
    },
    {
      says: "This is floor((n + 2p - f + 1) / s) + 1, as some notes have it: one window too many whenever the windows do not end with the input.",
      answer: (n, f, s, p) => Math.floor((n + 2 * p - f + 1) / s) + 1,
    },
    {
      says: "The stride is not in your formula. At stride 2 the window skips every other position.",
      answer: (n, f, _s, p) => n + 2 * p - f + 1,
    },
    {
      says: "That is ceil(n / s), the size of TensorFlow's SAME padding, which depends neither on f nor on p.",
      answer: (n, _f, s) => Math.ceil(n / s),
    },
  ],
});

/** One padded layer with a stride, of which so many values are left over at the end. */
async function expectPositions(
  outputSize: (n: number, f: number, s: number, p: number) => Promise<number>,
  random: Random,
  { over }: { over: number },
): Promise<void> {
  const [s, p, steps] = [random.integer(2, 4), random.integer(1, 3), random.integer(3, 20)];
  const f = 2 * p + random.integer(0, 2);
  const n = steps * s + over + f - 2 * p;
  const of = `outputSize(${n}, ${f}, ${s}, ${p})`;
  expectNumber(await outputSize(n, f, s, p), steps + 1, { of });
}
