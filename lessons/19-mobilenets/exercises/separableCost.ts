import { exercise, type ExerciseTest, expectNumbers } from "convbook";
import * as solution from "../solution";

export const separableCost = exercise({
  id: "19.separableCost",
  title: "What a separable convolution costs",
  minutes: 10,
  task: "Write `separableCost(n, k, cin, cout)`: the multiply-adds of a full k×k convolution on n×n maps, those of the depthwise and of the pointwise half of a separable one, and the fraction of the first that these two take together.",
  example: `
separableCost(4, 3, 2, 8)
// → [2304, 288, 256, 0.236111]`,
  starter: `
function separableCost(n: number, k: number, cin: number, cout: number): number[] {
  // Four numbers: the multiply-adds of the full convolution,
  //   those of the depthwise convolution, and those of the pointwise one that follows it,
  //   and the fraction of the full convolution's multiply-adds that these two take together.
  return yourCode();
}`,
  solution: solution.separableCost,
  tests: [
    costTest("is small enough to count by hand", 1, 3, 2, 4),
    costTest("as the MobileNet paper has it in table 3", 14, 3, 512, 512),
    costTest("where the channels double", 112, 3, 32, 64),
    costTest("with windows of 5 x 5 and fewer channels out than in", 28, 5, 96, 24),
    costTest("where the windows are 1 x 1, and nothing is saved", 7, 1, 160, 960),
  ],
  hints: [
    "Take one position of the output. How many numbers does the full convolution multiply there for one filter, and how many filters are there? How many does the depthwise convolution multiply for one channel?",
    "At each of the n · n positions: k · k · cin · cout for the full one, k · k · cin for the depthwise one, cin · cout for the pointwise one.",
    "The last number is (depthwise + pointwise) / full. Shorten the fraction by hand, too: you should find 1/cout + 1/k².",
  ],
  wrongAnswers: [
    {
      says: "Your fraction is 1/cin + 1/k², as some notes have it. Divide k²·cin + cin·cout by k²·cin·cout: cin cancels in both terms, and cout stays in one.",
      answer: changed(([full, depthwise, pointwise], { k, cin }) => [
        full,
        depthwise,
        pointwise,
        1 / cin + 1 / (k * k),
      ]),
    },
    {
      says: "Your fraction is turned round: it says how many times cheaper the two are. Divide the two by the full one.",
      answer: changed(([full, depthwise, pointwise, ratio]) => [
        full,
        depthwise,
        pointwise,
        1 / ratio,
      ]),
    },
    {
      says: "These are weights: how often is each of them used? Once for each of the n · n positions.",
      answer: changed(([full, depthwise, pointwise, ratio], { n }) => [
        full / (n * n),
        depthwise / (n * n),
        pointwise / (n * n),
        ratio,
      ]),
    },
    {
      says: "Your depthwise convolution has a filter for each output channel. It has one for each input channel: channels are not mixed, so as many go out as came in.",
      answer: changed(([full, , pointwise], { n, k, cout }) => {
        const depthwise = n * n * k * k * cout;
        return [full, depthwise, pointwise, (depthwise + pointwise) / full];
      }),
    },
    {
      says: "Your depthwise convolution costs as much as the full one: each of its filters sees all channels. Each has a single channel to look at.",
      answer: changed(([full, , pointwise]) => [full, full, pointwise, (full + pointwise) / full]),
    },
    {
      says: "Your pointwise convolution still has k x k windows. It looks at a single position, and at all channels there.",
      answer: changed(([full, depthwise]) => [full, depthwise, full, (depthwise + full) / full]),
    },
    {
      says: "You count k where the window has k · k pixels.",
      answer: changed(([, , pointwise], { n, k, cin, cout }) => {
        const [full, depthwise] = [n * n * k * cin * cout, n * n * k * cin];
        return [full, depthwise, pointwise, (depthwise + pointwise) / full];
      }),
    },
    {
      says: "You count n where the map has n · n pixels.",
      answer: changed(([full, depthwise, pointwise, ratio], { n }) => [
        full / n,
        depthwise / n,
        pointwise / n,
        ratio,
      ]),
    },
    {
      says: "You multiply the costs of the two halves. They come one after the other: their costs are added.",
      answer: changed(([full, depthwise, pointwise]) => [
        full,
        depthwise,
        pointwise,
        (depthwise * pointwise) / full,
      ]),
    },
    {
      says: "The fraction is only that of the pointwise convolution. The depthwise one comes on top.",
      answer: changed(([full, depthwise, pointwise]) => [
        full,
        depthwise,
        pointwise,
        pointwise / full,
      ]),
    },
    {
      says: "The fraction is what is saved. The question is what is left to pay.",
      answer: changed(([full, depthwise, pointwise, ratio]) => [
        full,
        depthwise,
        pointwise,
        1 - ratio,
      ]),
    },
  ],
});

function costTest(
  what: string,
  ...size: [n: number, k: number, cin: number, cout: number]
): ExerciseTest<typeof solution.separableCost> {
  const of = `separableCost(${size.join(", ")})`;
  return {
    title: `${of} ${what}`,
    async run(separableCost, { random }) {
      expectNumbers(await separableCost(...size), solution.separableCost(...size), { of });
      const [n, k, cin, cout] = size;
      const other = [n + 1, k, cin + random.integer(1, 50), cout + random.integer(1, 50)] as const;
      expectNumbers(await separableCost(...other), solution.separableCost(...other), {
        of: `separableCost(${other.join(", ")})`,
      });
    },
  };
}

interface Size {
  n: number;
  k: number;
  cin: number;
  cout: number;
}

/** The right numbers, with something wrong made of them. */
function changed(
  mistake: (right: number[], size: Size) => number[],
): typeof solution.separableCost {
  return (n, k, cin, cout) => mistake(solution.separableCost(n, k, cin, cout), { n, k, cin, cout });
}
