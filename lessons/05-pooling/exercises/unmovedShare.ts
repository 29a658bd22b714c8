import { exercise, type ExerciseTest, expectNumber, type Random } from "convbook";
import * as solution from "../solution";

export const unmovedShare = exercise({
  id: "05.unmovedShare",
  title: "How much movement goes unnoticed?",
  minutes: 6,
  task:
    "Write `unmovedShare(f, down, right)`: one bright pixel on black, equally likely at each position" +
    " of its f×f window, moves by `down` rows and `right` columns (negative: up and to the left). In " +
    "what fraction of cases, 0 to 1, is the f×f max-pooled map (stride f) the same as before?",
  example: `
unmovedShare(3, 0, 2) // → 0.3333333`,
  starter: `
function unmovedShare(f: number, down: number, right: number): number {
  return yourCode();
}`,
  solution: solution.unmovedShare,
  tests: [
    fractionTest("when nothing has moved", [[2, 0, 0]], (f) => [f, 0, 0]),
    fractionTest("when the pixel moves one to the right", [[2, 0, 1]], (f) => [f, 0, 1]),
    fractionTest("when it moves one down and one to the right", [[2, 1, 1]], (f) => [f, 1, 1]),
    fractionTest(
      "in larger windows",
      [
        [4, 1, 2],
        [7, 2, 2],
        [3, 1, 0],
      ],
      (f, random) => [f, random.integer(1, f - 1), random.integer(1, f - 1)],
    ),
    fractionTest(
      "when it moves upwards or to the left",
      [
        [3, -1, 0],
        [5, 2, -3],
      ],
      (f, random) => [f, -random.integer(1, f - 1), -random.integer(1, f - 1)],
    ),
    fractionTest(
      "when it moves as far as a window, or farther",
      [
        [2, 2, 0],
        [2, 3, 3],
        [3, 0, -4],
      ],
      (f, random) => [f, f + random.integer(1, 3), random.integer(0, 1)],
    ),
  ],
  hints: [
    "Take f = 4 and one axis. The pixel stands at position 0, 1, 2 or 3 of its window and moves right by 1. From which of these positions does it stay in the window?",
    "It stays from f - d of the f positions, for d up to f. Rows and columns are independent of each other: what becomes of the two fractions?",
    "Math.max(0, 1 - Math.abs(down) / f) times the same for `right`.",
  ],
  wrongAnswers: [
    {
      says: "You count every movement smaller than the window as unnoticed. That depends on where in its window the pixel stands: from the last column, one step is enough to leave it.",
      answer: (f, down, right) => (Math.abs(down) < f && Math.abs(right) < f ? 1 : 0),
    },
    {
      says: "This is the fraction of cases in which the map changes. You want the fraction in which it stays the same.",
      answer: (f, down, right) => 1 - solution.unmovedShare(f, down, right),
    },
    {
      says: "The fraction becomes negative, or two negative ones make a positive, when the pixel moves farther than the window is wide. Then it never stays: Math.max(0, ...).",
      answer: (f, down, right) => (1 - Math.abs(down) / f) * (1 - Math.abs(right) / f),
    },
    {
      says: "A movement upwards or to the left makes your fraction larger than 1. Only how far it goes counts: Math.abs.",
      answer: (f, down, right) => Math.max(0, 1 - down / f) * Math.max(0, 1 - right / f),
    },
    {
      says: "You take the smaller of the two fractions. The pixel must stay in its row of windows and in its column of windows: the fractions multiply.",
      answer: (f, down, right) =>
        Math.min(solution.unmovedShare(f, down, 0), solution.unmovedShare(f, 0, right)),
    },
    {
      says: "You take the two losses away from 1, and so count the cases twice in which both axes leave the window. The fractions multiply.",
      answer: (f, down, right) => Math.max(0, 1 - (Math.abs(down) + Math.abs(right)) / f),
    },
    {
      says: "You measure the distance as the crow flies. Windows are squares: rows and columns each for itself.",
      answer: (f, down, right) => Math.max(0, 1 - Math.hypot(down, right) / f),
    },
    {
      says: "You divide by the f · f positions of the window. Take the axes one by one: along each there are f positions.",
      answer: (f, down, right) =>
        Math.max(0, 1 - Math.abs(down) / f ** 2) * Math.max(0, 1 - Math.abs(right) / f ** 2),
    },
  ],
});

type Movement = [f: number, down: number, right: number];

function fractionTest(
  what: string,
  cases: Movement[],
  drawn: (f: number, random: Random) => Movement,
): ExerciseTest<typeof solution.unmovedShare> {
  return {
    title: `unmovedShare(${cases[0].join(", ")}) ${what}`,
    async run(unmovedShare, { random }) {
      for (const [f, down, right] of [...cases, drawn(random.integer(4, 20), random)]) {
        expectNumber(await unmovedShare(f, down, right), solution.unmovedShare(f, down, right), {
          of: `unmovedShare(${f}, ${down}, ${right})`,
        });
      }
    },
  };
}
