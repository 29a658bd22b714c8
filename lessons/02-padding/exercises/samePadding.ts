import { exercise, expectNumbers } from "convbook";
import * as solution from "../solution";

export const samePadding = exercise({
  id: "02.samePadding",
  title: "SAME padding for any kernel and stride",
  minutes: 8,
  task: "Write `samePadding(n, f, s)`: how many zeros to put [before, after] an axis of n pixels, so that a window of f pixels moving by s has ceil(n / s) positions. As few zeros as will do, half of them on each side; if their number is odd, the extra one goes after.",
  example: `
samePadding(6, 5, 2) // → [1, 2]
samePadding(5, 1, 3) // → [0, 0]`,
  starter: `
function samePadding(n: number, f: number, s: number): [number, number] {
  // [zeros before, zeros after], along one axis
  return yourCode();
}`,
  solution: solution.samePadding,
  tests: [
    {
      title: "samePadding(28, 5, 1) is [2, 2], the (f - 1) / 2 of the odd kernel",
      async run(samePadding, { random }) {
        expectNumbers(await samePadding(28, 5, 1), [2, 2], { of: "samePadding(28, 5, 1)" });
        await expectPadding(samePadding, random.integer(9, 40), 2 * random.integer(1, 4) + 1, 1);
      },
    },
    {
      title: "samePadding(28, 4, 1) is [1, 2]: three zeros cannot be shared evenly",
      async run(samePadding, { random }) {
        expectNumbers(await samePadding(28, 4, 1), [1, 2], { of: "samePadding(28, 4, 1)" });
        await expectPadding(samePadding, random.integer(9, 40), 2 * random.integer(1, 4), 1);
      },
    },
    {
      title: "samePadding(224, 7, 2) is [2, 3] and samePadding(225, 7, 2) is [3, 3]",
      async run(samePadding, { random }) {
        expectNumbers(await samePadding(224, 7, 2), [2, 3], { of: "samePadding(224, 7, 2)" });
        expectNumbers(await samePadding(225, 7, 2), [3, 3], { of: "samePadding(225, 7, 2)" });
        await expectPadding(samePadding, random.integer(20, 99), 7, random.integer(2, 4));
      },
    },
    {
      title:
        "samePadding(n, f, s) never adds fewer than no zeros, also when the stride exceeds the kernel",
      async run(samePadding, { random }) {
        expectNumbers(await samePadding(11, 1, 3), [0, 0], { of: "samePadding(11, 1, 3)" });
        expectNumbers(await samePadding(9, 2, 4), [0, 1], { of: "samePadding(9, 2, 4)" });
        const stride = random.integer(3, 5);
        await expectPadding(samePadding, stride * random.integer(2, 6) - 1, 1, stride);
      },
    },
    {
      title: "samePadding(n, f, s) for twenty random sizes, kernels and strides",
      async run(samePadding, { random }) {
        for (let trial = 0; trial < 20; trial++) {
          const [n, f, s] = [random.integer(1, 40), random.integer(1, 7), random.integer(1, 4)];
          await expectPadding(samePadding, n, f, s);
        }
      },
    },
  ],
  hints: [
    "Start from the end: there are ceil(n / s) windows. Where does the last one start, and where does it end?",
    "The last window starts at (ceil(n / s) - 1) · s and covers f entries from there. How many zeros are missing beyond the n entries that exist? Can that number come out negative?",
    "total = max((ceil(n / s) - 1) · s + f - n, 0). Half of it, rounded down, goes before; the rest after.",
  ],
  wrongAnswers: [
    {
      says: "This is (f - 1) / 2 on both sides: right for an odd kernel at stride 1. For f = 4 it adds half a zero; and does a stride change nothing?",
      answer: (_n, f) => [(f - 1) / 2, (f - 1) / 2],
    },
    {
      says: "You round (f - 1) / 2 down on both sides. An even kernel then has one output too few: three zeros must be split into 1 and 2.",
      answer: (_n, f) => [Math.floor((f - 1) / 2), Math.floor((f - 1) / 2)],
    },
    {
      says: "The total is f - 1 whatever the stride. With stride 2 on 224 pixels the last of 112 windows starts at 222: how far beyond 224 does it reach?",
      answer: (_n, f) => [Math.floor((f - 1) / 2), Math.ceil((f - 1) / 2)],
    },
    {
      says: "The odd zero stands before. TensorFlow puts it after, and the ImageNet weights of Keras's models expect it there.",
      answer: (n, f, s) => {
        const [before, after] = solution.samePadding(n, f, s);
        return [after, before];
      },
    },
    {
      says: "The number of zeros comes out negative when the stride jumps over entries (n = 11, f = 1, s = 3). Padding cannot take pixels away: use Math.max(..., 0).",
      answer: (n, f, s) => {
        const total = (Math.ceil(n / s) - 1) * s + f - n;
        return [Math.floor(total / 2), Math.ceil(total / 2)];
      },
    },
    {
      says: "This keeps the output at n positions for every stride: it solves (n + 2p - f) / s + 1 = n. SAME with stride s gives ceil(n / s) positions, so that a stride of 2 still halves the map.",
      answer: (n, f, s) => {
        const total = Math.max((n - 1) * s + f - n, 0);
        return [Math.floor(total / 2), total - Math.floor(total / 2)];
      },
    },
    {
      says: "You give the whole padding to both sides. What you computed is the total: split it.",
      answer: (n, f, s) => {
        const [before, after] = solution.samePadding(n, f, s);
        return [before + after, before + after];
      },
    },
  ],
});

async function expectPadding(
  samePadding: (n: number, f: number, s: number) => Promise<[number, number]>,
  n: number,
  f: number,
  s: number,
): Promise<void> {
  const of = `samePadding(${n}, ${f}, ${s})`;
  expectNumbers(await samePadding(n, f, s), solution.samePadding(n, f, s), { of });
}
