import {
  describeValue,
  exercise,
  expectThat,
  formatInteger,
  formatNumber,
  type Random,
} from "convbook";
import { expectParts } from "../../shared/expectParts";
import * as solution from "../solution";
import { byRule, macsOf, type Size } from "./grown";

const base = macsOf(byRule(0));

export const scaleTo = exercise({
  id: "22.scaleTo",
  title: "As large as the budget allows",
  minutes: 15,
  task:
    "Write `scaleTo(budget)`. By the rule, depth is 1.2^φ, width 1.1^φ, and resolution 96 · 1.15^φ, " +
    "rounded down. Return the three for a φ between 0 and 5 with which the net in the starter takes no " +
    "more multiply-adds than the budget, and at least 94% of it.",
  example: `
// With φ = 0 the net takes 13.44 million multiply-adds, and with the next larger ones far more.
scaleTo(14_000_000) // → { depth: 1, width: 1, resolution: 96 }`,
  starter: `
function scaleTo(budget: number): { depth: number; width: number; resolution: number } {
  const layer = (filters: number, stride: number) =>
    layers.sequential(
      layers.conv({ filters, kernelSize: 3, stride, padding: "same" }),
      layers.relu(),
    );
  const stages = [[16, 1], [24, 2], [48, 3]];
  const grown = (depth: number, width: number, resolution: number): Network =>
    network("grown", [resolution, resolution, 3], ...stages.flatMap(([channels, count]) =>
      Array.from({ length: Math.ceil(count * depth) }, (_, i) =>
        layer(8 * Math.round((channels * width) / 8), i === 0 ? 2 : 1))));
  // At hand: cost(grown(depth, width, resolution)).macs
  return yourCode(); // { depth: ..., width: ..., resolution: ... }
}`,
  solution: solution.scaleTo,
  manyAnswers: true,
  tests: [
    {
      title:
        "scaleTo(budget) stays under three budgets, by the rule, and uses at least two thirds of each",
      points: 2,
      async run(scaleTo, { random }) {
        for (const whole of [1, 2, 1]) {
          const budget = randomBudget(whole, random);
          judge(budget, await scaleTo(budget), 2 / 3);
        }
      },
    },
    {
      title: "scaleTo(budget) uses at least 94% of three budgets",
      points: 2,
      async run(scaleTo, { random }) {
        for (const whole of [2, 1, 2]) {
          const budget = randomBudget(whole, random);
          judge(budget, await scaleTo(budget), 0.94);
        }
      },
    },
  ],
  hints: [
    "Which phi would be right if each step of phi doubled the work? Try it, and count: what do the layers and channels do, which come in whole numbers?",
    "The larger phi, the more multiply-adds, though in steps. If the net of phi = 2 fits and that of phi = 3 does not, where do you look next?",
    "Halve: let [fits, exceeds] = [0, 5], and ten times the middle of the two takes the place of the one or the other.",
  ],
  wrongAnswers: [
    {
      says: "You trust the rule: phi = log2(budget / what phi = 0 takes). Rounding makes the net more expensive than that. Count it.",
      answer: (budget) => byRule(Math.log2(budget / base)),
    },
    {
      says: "You count two operations for each multiply-add, so you stop at half of the budget.",
      answer: (budget) => solution.scaleTo(budget / 2),
    },
    {
      says: "Your phi is a whole number. Any will do: look between.",
      answer: (budget) => byRule([3, 2, 1, 0].find((phi) => macsOf(byRule(phi)) <= budget) ?? 0),
    },
    {
      says: "The resolution is no whole number of pixels: round it down.",
      answer: (budget) => {
        const size = solution.scaleTo(budget);
        return { ...size, resolution: size.resolution + 0.4 };
      },
    },
    {
      says: "Only the depth of yours grows. The rule turns all three dials.",
      answer: (budget) => largest(budget, (t) => ({ ...byRule(0), depth: 1 + 2 * t })),
    },
    {
      says: "Only the width of yours grows. The rule turns all three dials.",
      answer: (budget) => largest(budget, (t) => ({ ...byRule(0), width: 1 + t })),
    },
    {
      says: "Only the resolution of yours grows. The rule turns all three dials.",
      answer: (budget) =>
        largest(budget, (t) => ({ ...byRule(0), resolution: Math.floor(96 * (1 + t)) })),
    },
    {
      says: "Your three factors are the same number. By the rule they are powers of 1.2, 1.1 and 1.15.",
      answer: (budget) =>
        largest(budget, (t) => ({
          depth: 1 + t,
          width: 1 + t,
          resolution: Math.floor(96 * (1 + t)),
        })),
    },
    {
      says: "This is the net as it was, phi = 0. The budget allows for more.",
      answer: () => byRule(0),
    },
  ],
});

/** The largest size of a family that fits, t from 0 to 3. */
function largest(budget: number, sizeOf: (t: number) => Size): Size {
  let [fits, exceeds] = [0, 3];
  for (let halving = 0; halving < 10; halving++) {
    const middle = (fits + exceeds) / 2;
    if (macsOf(sizeOf(middle)) <= budget) fits = middle;
    else exceeds = middle;
  }
  return sizeOf(fits);
}

/**
 * A budget that a net by the rule uses to 97% or more, and one that is a hundredth of phi smaller as well. Between 1.75
 * and 1.95, and between 2.45 and 2.95, the whole phi below takes less than two thirds of it, and the rule's own
 * doubling would exceed it.
 */
function randomBudget(whole: number, random: Random): number {
  for (;;) {
    const phi = whole === 1 ? random.uniform(1.75, 1.95) : random.uniform(2.45, 2.95);
    const [takes, before] = [macsOf(byRule(phi)), macsOf(byRule(phi - 0.01))];
    if (before >= 0.98 * takes) return Math.round(takes * random.uniform(1.002, 1.01));
  }
}

function judge(budget: number, answer: unknown, fraction: number): void {
  const of = `scaleTo(${budget})`;
  expectParts<Size>(answer, of, ["depth", "width", "resolution"]);
  const { depth, width, resolution } = answer;
  for (const [name, value] of Object.entries({ depth, width, resolution }))
    expectThat(
      typeof value === "number" && value >= 1 && value < 1000,
      `${of}.${name} is ${describeValue(value)}: it must be a number from 1, and no giant.`,
    );
  expectThat(
    Number.isInteger(resolution),
    `${of}.resolution is ${formatNumber(resolution)}. Pixels are whole: round down.`,
  );
  const phis = {
    depth: Math.log(depth) / Math.log(1.2),
    width: Math.log(width) / Math.log(1.1),
    resolution: Math.log((resolution + 0.5) / 96) / Math.log(1.15),
  };
  const list = Object.entries(phis)
    .map(([name, phi]) => `${phi.toFixed(2)} by ${name}`)
    .join(", ");
  const values = Object.values(phis);
  expectThat(
    Math.max(...values) - Math.min(...values) < 0.25,
    `${of} must follow the rule, 1.2 ** phi, 1.1 ** phi and 96 * 1.15 ** phi with one phi. Yours is ${list}.`,
  );
  const takes = macsOf({ depth, width, resolution });
  const said = `${of} takes ${formatInteger(takes)} multiply-adds, ${((100 * takes) / budget).toFixed(1)}% of the budget`;
  expectThat(takes <= budget, `${said}. At most 100% are allowed.`);
  expectThat(
    takes >= fraction * budget,
    `${said}. At least ${Math.floor(100 * fraction)}% are to be used.`,
  );
}
