import { exercise, type ExerciseTest, expectNumber, type Random } from "convbook";
import * as solution from "../solution";

type Inversions = typeof solution.inversions;

export const inversions = exercise({
  id: "23.inversions",
  title: "How often two costs disagree",
  minutes: 8,
  task:
    "Write `inversions(a, b)`: a and b hold two costs of the same nets, a[i] and b[i] those of net i. How " +
    "many pairs of nets does one cost put in one order, and the other in the opposite one? A pair that " +
    "ties in either is not counted.",
  example: `
inversions([1, 2, 3, 4], [10, 30, 20, 20]) // → 2`,
  starter: `
function inversions(a: number[], b: number[]): number {
  return yourCode();
}`,
  solution: solution.inversions,
  tests: [
    countTest("inversions(a, b) of five nets", 5, 1),
    countTest("inversions(a, b) of twelve nets, three times", 12, 2),
  ],
  hints: [
    "How many pairs are there of n nets, each taken once?",
    "When are a[i] - a[j] and b[i] - b[j] of opposite sign? What is the sign of their product?",
    "Two loops, j < i: count where (a[i] - a[j]) * (b[i] - b[j]) < 0.",
  ],
  wrongAnswers: [
    {
      says: "You count each pair twice, as i and j and as j and i.",
      answer: (a, b) => 2 * solution.inversions(a, b),
    },
    {
      says: "You count the pairs on which both costs agree.",
      answer: (a, b) => count(a, b, (product) => product > 0),
    },
    {
      says: "You count ties too. Where one cost sees no difference, it does not disagree.",
      answer: (a, b) => count(a, b, (product) => product <= 0),
    },
    {
      says: "You compare neighbours only. Any two nets are a pair.",
      answer: (a, b) =>
        a.slice(1).filter((_, i) => (a[i + 1] - a[i]) * (b[i + 1] - b[i]) < 0).length,
    },
    {
      says: "You count the nets whose rank differs between the two orders. One net that moves far changes the order of many pairs.",
      answer: (a, b) => {
        const rank = (list: number[], v: number) => list.filter((o) => o < v).length;
        return a.filter((v, i) => rank(a, v) !== rank(b, b[i])).length;
      },
    },
    {
      says: "You count the nets for which one cost is above the other. The two have different units: only the order within each counts.",
      answer: (a, b) => a.filter((v, i) => v > b[i]).length,
    },
  ],
});

function count(a: number[], b: number[], isCounted: (product: number) => boolean): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < i; j++) if (isCounted((a[i] - a[j]) * (b[i] - b[j]))) sum++;
  return sum;
}

/** As many as quotients find, for which a tie in b is infinite. */
function quotients(a: number[], b: number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < i; j++) if ((a[i] - a[j]) / (b[i] - b[j]) < 0) sum++;
  return sum;
}

function countTest(title: string, nets: number, points: number): ExerciseTest<Inversions> {
  return {
    title,
    points,
    async run(inversions, { random }) {
      for (let trial = 0; trial < (nets > 5 ? 3 : 1); trial++) {
        const [a, b] = drawn(nets, random);
        const of = `inversions([${a.join(", ")}], [${b.join(", ")}])`;
        expectNumber(await inversions(a, b), solution.inversions(a, b), { of });
      }
    },
  };
}

/** Costs that every named mistake counts otherwise, with a tie in either. */
function drawn(nets: number, random: Random): [number[], number[]] {
  for (;;) {
    const costs = (most: number) => Array.from({ length: nets }, () => random.integer(1, most));
    const [a, b] = [costs(2 * nets), costs(2 * nets)];
    const [i, j] = [random.integer(0, nets - 1), random.integer(1, nets - 1)];
    a[i] = a[(i + 1) % nets];
    b[j] = b[j - 1];
    const right = solution.inversions(a, b);
    const mistakes = inversions.wrongAnswers.map(({ answer }) => answer(a, b));
    // Ties, and pairs that differ by 1 in both, decide as well.
    const close = [count(a, b, (product) => product < -1), quotients(a, b)];
    if (
      right > 0 &&
      ![...mistakes, ...close].includes(right) &&
      new Set(mistakes).size === mistakes.length
    )
      return [a, b];
  }
}
