import { exercise, type ExerciseTest, expectNumbers } from "convbook";
import * as solution from "../solution";

export const accessBound = exercise({
  id: "21.accessBound",
  title: "The fewest values that so much work can move",
  minutes: 10,
  task:
    "Write `accessBound(n, c1, c2)` for a 1×1 convolution (no bias) from c1 to c2 channels on maps of " +
    "n×n. It returns three numbers: its multiply-adds; the values it moves (input read, output written, " +
    "weights read, each once); and the fewest that any two widths could move with as many multiply-adds " +
    "on the same maps. Widths need not be whole numbers.",
  example: `
accessBound(3, 1, 4) // → [36, 49, 40]`,
  starter: `
function accessBound(n: number, c1: number, c2: number): number[] {
  return yourCode(); // [multiply-adds, values moved, fewest values]
}`,
  solution: solution.accessBound,
  tests: [
    boundTest("is small enough to count by hand, and as uneven as can be", [2, 1, 4], [2, 1, 3]),
    boundTest("where both sides are alike, and the bound is reached", [7, 64, 64], [28, 128, 128]),
    boundTest("where one side is four times the other", [28, 128, 512], [14, 512, 128]),
    boundTest("at the end of a network", [1, 1024, 1000], [1, 320, 10]),
  ],
  hints: [
    "Input n² · c1, output n² · c2, weights c1 · c2. With B fixed, c1 · c2 = B / n² is fixed as well. What is left to choose?",
    "Of two numbers with a fixed product, when is the sum smallest, and how large is it then? (a + b)/2 ≥ √(a·b).",
    "n² · (c1 + c2) ≥ n² · 2 · √(c1 · c2) = 2 · √(n² · B), and the weights are B / n² whatever you choose.",
  ],
  wrongAnswers: [
    {
      says: "Your last number is rounded. The widths that it belongs to need not be whole, and neither is it.",
      answer: (n, c1, c2) => {
        const [macs, moved, least] = solution.accessBound(n, c1, c2);
        return [macs, moved, Math.round(least)];
      },
    },
    {
      says: "The weights are missing in your last two numbers. They have to be read as well: c1 · c2, which is B / n².",
      answer: (n, c1, c2) => {
        const [macs, moved, least] = solution.accessBound(n, c1, c2);
        return [macs, moved - c1 * c2, least - c1 * c2];
      },
    },
    {
      says: "The weights are missing in the bound. They are B / n², whatever c1 and c2 are.",
      answer: (n, c1, c2) => {
        const [macs, moved, least] = solution.accessBound(n, c1, c2);
        return [macs, moved, least - c1 * c2];
      },
    },
    {
      says: "The weights are missing among the values moved.",
      answer: (n, c1, c2) => {
        const [macs, moved, least] = solution.accessBound(n, c1, c2);
        return [macs, moved - c1 * c2, least];
      },
    },
    {
      says: "The bound lacks the factor 2: there are two sides, and each has √(c1·c2) channels at best.",
      answer: (n, c1, c2) => {
        const [macs, moved] = solution.accessBound(n, c1, c2);
        return [macs, moved, Math.sqrt(n * n * macs) + macs / (n * n)];
      },
    },
    {
      says: "Your bound is what this convolution moves. The question is what the best c1 and c2 for the same B would.",
      answer: (n, c1, c2) => {
        const [macs, moved] = solution.accessBound(n, c1, c2);
        return [macs, moved, moved];
      },
    },
    {
      says: "You count n positions where a map has n · n.",
      answer: (n, c1, c2) => {
        const macs = n * c1 * c2;
        return [macs, n * (c1 + c2) + c1 * c2, 2 * Math.sqrt(n * macs) + macs / n];
      },
    },
    {
      says: "Your B is the number of weights. Each is used at every position: times n².",
      answer: (n, c1, c2) => [c1 * c2, ...solution.accessBound(n, c1, c2).slice(1)],
    },
    {
      says: "Only the output is counted among the values moved; the input has to be read as well.",
      answer: (n, c1, c2) => {
        const [macs, moved, least] = solution.accessBound(n, c1, c2);
        return [macs, moved - n * n * c1, least];
      },
    },
    {
      says: "Under your root stands B alone. It is n² · B, since n² · √(c1·c2) = √(n² · n²·c1·c2).",
      answer: (n, c1, c2) => {
        const [macs, moved] = solution.accessBound(n, c1, c2);
        return [macs, moved, 2 * Math.sqrt(macs) + macs / (n * n)];
      },
    },
  ],
});

function boundTest(
  what: string,
  ...cases: [n: number, c1: number, c2: number][]
): ExerciseTest<typeof solution.accessBound> {
  return {
    title: `accessBound(${cases[0].join(", ")}) ${what}`,
    async run(accessBound, { random }) {
      const [n, c1, c2] = cases[0];
      const times = random.integer(2, 5); // both sides in the same proportion
      for (const size of [...cases, [n, c1 * times, c2 * times] as const]) {
        const of = `accessBound(${size.join(", ")})`;
        expectNumbers(await accessBound(...size), solution.accessBound(...size), { of });
      }
    },
  };
}
