import {
  describeValue,
  exercise,
  expectNumbers,
  expectThat,
  formatInteger,
  type Random,
} from "convbook";
import { expectParts } from "../../shared/expectParts";
import * as solution from "../solution";

type Dials = ReturnType<typeof solution.dials>;
type Budget = [macs: number, values: number];

const FRACTIONS = [0.25, 0.5, 0.75, 1];
const FACTORS = [2, 3, 4, 5, 6];
/** A budget that binds nothing. */
const AMPLE = 1e9;

const settings: readonly Dials[] = FRACTIONS.flatMap((alpha) =>
  FRACTIONS.flatMap((rho) => FACTORS.map((t) => ({ alpha, rho, t }))),
);

/** What a setting costs, as one counts who has not forgotten anything. */
const right = {
  size: ({ rho }: Dials) => 28 * rho * 28 * rho,
  weights: ({ alpha, t }: Dials) => t * 32 * alpha * (2 * 32 * alpha + 9),
  macs: (dials: Dials) => right.size(dials) * right.weights(dials),
  values: (dials: Dials) => right.size(dials) * 32 * dials.alpha * (2 * dials.t + 1),
};

/** The search, with what learners get wrong as options. */
interface Search {
  macs?: (dials: Dials) => number;
  values?: (dials: Dials) => number;
  /** What there is to be the most of; of equals the last counts. */
  merit?: (dials: Dials) => number;
  fits?: (cost: number, budget: number) => boolean;
  among?: readonly Dials[];
}

const none: Dials = { alpha: 0, rho: 0, t: 0 };

function search({
  macs = right.macs,
  values = right.values,
  merit = right.weights,
  fits = (cost, budget) => cost <= budget,
  among = settings,
}: Search): (mostMacs: number, mostValues: number) => Dials {
  return (mostMacs, mostValues) => {
    let best = none;
    for (const dials of among) {
      if (!fits(macs(dials), mostMacs) || !fits(values(dials), mostValues)) continue;
      if (best === none || merit(dials) >= merit(best)) best = dials;
    }
    return best;
  };
}

const channels = ({ alpha }: Dials) => 32 * alpha;
const wide = (dials: Dials) => dials.t * channels(dials);
const perPosition = (weights: (dials: Dials) => number) => (dials: Dials) =>
  right.size(dials) * weights(dials);

/** Mistakes in counting the work. */
const wrongWork = {
  noDepthwise: search({ macs: perPosition((d) => 2 * wide(d) * channels(d)) }),
  fullWindow: search({ macs: perPosition((d) => 2 * wide(d) * channels(d) + 9 * wide(d) ** 2) }),
  oneWay: search({ macs: perPosition((d) => wide(d) * (channels(d) + 9)) }),
  rhoOnce: search({ macs: (d) => right.macs(d) / d.rho }),
  alphaOnce: search({ macs: (d) => right.macs({ ...d, alpha: 1 }) * d.alpha }),
  flops: search({ macs: (d) => 2 * right.macs(d) }),
  mostWork: search({ merit: right.macs }),
  below: search({ fits: (cost, budget) => cost < budget }),
};

/** Mistakes in counting the memory, and in choosing among equals. */
const wrongMemory = {
  noShortcut: search({ values: perPosition((d) => 2 * wide(d)) }),
  oneWide: search({ values: perPosition((d) => wide(d) + channels(d)) }),
  narrow: search({ values: perPosition((d) => 2 * channels(d)) }),
  everything: search({ values: perPosition((d) => 2 * wide(d) + 2 * channels(d)) }),
  bytes: search({ values: (d) => 4 * right.values(d) }),
  smallMaps: search({ among: [...settings].sort((a, b) => b.rho - a.rho) }),
  below: wrongWork.below,
};

/** Mistakes that show where both budgets bind. */
const wrongBoth = {
  memoryIgnored: search({ values: () => 0 }),
  workIgnored: search({ macs: () => 0 }),
  inOrder: search({ merit: ({ alpha, rho, t }) => 100 * alpha + 10 * rho + t }),
  mapsFirst: search({ merit: ({ alpha, rho, t }) => 100 * rho + 10 * alpha + t }),
  expansionFirst: search({ merit: ({ alpha, rho, t }) => 100 * t + 10 * alpha + rho }),
  alwaysSix: search({ among: settings.filter(({ t }) => t === 6) }),
};

export const dials = exercise({
  id: "19.dials",
  title: "α, ρ and t under two budgets",
  minutes: 12,
  task: "An inverted residual with a shortcut has maps of 28ρ × 28ρ, 32α channels at its ends and t times as many in its middle; α and ρ are ¼, ½, ¾ or 1, t is 2, 3, 4, 5 or 6. Write `dials(macs, values)`: of the settings that take at most `macs` multiply-adds and have at most `values` values in use at once, the one with the most weights. Among equals, the largest maps.",
  example: `
dials(20000, 2500) // nothing else fits: maps of 7 × 7, 8 channels, 16 in the middle
// → { alpha: 0.25, rho: 0.25, t: 2 }`,
  starter: `
function dials(macs: number, values: number): { alpha: number; rho: number; t: number } {
  // Convolutions alone, without biases. The most values are in use while the depthwise
  // convolution runs: what goes into it, what comes out of it, and the block's input, which
  // waits for the sum. Some setting always fits.
  return yourCode(); // { alpha: ..., rho: ..., t: ... }
}`,
  solution: solution.dials,
  tests: [
    {
      title: "dials(macs, plenty) has the most weights that the multiply-adds allow",
      points: 2,
      async run(dials, { random }) {
        for (const budget of budgets(wrongWork, random, (macs) => [macs, AMPLE]))
          judge(budget, await dials(...budget));
      },
    },
    {
      title:
        "dials(plenty, values) has the most weights, then the largest maps, that the memory allows",
      points: 2,
      async run(dials, { random }) {
        for (const budget of budgets(wrongMemory, random, (_, values) => [AMPLE, values]))
          judge(budget, await dials(...budget));
      },
    },
    {
      title: "dials(macs, values) keeps within both",
      points: 2,
      async run(dials, { random }) {
        for (const budget of budgets(wrongBoth, random, (macs, values) => [macs, values]))
          judge(budget, await dials(...budget));
      },
    },
    {
      title: "dials(macs, values) for what each of the 80 settings takes, to the last one",
      points: 2,
      async run(dials, { random }) {
        // From a draw on: whoever knows the settings' order would know the answers'.
        const first = random.integer(0, settings.length - 1);
        for (const k of settings.keys()) {
          const setting = settings[(first + k) % settings.length];
          for (const less of [0, 1]) {
            const budget: Budget = [right.macs(setting) - less, right.values(setting)];
            if (solution.dials(...budget).t > 0) judge(budget, await dials(...budget));
          }
        }
      },
    },
  ],
  hints: [
    "There are 4 · 4 · 5 settings. Does anything keep you from trying them all?",
    "How many weights has a 1 x 1 convolution from c to t · c channels, a depthwise 3 x 3 on t · c, a 1 x 1 back to c? And how often is each used?",
    "While the depthwise convolution runs, t · c maps go in and as many come out, and c wait for the sum: n · n · c · (2t + 1) values.",
    "Let alpha, rho and t run through their values in three loops, rho in the second, and keep a setting that fits if its weights are at least those of the best so far.",
  ],
  wrongAnswers: [
    {
      says: "Your multiply-adds are those of the two 1 x 1 convolutions. The depthwise one has 9 for each value of the middle.",
      answer: wrongWork.noDepthwise,
    },
    {
      says: "You count the middle as a full 3 x 3 convolution. It is depthwise: 9 multiply-adds a value, not 9 times all channels.",
      answer: wrongWork.fullWindow,
    },
    {
      says: "One of the two 1 x 1 convolutions is missing from your count: there is one on the way out and one on the way back.",
      answer: wrongWork.oneWay,
    },
    {
      says: "Your work falls with rho. It falls with rho², since height and width both shrink.",
      answer: wrongWork.rhoOnce,
    },
    {
      says: "Your work falls with alpha as if the middle kept its channels. Both sides of a 1 x 1 convolution grow thinner.",
      answer: wrongWork.alphaOnce,
    },
    {
      says: "You count a multiplication and an addition as two. The budget is in multiply-adds, where they are one.",
      answer: wrongWork.flops,
    },
    {
      says: "You return the setting that does the most work. The most weights are asked for, and rho changes no weight.",
      answer: wrongWork.mostWork,
    },
    {
      says: "What meets a budget exactly fits: at most, not less.",
      answer: wrongWork.below,
    },
    {
      says: "The shortcut is missing from your memory: what came in has to wait for the sum.",
      answer: wrongMemory.noShortcut,
    },
    {
      says: "Your memory has the wide maps once. The depthwise convolution reads them and writes as many.",
      answer: wrongMemory.oneWide,
    },
    {
      says: "Your memory has only the narrow ends. Computed layer by layer, the wide middle stands there whole.",
      answer: wrongMemory.narrow,
    },
    {
      says: "Your memory has the output of the block as well. It is made after the depthwise convolution, when one of the two wide tensors can go.",
      answer: wrongMemory.everything,
    },
    {
      says: "You count four bytes a value. The budget is in values.",
      answer: wrongMemory.bytes,
    },
    {
      says: "Of settings with the same weights you return the one with the smallest maps. The largest are asked for.",
      answer: wrongMemory.smallMaps,
    },
    {
      says: "You keep to the multiply-adds and not to the memory.",
      answer: wrongBoth.memoryIgnored,
    },
    {
      says: "You keep to the memory and not to the multiply-adds.",
      answer: wrongBoth.workIgnored,
    },
    {
      says: "You take the largest alpha that fits, then the largest rho, and the largest t last. A smaller alpha with a larger t may have more weights.",
      answer: wrongBoth.inOrder,
    },
    {
      says: "You take the largest maps that fit, and only then ask for weights. It is the other way round.",
      answer: wrongBoth.mapsFirst,
    },
    {
      says: "You take the largest t that fits first. A smaller t with a larger alpha may have more weights.",
      answer: wrongBoth.expansionFirst,
    },
    {
      says: "Your t is always 6, as in the paper. Here it is a dial like the others.",
      answer: wrongBoth.alwaysSix,
    },
  ],
});

/** For each of these mistakes two budgets that find it out: what some setting takes exactly, or one less. */
function budgets(
  mistakes: Record<string, (macs: number, values: number) => Dials>,
  random: Random,
  budgetOf: (macs: number, values: number) => Budget,
): Budget[] {
  const pick = () => settings[random.integer(0, settings.length - 1)];
  return Object.values(mistakes).flatMap((mistake) =>
    [1, 2].map(() => {
      for (;;) {
        const less = random.integer(0, 1);
        const budget = budgetOf(right.macs(pick()) - less, right.values(pick()) - less);
        const best = solution.dials(...budget);
        if (best.t > 0 && !isSame(best, mistake(...budget))) return budget;
      }
    }),
  );
}

function isSame(a: Dials, b: Dials): boolean {
  return a.alpha === b.alpha && a.rho === b.rho && a.t === b.t;
}

function judge([macs, values]: Budget, answer: unknown): void {
  const of = `dials(${macs}, ${values})`;
  expectParts<Dials>(answer, of, ["alpha", "rho", "t"]);
  const { alpha, rho, t } = answer;
  for (const [name, value, allowed] of [
    ["alpha", alpha, FRACTIONS],
    ["rho", rho, FRACTIONS],
    ["t", t, FACTORS],
  ] as const)
    expectThat(
      allowed.includes(value),
      `${of}.${name} is ${describeValue(value)}. It must be one of ${allowed.join(", ")}.`,
    );
  const takes = (cost: keyof typeof right) => formatInteger(right[cost](answer));
  const chosen = `${of}: alpha ${alpha}, rho ${rho}, t ${t}`;
  expectThat(
    right.macs(answer) <= macs,
    `${chosen} takes ${takes("macs")} multiply-adds, at most ${formatInteger(macs)} are allowed.`,
  );
  expectThat(
    right.values(answer) <= values,
    `${chosen} has ${takes("values")} values in use, at most ${formatInteger(values)} are allowed.`,
  );
  const best = solution.dials(macs, values);
  expectThat(
    right.weights(answer) === right.weights(best),
    `${chosen} has ${takes("weights")} weights. One with ${formatInteger(right.weights(best))} fits as well.`,
  );
  expectNumbers([alpha, rho, t], [best.alpha, best.rho, best.t], {
    of: `${of}, as [alpha, rho, t],`,
  });
}
