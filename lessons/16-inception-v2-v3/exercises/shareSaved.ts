import { exercise, expectNumber, type TestContext } from "convbook";
import * as solution from "../solution";

type Size = [height: number, width: number];

const area = ([height, width]: Size) => height * width;
const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0);

export const shareSaved = exercise({
  id: "16.shareSaved",
  title: "What a replacement saves",
  minutes: 5,
  task:
    "Write `shareSaved(kernel, stack)`: a layer with a kernel of [height, width] gives way to a stack of " +
    "layers with such kernels, all with the same number of channels in and out, on maps of the same size. " +
    "Return the fraction of the multiply-adds that is saved; it is negative where the stack takes more.",
  example: `
shareSaved([2, 5], [[1, 5], [2, 1]]) // → 0.3
shareSaved([2, 2], [[1, 3], [3, 1]]) // → -0.5`,
  starter: `
function shareSaved(kernel: [number, number], stack: [number, number][]): number {
  return yourCode();
}`,
  solution: solution.shareSaved,
  tests: [
    savingTest([5, 5], [[3, 3], [3, 3]]), // prettier-ignore
    savingTest([3, 3], [[1, 3], [3, 1]]), // prettier-ignore
    savingTest([3, 3], [[2, 2], [2, 2]]), // prettier-ignore
    {
      title: "shareSaved(kernel, stack) of any kernels, also where nothing is saved",
      async run(shareSaved, { random }) {
        const size = (): Size => [random.integer(1, 8), random.integer(1, 8)];
        for (let i = 0; i < 5; i++) {
          const [kernel, stack] = [size(), Array.from({ length: random.integer(1, 5) }, size)];
          expectSaving(await shareSaved(kernel, stack), kernel, stack);
        }
      },
    },
  ],
  hints: [
    "How many multiply-adds does one value of the output cost, with C channels in and C out? What of that is the same in every layer here?",
    "Only the areas of the kernels differ: 25·C² against (9 + 9)·C². The fraction saved is one minus the ratio of new to old.",
  ],
  wrongAnswers: [
    {
      says: "That is the fraction which is left, not the fraction which is saved.",
      answer: (kernel, stack) => sum(stack.map(area)) / area(kernel),
    },
    {
      says: "You return percent. The answer is a fraction of 1: 0.28, not 28.",
      answer: (kernel, stack) => 100 * solution.shareSaved(kernel, stack),
    },
    {
      says: "Only one layer of the stack is counted. 25/9 = 2.78 compares the kernels alone; all the layers have to be paid for.",
      answer: (kernel, stack) => 1 - area(stack[0]) / area(kernel),
    },
    {
      says: "The areas of the stack are multiplied. Its layers work one after the other: their multiply-adds add up.",
      answer: (kernel, stack) =>
        1 - stack.map(area).reduce((product, n) => product * n, 1) / area(kernel),
    },
    {
      says: 'The saving is set against the new cost. "28% saved" means 28% of what the one layer cost before.',
      answer: (kernel, stack) => area(kernel) / sum(stack.map(area)) - 1,
    },
    {
      says: "You add height and width. A kernel of 5 x 5 has 25 weights for each pair of channels.",
      answer: ([height, width], stack) => 1 - sum(stack.map(([h, w]) => h + w)) / (height + width),
    },
  ],
});

function savingTest(kernel: Size, stack: Size[]) {
  return {
    title: `${callOf(kernel, stack)} is ${percent(solution.shareSaved(kernel, stack))}`,
    async run(
      shareSaved: (kernel: Size, stack: Size[]) => Promise<number>,
      { random }: TestContext,
    ) {
      expectSaving(await shareSaved(kernel, stack), kernel, stack);
      const larger: Size = [kernel[0] + random.integer(1, 4), kernel[1] + random.integer(5, 9)];
      expectSaving(await shareSaved(larger, stack), larger, stack);
    },
  };
}

function expectSaving(actual: unknown, kernel: Size, stack: Size[]): void {
  expectNumber(actual, solution.shareSaved(kernel, stack), { of: callOf(kernel, stack) });
}

function callOf(kernel: Size, stack: Size[]): string {
  const sizes = stack.map((size) => `[${size.join(", ")}]`).join(", ");
  return `shareSaved([${kernel.join(", ")}], [${sizes}])`;
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)}%`;
}
