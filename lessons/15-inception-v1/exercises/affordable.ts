import {
  cost,
  exercise,
  expectNumbers,
  expectThat,
  formatInteger,
  type Layer,
  layers,
  type Module,
  type Network,
  network,
  type Random,
  receptiveFields,
} from "convbook";
import { requireNetwork } from "../../shared/requireNetwork";
import * as solution from "../solution";

type Affordable = typeof solution.affordable;

const { branches, conv, maxPool, relu, sequential } = layers;

export const affordable = exercise({
  id: "15.affordable",
  title: "The same shape in at most 40% of the multiply-adds",
  minutes: 12,
  task:
    "Write `affordable(input, filters)`. The naive module has four branches: a 1×1, a 3×3, a 5×5, and a " +
    "1×1 after a 3×3 pool, with these numbers of filters. Give one of the same output shape, in which as " +
    "many maps see 1×1, 3×3 and 5×5 pixels, for at most 40% of its multiply-adds. No convolution may have " +
    "fewer filters than an eighth of the input's channels.",
  example: `
const net = affordable([6, 5, 32], [4, 8, 6, 2]);
net.output.shape // → [6, 5, 20]
const naive = 6 * 5 * 32 * (4 + 9 * 8 + 25 * 6 + 2); // multiply-adds
cost(net).macs <= 0.4 * naive // → true`,
  starter: `
function affordable(input: number[], filters: number[]): Network {
  const { branches, conv, maxPool, relu, sequential } = layers;
  const [one, three, five, pool] = filters;
  // no groups, no dilation, and a ReLU behind every convolution
  return yourCode(); // network("affordable", input, ...)
}`,
  solution: solution.affordable,
  tests: [
    {
      title:
        "affordable([28, 28, 192], [64, 128, 32, 32]), the shape of module 3a, passes the judge",
      points: 2,
      async run(affordable, { random }) {
        judge([28, 28, 192], [64, 128, 32, 32], await affordable([28, 28, 192], [64, 128, 32, 32]));
        const { input, filters } = randomModule(random);
        judge(input, filters, await affordable(input, filters));
      },
    },
    {
      title: "affordable(input, filters) passes for five random modules",
      points: 2,
      async run(affordable, { random }) {
        for (let trial = 0; trial < 5; trial++) {
          const { input, filters } = randomModule(random);
          judge(input, filters, await affordable(input, filters));
        }
      },
    },
  ],
  hints: [
    "Which two branches take nearly all of the multiply-adds? What do they multiply their number of filters by?",
    "A 1x1 convolution in front makes fewer channels for them to read. How many may it make at least, and for which of the two should it make fewest?",
    "A quarter of the input's channels before the 3x3 and an eighth (rounded up) before the 5x5 are enough: Math.ceil(input[2] / 8).",
  ],
  wrongAnswers: [
    {
      says: "This is the naive module: 100% of its multiply-adds. Where do they go?",
      answer: through({}),
    },
    {
      says: "Only the 5x5 has a bottleneck. The 3x3 has more filters, and alone takes more than the budget.",
      answer: through({ five: 8 }),
    },
    {
      says: "Only the 3x3 has a bottleneck. The 5x5 takes 25 products for every channel it reads.",
      answer: through({ three: 4 }),
    },
    {
      says: "Both bottlenecks are half as wide as the input. That halves the price at best, and adds their own.",
      answer: through({ three: 2, five: 2 }),
    },
    {
      says: "Your bottlenecks are cheap, but narrower than an eighth of the input's channels.",
      answer: through({ three: 16, five: 16 }),
    },
    {
      says: "There is no ReLU. After every convolution comes one, also after the 1x1 in front: without it the two are one linear filter, of fewer ranks.",
      answer: (input, [one, three, five, pool]) => {
        const bare = (filters: number, kernelSize: number) =>
          conv({ filters, kernelSize, padding: "same" });
        return network(
          "no ReLU",
          input,
          branches(
            bare(one, 1),
            sequential(bare(reduced(input, 4), 1), bare(three, 3)),
            sequential(bare(reduced(input, 8), 1), bare(five, 5)),
            sequential(maxPool({ size: 3, stride: 1, padding: 1 }), bare(pool, 1)),
          ),
        );
      },
    },
    {
      says: "Your 5x5 is a 3x3 with dilation: it sees 5x5 pixels and skips 16 of the 25. Save by a neck in front.",
      answer: (input, [one, three, five, pool]) =>
        withBranches(input, one, pool, [
          sequential(brick(reduced(input, 4), 1), brick(three, 3)),
          sequential(
            brick(reduced(input, 8), 1),
            conv({ filters: five, kernelSize: 3, padding: "same", dilation: 2 }),
            relu(),
          ),
        ]),
    },
    {
      says: "Your large filters work in groups: each sees a part of the input. In an Inception module every branch sees all of it; save by a neck in front.",
      answer: (input, [one, three, five, pool]) =>
        withBranches(input, one, pool, [
          groupedBrick(input, three, 3),
          groupedBrick(input, five, 5),
        ]),
    },
    {
      says: "You made fewer maps. The output must keep its shape: save on what the large filters read, not on what they give.",
      answer: (input, filters) =>
        naive(
          input,
          filters.map((count) => Math.ceil(count / 3)),
        ),
    },
    {
      says: "Your 5x5 branch has become a 3x3: its maps see 3x3 pixels. Keep the window, and narrow what it reads.",
      answer: (input, [one, three, five, pool]) =>
        withBranches(input, one, pool, [
          sequential(brick(reduced(input, 4), 1), brick(three, 3)),
          sequential(brick(reduced(input, 8), 1), brick(five, 3)),
        ]),
    },
    {
      says: "All your maps come out of 1x1 convolutions or pools: none looks around by weights of its own. Where are the 3x3 and the 5x5?",
      answer: (input, [one, three, five, pool]) =>
        withBranches(input, one, pool, [brick(three, 1), brick(five, 1)]),
    },
    {
      says: "The 1x1 convolutions stand after the large filters, which then still read all channels. Put them in front.",
      answer: (input, [one, three, five, pool]) =>
        withBranches(input, one, pool, [
          sequential(brick(reduced(input, 4), 3), brick(three, 1)),
          sequential(brick(reduced(input, 4), 5), brick(five, 1)),
        ]),
    },
  ],
});

function brick(filters: number, kernelSize: number): Module {
  return sequential(conv({ filters, kernelSize, padding: "same" }), relu());
}

/** In three groups, behind a 1x1 that brings the channels to what three divides, and before one that brings the filters back. */
function groupedBrick(input: number[], filters: number, kernelSize: number): Module {
  const thrice = 3 * Math.ceil(filters / 3);
  const channels = 3 * Math.ceil(reduced(input, 4) / 3);
  return sequential(
    brick(channels, 1),
    sequential(conv({ filters: thrice, kernelSize, padding: "same", groups: 3 }), relu()),
    brick(filters, 1),
  );
}

function reduced([, , channels]: number[], divisor: number): number {
  return Math.ceil(channels / divisor);
}

/** A module whose middle branches are these. */
function withBranches(input: number[], one: number, pool: number, middle: Module[]): Network {
  const around = sequential(maxPool({ size: 3, stride: 1, padding: 1 }), brick(pool, 1));
  return network("module", input, branches(brick(one, 1), ...middle, around));
}

function naive(input: number[], [one, three, five, pool]: number[]): Network {
  return withBranches(input, one, pool, [brick(three, 3), brick(five, 5)]);
}

/** The naive module with bottlenecks that leave a part of the input's channels, where a divisor is given. */
function through(divisors: { three?: number; five?: number }): Affordable {
  return (input, [one, three, five, pool]) => {
    const behind = (divisor: number | undefined, large: Module) =>
      divisor === undefined ? large : sequential(brick(reduced(input, divisor), 1), large);
    return withBranches(input, one, pool, [
      behind(divisors.three, brick(three, 3)),
      behind(divisors.five, brick(five, 5)),
    ]);
  };
}

/** Widths as they occur in GoogLeNet: the 3x3 has most filters, the 5x5 few. */
function randomModule(random: Random): { input: number[]; filters: number[] } {
  const channels = 48 * random.integer(2, 6) + 3; // no multiple of 8: an eighth is to be rounded up
  const size = random.integer(7, 20);
  const three = random.integer(Math.ceil(channels / 2), channels);
  const five = random.integer(Math.ceil(channels / 8), Math.floor(channels / 6));
  const [one, pool] = [0, 0].map(() =>
    random.integer(Math.ceil(channels / 6), Math.floor(channels / 4)),
  );
  return {
    input: [size, size + random.integer(1, 5), channels],
    filters: [one, three, five, pool],
  };
}

function judge(input: number[], filters: number[], answer: unknown): void {
  const of = `affordable([${input.join(", ")}], [${filters.join(", ")}])`;
  const net = requireNetwork(answer, of, input);
  const full = naive(input, filters);
  expectNumbers([...net.output.shape], [...full.output.shape], { of: `The output shape of ${of}` });
  const seen = mapsBySight(net);
  for (const [sight, maps] of mapsBySight(full)) {
    const got = seen.get(sight) ?? 0;
    const others = [...seen].map(([size, count]) => `${count} see ${size}`).join(", ");
    expectThat(got === maps, `${of}: ${maps} maps must see ${sight} pixels. In yours, ${others}.`);
  }
  const narrowest = reduced(input, 8);
  for (const { operation, path } of net.layers)
    expectThat(
      operation.kind !== "conv" || operation.filters >= narrowest,
      `${of}: ${path} has fewer filters than ${narrowest}, an eighth of the input's channels.`,
    );
  requirePlain(net, of);
  const [took, takes] = [cost(net).macs, cost(full).macs];
  expectThat(
    took <= 0.4 * takes,
    `${of} takes ${formatInteger(took)} multiply-adds, ${((100 * took) / takes).toFixed(1)}% of the naive module's ${formatInteger(takes)}. At most 40% are allowed.`,
  );
}

/** Convolutions as GoogLeNet has them: of all channels, of all pixels of the window, each with its ReLU. */
function requirePlain(net: Network, of: string): void {
  for (const layer of net.layers) {
    const { operation, path } = layer;
    if (operation.kind !== "conv") continue;
    expectThat(
      operation.groups === 1,
      `${of}: ${path} has ${operation.groups} groups. Groups are not allowed here: each filter reads all channels of its input.`,
    );
    const { height, width } = operation.window;
    expectThat(
      height.dilation === 1 && width.dilation === 1,
      `${of}: ${path} is dilated. A dilated window skips pixels that the 5x5 sees; it is not allowed here.`,
    );
    expectThat(
      isBent(net, layer),
      `${of}: there is no ReLU behind ${path}. Every convolution has one.`,
    );
  }
}

/** Whether all that reads the layer reads it through a ReLU, with a batch norm before it or not. */
function isBent(net: Network, layer: Layer): boolean {
  const readers = net.layers.filter(({ inputs }) => inputs.includes(layer));
  return (
    readers.length > 0 &&
    readers.every(
      (reader) =>
        (reader.operation.kind === "activation" && reader.operation.function === "relu") ||
        (reader.operation.kind === "batchNorm" && isBent(net, reader)),
    )
  );
}

/** How many of the maps that come out see how many pixels. */
function mapsBySight(net: Network): Map<string, number> {
  const fields = new Map(receptiveFields(net).map(({ layer, size }) => [layer, size]));
  const counts = new Map<string, number>();
  const times = new Map([[net.output, 1]]); // how often its maps are among those that come out
  for (const layer of [...net.layers].reverse()) {
    const copies = times.get(layer);
    if (copies === undefined) continue;
    const { kind } = layer.operation;
    if (kind === "concat" || kind === "activation" || kind === "batchNorm") {
      for (const input of layer.inputs) times.set(input, (times.get(input) ?? 0) + copies);
      continue;
    }
    const sight = fields.get(layer)!.join("x");
    counts.set(sight, (counts.get(sight) ?? 0) + copies * layer.shape[2]);
  }
  return counts;
}
