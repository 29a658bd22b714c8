import { exercise, type ExerciseTest, expectThat, type Random } from "convbook";
import * as solution from "../solution";

type Pick = typeof solution.pick;
type Candidate = Parameters<Pick>[0][number];
type Budget = Parameters<Pick>[1];

export const pick = exercise({
  id: "23.pick",
  title: "Which net for which budget",
  minutes: 10,
  task:
    "Write `pick(nets, budget, source)`: the name of the most accurate net of this source that costs no " +
    "more than the budget, or null if none fits. A bound that is not given does not bind. Of two that are " +
    "equally accurate, take the one with fewer multiply-adds.",
  example: `
const nets = [
  { name: "a", source: "paper", params: 5e6, macs: 300e6, top1: 72 },
  { name: "b", source: "paper", params: 4e6, macs: 600e6, top1: 75 },
  { name: "c", source: "Keras", params: 4e6, macs: 200e6, top1: 74 },
];
pick(nets, { macs: 400e6 }, "paper") // → "a"
pick(nets, { params: 4e6 }, "paper") // → "b"
pick(nets, { params: 4e6, macs: 400e6 }, "paper") // → null`,
  starter: `
function pick(
  nets: { name: string; source: string; params: number; macs: number; top1: number }[],
  budget: { params?: number; macs?: number },
  source: string,
): string | null {
  return yourCode();
}`,
  solution: solution.pick,
  tests: [
    pickTest("pick(nets, { params, macs }, source)", ["params", "macs"], 2),
    pickTest("pick(nets, { macs }, source)", ["macs"], 1),
    pickTest("pick(nets, { params }, source)", ["params"], 1),
    {
      title: "pick(nets, budget, source) is null where nothing fits",
      async run(pick, { random }) {
        const { nets, source } = drawn(random);
        const macs = Math.min(...nets.map((net) => net.macs)) - random.integer(1, 5);
        expectPicked(await pick(nets, { macs }, source), null, nets, { macs }, source);
        // And where the best of the source costs just as much as the budget: else nothing would be right.
        const all = drawn(random);
        const best = all.nets
          .filter((net) => net.source === all.source)
          .sort((a, b) => b.top1 - a.top1)[0];
        const just = { macs: best.macs };
        const picked = await pick(all.nets, just, all.source);
        expectPicked(picked, best.name, all.nets, just, all.source);
      },
    },
  ],
  hints: [
    "Which nets may be taken at all? Filter first, by three conditions.",
    "What number stands for a bound that does not bind?",
    "const { params = Infinity, macs = Infinity } = budget; filter; sort by (a, b) => b.top1 - a.top1 || a.macs - b.macs; and the name of the first, if there is one.",
  ],
  wrongAnswers: [
    {
      says: "You take nets of any source. A figure of another source is one of another way of training.",
      answer: (nets, budget) => best(nets, budget),
    },
    {
      says: "A net that costs just as much as the budget fits. You leave it out.",
      answer: (nets, { params = Infinity, macs = Infinity }, source) =>
        best(
          nets.filter((net) => net.params < params && net.macs < macs),
          {},
          source,
        ),
    },
    {
      says: "You take the cheapest that fits. The most accurate is asked for.",
      answer: (nets, budget, source) =>
        fitting(nets, budget, source).sort((a, b) => a.macs - b.macs)[0]?.name ?? null,
    },
    {
      says: "You take the first that fits.",
      answer: (nets, budget, source) => fitting(nets, budget, source)[0]?.name ?? null,
    },
    {
      says: "You look at the parameters, and not at the multiply-adds.",
      answer: (nets, { params = Infinity }, source) => best(nets, { params }, source),
    },
    {
      says: "You look at the multiply-adds, and not at the parameters.",
      answer: (nets, { macs = Infinity }, source) => best(nets, { macs }, source),
    },
    {
      says: "A bound that is missing counts as 0 in yours, so that nothing fits.",
      answer: (nets, { params = 0, macs = 0 }, source) => best(nets, { params, macs }, source),
    },
    {
      says: "Of two equally accurate nets you take the one with more multiply-adds, or the one that comes first.",
      answer: (nets, budget, source) =>
        fitting(nets, budget, source).sort((a, b) => b.top1 - a.top1 || b.macs - a.macs)[0]?.name ??
        null,
    },
  ],
});

function fitting(nets: Candidate[], budget: Budget, source?: string): Candidate[] {
  const { params = Infinity, macs = Infinity } = budget;
  return nets.filter(
    (net) =>
      (source === undefined || net.source === source) && net.params <= params && net.macs <= macs,
  );
}

function best(nets: Candidate[], budget: Budget, source?: string): string | null {
  return (
    fitting(nets, budget, source).sort((a, b) => b.top1 - a.top1 || a.macs - b.macs)[0]?.name ??
    null
  );
}

function pickTest(
  title: string,
  bounds: readonly (keyof Budget)[],
  points: number,
): ExerciseTest<Pick> {
  return {
    title,
    points,
    async run(pick, { random }) {
      for (let trial = 0; trial < 3; trial++) {
        const { nets, budget: whole, source } = drawn(random);
        const budget = Object.fromEntries(bounds.map((kind) => [kind, whole[kind]])) as Budget;
        const expected = solution.pick(nets, budget, source);
        expectPicked(await pick(nets, budget, source), expected, nets, budget, source);
      }
    },
  };
}

function expectPicked(
  actual: unknown,
  expected: string | null,
  nets: Candidate[],
  budget: Budget,
  source: string,
): void {
  const shown = (name: unknown): string => {
    const net = nets.find((one) => one.name === name);
    return net
      ? `${net.name} (${net.source}, ${net.params} parameters, ${net.macs} multiply-adds, ${net.top1}%)`
      : String(name);
  };
  expectThat(
    actual === expected,
    `pick(nets, ${JSON.stringify(budget)}, "${source}"): expected ${shown(expected)}, got ${shown(actual)}.`,
  );
}

/**
 * Two that just fit are the best, equal but for their multiply-adds, and so that each bound alone decides; a better one is
 * of another source, one is better but has too many parameters, one too many multiply-adds; cheap ones come first.
 */
function drawn(random: Random): { nets: Candidate[]; budget: Required<Budget>; source: string } {
  const params = random.integer(50, 90);
  const macs = random.integer(300, 900);
  const top1 = random.integer(70, 74);
  const [source, other] = random.integer(0, 1) === 0 ? ["V1", "V2"] : ["V2", "V1"];
  const less = (): number => random.integer(10, 40);
  const make = (p: number, m: number, accuracy: number, from = source) => ({
    name: "",
    source: from,
    params: p,
    macs: m,
    top1: accuracy,
  });
  const dear = [
    make(params, macs, top1), // fits just
    make(params, macs - random.integer(1, 9), top1), // equally accurate, for less
    make(params, macs, top1 + 5, other),
    make(params + less(), macs - less(), top1 + 3), // too many parameters
    make(params - less(), macs + less(), top1 + 2), // too many multiply-adds
  ];
  const cheap = [
    make(params - less(), macs - 50 - random.integer(0, 40), top1 - random.integer(1, 3)),
    make(params - less(), macs - 100 - less(), top1 - random.integer(4, 6)),
  ];
  // Those of more multiply-adds come first among equals, so that the order of the list does not decide by luck.
  const nets = [...cheap, ...dear].map((net, i) => ({ ...net, name: "ABCDEFGH"[i] }));
  return { nets, budget: { params, macs }, source };
}
