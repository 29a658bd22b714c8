import { exercise, expectNumber } from "convbook";
import * as solution from "../solution";

export const reflectIndex = exercise({
  id: "02.reflectIndex",
  title: "Reflect padding: the image in the mirror",
  minutes: 10,
  task: "Write `reflectIndex(i, n)`. A row has n ≥ 2 entries, 0 to n − 1, and goes on beyond its ends as in a mirror, with the end entries not repeated: for n = 4 it reads … 2 1 [0 1 2 3] 2 1 0 1 … Return the entry that stands at position i, which may be negative and far outside.",
  example: `
[-2, 1, 4, 7].map((i) => reflectIndex(i, 4)) // → [2, 1, 2, 1]`,
  starter: `
function reflectIndex(i: number, n: number): number {
  // position i of ... 2 1 [0 1 2 ... n-1] n-2 n-3 ...
  return yourCode();
}`,
  solution: solution.reflectIndex,
  tests: [
    {
      title: "reflectIndex(i, 4) inside the row is i",
      async run(reflectIndex, { random }) {
        for (const i of [0, 1, 2, 3])
          expectNumber(await reflectIndex(i, 4), i, { of: `reflectIndex(${i}, 4)` });
        const n = random.integer(5, 30);
        for (const i of [0, random.integer(1, n - 2), n - 1])
          expectNumber(await reflectIndex(i, n), i, { of: `reflectIndex(${i}, ${n})` });
      },
    },
    {
      title: "reflectIndex(-2, 4) is 2 and reflectIndex(5, 4) is 1",
      async run(reflectIndex, { random }) {
        for (const i of [-1, -2, -3, 4, 5, 6]) {
          expectNumber(await reflectIndex(i, 4), solution.reflectIndex(i, 4), {
            of: `reflectIndex(${i}, 4)`,
          });
        }
        const n = random.integer(5, 12);
        const step = random.integer(1, n - 1);
        for (const [i, expected] of [
          [-step, step],
          [n - 1 + step, n - 1 - step],
        ])
          expectNumber(await reflectIndex(i, n), expected, { of: `reflectIndex(${i}, ${n})` });
      },
    },
    {
      title: "reflectIndex(i, 3) far outside: the mirror image is mirrored again",
      async run(reflectIndex, { random }) {
        for (let trial = 0; trial < 20; trial++) {
          const [i, n] = [random.integer(-20, 20), random.integer(2, 6)];
          expectNumber(await reflectIndex(i, n), solution.reflectIndex(i, n), {
            of: `reflectIndex(${i}, ${n})`,
          });
        }
      },
    },
  ],
  hints: [
    "Write down the entries at positions -4 to 8 for n = 4. After how many steps does the pattern repeat?",
    "The pattern repeats every 2(n - 1) positions. Bring i into that range first. What does `-2 % 6` give in JavaScript?",
    "within = ((i % period) + period) % period; the first n positions go up, the others come down: period - within.",
  ],
  wrongAnswers: [
    {
      says: "The end entry is repeated: 1 0 [0 1 2 3] 3 2. That is symmetric padding; reflect padding mirrors at the entry itself.",
      answer: (i, n) => {
        const within = ((i % (2 * n)) + 2 * n) % (2 * n);
        return within < n ? within : 2 * n - 1 - within;
      },
    },
    {
      says: "Outside, you give the nearest end entry. That is edge padding: a row that stands still rather than one seen in a mirror.",
      answer: (i, n) => Math.min(Math.max(i, 0), n - 1),
    },
    {
      says: "The row starts again from the other end: that is circular padding, right for a panorama. A mirror reverses the direction.",
      answer: (i, n) => ((i % n) + n) % n,
    },
    {
      says: "Your mirror works once, on the left by |i|, on the right by 2(n - 1) - i. Further out, the mirror image is mirrored again.",
      answer: (i, n) => (i < 0 ? -i : i < n ? i : 2 * (n - 1) - i),
    },
    {
      says: "Right for i >= 0, wrong to the left of the row: in JavaScript `-2 % 6` is -2, not 4. Add the period and take the remainder again.",
      answer: (i, n) => {
        const period = 2 * (n - 1);
        const within = i % period;
        return within < n ? within : period - within;
      },
    },
  ],
});
