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
} from "convbook";
import { requireNetwork } from "../../shared/requireNetwork";
import * as solution from "../solution";

type Thrifty = typeof solution.thrifty;

const { concat, conv, relu, sequential } = layers;

export const thrifty = exercise({
  id: "18.thrifty",
  title: "All connections for at most half of the multiply-adds",
  minutes: 14,
  task:
    "Write `thrifty(input, growth, count)`. In a plain dense block, `count` 3×3 layers of `growth` " +
    "filters read the whole stack, each through a ReLU. Give a block of the same output shape for at most " +
    "half of the multiply-adds, in which each 3×3 layer still reads the input and all 3×3 layers before " +
    "it. Between two of them only ReLUs and 1×1 convolutions of at least 2 · growth filters may stand.",
  example: `
const net = thrifty([6, 5, 32], 4, 3);
net.output.shape // → [6, 5, 44]
const plain = 6 * 5 * 3 * 3 * (32 + 36 + 40) * 4; // multiply-adds
cost(net).macs <= plain / 2 // → true`,
  starter: `
function thrifty(input: number[], growth: number, count: number): Network {
  const { concat, conv, relu, repeat, sequential } = layers;
  // no groups; the input stays on the stack
  return yourCode(); // network("thrifty", input, ...)
}`,
  solution: solution.thrifty,
  manyAnswers: true,
  tests: [
    {
      title: "thrifty([14, 14, 256], 24, 6) keeps 21 connections and passes the judge",
      points: 2,
      async run(thrifty, { random }) {
        judge([14, 14, 256], 24, 6, await thrifty([14, 14, 256], 24, 6));
        const { input, growth, count } = randomBlock(random);
        judge(input, growth, count, await thrifty(input, growth, count));
      },
    },
    {
      title: "thrifty(input, growth, count) passes for four random blocks",
      points: 2,
      async run(thrifty, { random }) {
        for (let trial = 0; trial < 4; trial++) {
          const { input, growth, count } = randomBlock(random);
          judge(input, growth, count, await thrifty(input, growth, count));
        }
      },
    },
  ],
  hints: [
    "What does a 3x3 layer multiply for every channel that it reads? And a 1x1 layer of n filters?",
    "A neck of n channels costs n products for every channel of the stack, and 9 · growth for every channel of its own. The plain layer costs 9 · growth for every channel of the stack. For which n is it half?",
    "The paper's 4 · growth is too wide for so short a stack. The narrowest that is allowed, 2 * growth filters, is enough: grow is ReLU, 1x1, ReLU, 3x3, and the layer is (x) => concat(x, grow(x)).",
  ],
  wrongAnswers: [
    {
      says: "This is the plain block: 100% of its multiply-adds. What could stand before each 3x3?",
      answer: build((k) => reluConv(k, 3)),
    },
    {
      says: "Your neck is the paper's, 4 · growth. It pays where the stack is large against it (from 7.2 · growth channels on it pays at all); here it saves too little.",
      answer: build((k) => sequential(reluConv(4 * k, 1), reluConv(k, 3))),
    },
    {
      says: "Your necks are cheap, but narrower than 2 · growth.",
      answer: build((k) => sequential(reluConv(k, 1), reluConv(k, 3))),
    },
    {
      says: "Your 3x3 layers are a chain, stacked once at the end: each reads only the one before it. Cheap, but where are the other connections?",
      answer: (input, k, n) =>
        network("chain", input, (x) => {
          const made = [x];
          for (let i = 0; i < n; i++) made.push(reluConv(k, 3)(made[i]));
          return concat(...made);
        }),
    },
    {
      says: "All your 3x3 layers read the input alone, side by side. They do not see each other.",
      answer: (input, k, n) =>
        network("side by side", input, (x) =>
          concat(
            x,
            ...Array.from({ length: n }, () => sequential(reluConv(2 * k, 1), reluConv(k, 3))(x)),
          ),
        ),
    },
    {
      says: "Your 3x3 layers have become 1x1: none looks around any more. Keep the window, and narrow what it reads.",
      answer: build((k) => sequential(reluConv(2 * k, 1), reluConv(k, 1))),
    },
    {
      says: "You made fewer maps. The output must keep its shape: save on what the 3x3 layers read.",
      answer: (input, k, n) => solution.thrifty(input, Math.ceil(k / 2), n),
    },
    {
      says: "The 1x1 convolution stands after the 3x3, which then still reads the whole stack. Put it in front.",
      answer: build((k) => sequential(reluConv(2 * k, 3), reluConv(k, 1))),
    },
    {
      says: "There is no ReLU in your layers. A neck and the 3x3 after it are then one linear map.",
      answer: build((k) => sequential(plainConv(2 * k, 1), plainConv(k, 3))),
    },
    {
      says: "The input is not on your stack: a 1x1 has taken its place. The later layers want to read it as it came.",
      answer: (input, k, n) =>
        network(
          "mixed",
          input,
          reluConv(input[2], 1),
          ...Array.from({ length: n }, () =>
            stacking(sequential(reluConv(2 * k, 1), reluConv(k, 3))),
          ),
        ),
    },
  ],
});

function plainConv(filters: number, kernelSize: number): Module {
  return conv({ filters, kernelSize, padding: "same" });
}

function reluConv(filters: number, kernelSize: number): Module {
  return sequential(relu(), plainConv(filters, kernelSize));
}

function stacking(grow: Module): Module {
  return (x) => concat(x, grow(x));
}

function build(grow: (growth: number) => Module): Thrifty {
  return (input, growth, count) =>
    network("block", input, ...Array.from({ length: count }, () => stacking(grow(growth))));
}

/** Stacks on which a neck of twice the growth saves more than half, and one of four times saves less. */
function randomBlock(random: Random): { input: number[]; growth: number; count: number } {
  const [growth, size] = [random.integer(8, 30), random.integer(7, 20)];
  const channels = growth * random.integer(8, 11) + random.integer(1, growth - 1);
  const input = [size, size + random.integer(1, 5), channels];
  return { input, growth, count: random.integer(4, 6) };
}

function judge(input: number[], growth: number, count: number, answer: unknown): void {
  const of = `thrifty([${input.join(", ")}], ${growth}, ${count})`;
  const net = requireNetwork(answer, of, input);
  const full = build((k) => reluConv(k, 3))(input, growth, count) as Network;
  expectNumbers([...net.output.shape], [...full.output.shape], { of: `The output shape of ${of}` });
  const large = net.layers.filter(isLarge);
  expectThat(
    large.length === count,
    `${of}: ${count} convolutions must look around, in windows of 3x3. Yours has ${large.length}.`,
  );
  for (const layer of net.layers) expectAllowed(of, layer, growth);
  for (const layer of net.layers.filter(({ operation }) => operation.kind === "conv")) {
    const before = unbentBefore(layer);
    expectThat(
      before === undefined,
      `${of}: no ReLU stands between ${before?.path} and ${layer.path}. Without one, the two are one linear map.`,
    );
  }
  for (const [i, layer] of large.entries()) {
    const reads = sources(layer.inputs).size;
    expectThat(
      reads === i + 1,
      `${of}: ${layer.path} must read the input and the ${i} 3x3 layers before it, ${i + 1} in all. It reads ${reads}.`,
    );
  }
  const stack = onTheStack(net.output);
  for (const layer of [net.input, ...large])
    expectThat(
      stack.has(layer),
      `${of}: what ${layer === net.input ? "comes in" : layer.path + " makes"} must come out as it is, as a part of the stack.`,
    );
  const [took, takes] = [cost(net).macs, cost(full).macs];
  expectThat(
    took <= 0.5 * takes,
    `${of} takes ${formatInteger(took)} multiply-adds, ${((100 * took) / takes).toFixed(1)}% of the plain block's ${formatInteger(takes)}. At most 50% are allowed.`,
  );
}

function isLarge({ operation }: Layer): boolean {
  return operation.kind === "conv" && operation.window.height.kernel > 1;
}

/** Only whole 3x3 layers of \`growth\` filters and wide enough 1x1 layers; no other way to save. */
function expectAllowed(of: string, layer: Layer, growth: number): void {
  const { operation, path } = layer;
  if (operation.kind !== "conv") return;
  const { window, filters, groups } = operation;
  const kernels = [window.height.kernel, window.width.kernel];
  expectThat(groups === 1, `${of}: ${path} has ${groups} groups. Here every filter reads all.`);
  if (isLarge(layer))
    expectThat(
      kernels.every((kernel) => kernel === 3) && filters === growth,
      `${of}: ${path} must be 3x3 with ${growth} filters. It is ${kernels.join("x")} with ${filters}.`,
    );
  else
    expectThat(
      filters >= 2 * growth,
      `${of}: ${path} has ${filters} filters. Necks are at least ${2 * growth} wide.`,
    );
}

/** The 3x3 layers, and the input, from which one gets here without passing another. */
function sources(from: readonly Layer[]): Set<Layer> {
  const found = new Set<Layer>();
  const seen = new Set<Layer>();
  const open = [...from];
  for (let layer = open.pop(); layer; layer = open.pop()) {
    if (seen.has(layer)) continue;
    seen.add(layer);
    if (isLarge(layer) || layer.inputs.length === 0) found.add(layer);
    else open.push(...layer.inputs);
  }
  return found;
}

/** A convolution that this one reads without an activation between them. */
function unbentBefore(layer: Layer): Layer | undefined {
  const seen = new Set<Layer>();
  const open = [...layer.inputs];
  for (let from = open.pop(); from; from = open.pop()) {
    if (from.operation.kind === "conv") return from;
    if (seen.has(from) || from.operation.kind === "activation") continue;
    seen.add(from);
    open.push(...from.inputs);
  }
  return undefined;
}

/** What comes out unchanged: the layers that a concatenation at the end is made of. */
function onTheStack(end: Layer): Set<Layer> {
  if (end.operation.kind !== "concat") return new Set([end]);
  return new Set(end.inputs.flatMap((layer) => [...onTheStack(layer)]));
}
