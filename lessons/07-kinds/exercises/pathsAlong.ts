import { exercise, type ExerciseTest, expectNumbers } from "convbook";
import * as solution from "../solution";

type PathsAlong = typeof solution.pathsAlong;

export const pathsAlong = exercise({
  id: "07.pathsAlong",
  title: "Which inputs does a dilated stack see?",
  minutes: 12,
  task:
    "Write `pathsAlong(f, dilations)`: along one axis, how many paths lead from each input to one " +
    "output of a stack of layers with f taps and stride 1, where `dilations[0]` belongs to the first " +
    "layer. The list goes from the first input that reaches the output to the last; an input in a " +
    "hole has 0 paths.",
  example: `
pathsAlong(3, [2]) // → [1, 0, 1, 0, 1]
pathsAlong(3, [2, 1]) // the third input has two ways to the output
// → [1, 1, 2, 1, 2, 1, 1]`,
  starter: `
function pathsAlong(f: number, dilations: number[]): number[] {
  return yourCode();
}`,
  solution: solution.pathsAlong,
  tests: [
    pathsTest("is one path to each of three inputs", [[3, [1]]]),
    pathsTest("counts the middle three times", [[3, [1, 1]]]),
    pathsTest("leaves holes", [
      [3, [2]],
      [2, [3]],
      [3, [2, 2]],
    ]),
    pathsTest("fills the holes", [
      [3, [1, 2]],
      [3, [1, 2, 3]],
      [2, [1, 2, 4]],
    ]),
    {
      title: "pathsAlong(f, dilations) for ten random stacks",
      async run(pathsAlong, { random }) {
        for (let trial = 0; trial < 10; trial++) {
          const f = random.integer(1, 4);
          const length = random.integer(0, 4);
          const dilations = Array.from({ length }, () => random.integer(1, 4));
          await expectPaths(pathsAlong, f, dilations);
        }
      },
    },
  ],
  hints: [
    "One layer with dilation d: how far from the first tap does each of its taps lie? A list with 1 there and 0 between is the answer for a single layer.",
    "Now a second layer in front of it. Each input of the first list is itself an output, with f taps: whoever led to it leads on to f others. The list grows by d · (f - 1).",
    "Start with [1]. For each d make a list of zeros, longer by d * (f - 1); for each tap add the old counts, moved by tap * d.",
  ],
  wrongAnswers: [
    {
      says: "Every input that is seen has a 1. Where several paths meet they add up: an input that two taps reach has two.",
      answer: (f, dilations) =>
        solution.pathsAlong(f, dilations).map((count) => Math.min(count, 1)),
    },
    {
      says: "The dilations are ignored: this is the stack with all taps side by side.",
      answer: (f, dilations) =>
        solution.pathsAlong(
          f,
          dilations.map(() => 1),
        ),
    },
    {
      says: "Taps are d + 1 positions apart here. A dilation of 1 means neighbours; d means d positions apart.",
      answer: (f, dilations) =>
        solution.pathsAlong(
          f,
          dilations.map((d) => d + 1),
        ),
    },
    {
      says: "This is the first layer alone. Every further layer spreads the paths once more.",
      answer: (f, dilations) => solution.pathsAlong(f, dilations.slice(0, 1)),
    },
    {
      says: "This is the last layer alone. The layers before it spread the paths on.",
      answer: (f, dilations) => solution.pathsAlong(f, dilations.slice(-1)),
    },
    {
      says: "You add the dilations up and make one layer of them. Each layer branches f times: the paths of several layers multiply.",
      answer: (f, dilations) => solution.pathsAlong(f, [dilations.reduce((sum, d) => sum + d, 0)]),
    },
    {
      says: "The counts are right, and there are zeros after them: each layer makes the list longer by d · (f - 1), not by d · f.",
      answer: (f, dilations) => [
        ...solution.pathsAlong(f, dilations),
        ...dilations.flatMap((d) => Array.from({ length: d }, () => 0)),
      ],
    },
    {
      says: "These are fractions that sum to 1. The answer is the paths themselves, whole numbers.",
      answer: (f, dilations) => {
        const paths = solution.pathsAlong(f, dilations);
        const all = paths.reduce((sum, count) => sum + count, 0);
        return paths.map((count) => count / all);
      },
    },
    {
      says: "Where two paths meet, the later one takes the place of the earlier. They add up: longer[at + tap * d] += count.",
      answer: (f, dilations) => lastPath(f, dilations),
    },
    {
      says: "The first layer is left out. Start from [1], and go through all dilations.",
      answer: (f, dilations) => solution.pathsAlong(f, dilations.slice(1)),
    },
    {
      says: "Inputs that no path leads to are left out of your list. They belong to it, with a 0: that is what a hole is.",
      answer: (f, dilations) => solution.pathsAlong(f, dilations).filter((count) => count > 0),
    },
    {
      says: "The dilations double by themselves in your stack. They are given: the d of each layer.",
      answer: (f, dilations) =>
        solution.pathsAlong(
          f,
          dilations.map((_, i) => 2 ** i),
        ),
    },
  ],
});

async function expectPaths(
  answer: (f: number, dilations: number[]) => Promise<number[]>,
  f: number,
  dilations: number[],
): Promise<void> {
  expectNumbers(await answer(f, dilations), solution.pathsAlong(f, dilations), {
    of: `pathsAlong(${f}, [${dilations.join(", ")}])`,
    tolerance: 0,
  });
}

function pathsTest(what: string, cases: [number, number[]][]): ExerciseTest<PathsAlong> {
  const [f, dilations] = cases[0];
  return {
    title: `pathsAlong(${f}, [${dilations.join(", ")}]) ${what}`,
    async run(pathsAlong, { random }) {
      for (const [taps, stack] of cases) await expectPaths(pathsAlong, taps, stack);
      await expectPaths(pathsAlong, random.integer(4, 9), dilations);
    },
  };
}

/** As the solution, but a path that arrives later takes the place of an earlier one. */
function lastPath(f: number, dilations: readonly number[]): number[] {
  let paths = [1];
  for (const d of dilations) {
    const longer = Array.from({ length: paths.length + d * (f - 1) }, () => 0);
    for (let tap = 0; tap < f; tap++)
      paths.forEach((count, at) => {
        longer[at + tap * d] = count;
      });
    paths = longer;
  }
  return paths;
}
