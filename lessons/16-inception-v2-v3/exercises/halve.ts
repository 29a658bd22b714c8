import {
  cost,
  exercise,
  expectThat,
  formatInteger,
  layers,
  type Network,
  network,
  sizeOf,
  type TestContext,
} from "convbook";
import { requireNetwork } from "../../shared/requireNetwork";
import * as solution from "../solution";
import { narrowest } from "./narrowest";

const { add, branches, conv, maxPool, sequential } = layers;

const SHAPES = [
  [35, 35, 320],
  [17, 17, 64],
  [12, 9, 8],
];

export const halve = exercise({
  id: "16.halve",
  title: "Half the size, twice the channels, little work",
  minutes: 15,
  task:
    "Write `halve(inputShape)`: a network from [h, w, c] to [(h − 3)/2 + 1, (w − 3)/2 + 1, 2c], rounded " +
    "down, without a bottleneck on the way, in at most 20% of the multiply-adds of a 3×3 convolution to " +
    "2c channels followed by a 3×3 max pool with stride 2.",
  example: `
const net = halve([9, 7, 6]);
net.output.shape // → [4, 3, 12]
cost(net).macs <= 0.2 * (9 * 7 * 3 * 3 * 6 * 12) // → true`,
  starter: `
function halve(inputShape: number[]): Network {
  const { add, averagePool, branches, conv, maxPool, sequential } = layers;
  return yourCode(); // network("halve", inputShape, ...)
}`,
  solution: solution.halve,
  tests: [
    {
      title: "halve([35, 35, 320]) gives [17, 17, 640], and so for other shapes",
      run: everyShape((net, shape) => {
        const [h, w, c] = shape;
        const wanted = [Math.floor((h - 3) / 2) + 1, Math.floor((w - 3) / 2) + 1, 2 * c];
        expectThat(
          String(net.output.shape) === String(wanted),
          `${callOf(shape)} gives [${net.output.shape.join(", ")}], expected [${wanted.join(", ")}].`,
        );
      }),
    },
    {
      title: "halve(shape) looks at every pixel, and squeezes the maps through no bottleneck",
      run: everyShape((net, shape) => {
        requirePixelsSeen(net, shape);
        const { path, shape: narrow } = narrowest(net);
        expectThat(
          sizeOf(narrow) >= sizeOf(net.output.shape),
          `${callOf(shape)}: all that passes goes through ${path}, [${narrow.join(", ")}]: ${formatInteger(sizeOf(narrow))} values, fewer than the ${formatInteger(sizeOf(net.output.shape))} that come out.`,
        );
      }),
    },
    { title: "halve(shape) costs at most 40%", run: everyShape(requireCost(0.4)) },
    { title: "halve(shape) costs at most 20%", run: everyShape(requireCost(0.2)) },
  ],
  hints: [
    "Where does the money go? The expensive way computes four values, then keeps one. Who could do the step of 2 at once?",
    "A convolution with stride 2 to 2c channels costs a quarter: 25%. Half of the channels at the end could come from somewhere that costs nothing.",
    "Pool and convolution side by side, both with stride 2 on the same input: each gives c channels, and branches(...) puts them together.",
  ],
  wrongAnswers: [
    {
      says: "The convolution runs at full size, and then three of four values are thrown away: that is the expensive way itself.",
      answer: (shape) =>
        network("net", shape, conv3(2 * shape[2], 1, 1), maxPool({ size: 3, stride: 2 })),
    },
    {
      says: "Pooling first is cheap, but now c channels of quarter size are all that the convolution gets to see: a bottleneck. What could run beside the pool?",
      answer: (shape) =>
        network("net", shape, maxPool({ size: 3, stride: 2 }), conv3(2 * shape[2], 1, 1)),
    },
    {
      says: "One convolution with stride 2 does it without a bottleneck, for 25%. Half of its filters can go: the pool beside it gives c channels for nothing.",
      answer: (shape) => network("net", shape, conv3(2 * shape[2], 2)),
    },
    {
      says: "The convolution has 2c filters and the pool adds c: that makes 3c channels. Who should give how many?",
      answer: (shape) => parallel(shape, conv3(2 * shape[2], 2)),
    },
    {
      says: "A 1x1 convolution with stride 2 never looks at three of four pixels, and it gives 18 rows of 35, not 17. A window of 3 with stride 2 sees them all.",
      answer: (shape) =>
        network("net", shape, conv({ filters: 2 * shape[2], kernelSize: 1, stride: 2 })),
    },
    {
      says: "The two are added, so c channels come out. Side by side they make 2c: branches(...) stacks them.",
      answer: (shape) =>
        network("net", shape, (x) =>
          add(conv3(shape[2], 2)(x), maxPool({ size: 3, stride: 2 })(x)),
        ),
    },
    {
      says: "The convolution keeps the size (stride 1) and a second pool halves it: the multiply-adds are spent at full size. Give the stride to the convolution.",
      answer: (shape) =>
        parallel(shape, sequential(conv3(shape[2], 1, 1), maxPool({ size: 3, stride: 2 }))),
    },
  ],
});

function conv3(filters: number, stride: number, padding = 0) {
  return conv({ filters, kernelSize: 3, stride, padding });
}

function parallel(shape: number[], other: ReturnType<typeof conv>): Network {
  return network("net", shape, branches(other, maxPool({ size: 3, stride: 2 })));
}

type AsyncHalve = (inputShape: number[]) => Promise<Network>;

function everyShape(judge: (net: Network, shape: number[]) => void) {
  return async (halve: AsyncHalve, { random }: TestContext) => {
    const [h, w] = [random.integer(18, 40), random.integer(18, 40)];
    for (const shape of [...SHAPES, [h, w, 8 * random.integer(2, 9)]])
      judge(requireNetwork(await halve(shape), callOf(shape), shape), shape);
  };
}

function requirePixelsSeen(net: Network, shape: number[]): void {
  for (const { operation, path } of net.layers) {
    if (!("window" in operation)) continue;
    const { height, width } = operation.window;
    const skips = [height, width].some(({ kernel, stride }) => kernel < stride);
    expectThat(!skips, `${callOf(shape)}: ${path} steps over pixels that no window sees.`);
  }
}

function requireCost(budget: number) {
  return (net: Network, shape: number[]) => {
    const expensive = network(
      "expensive",
      shape,
      conv3(2 * shape[2], 1, 1),
      maxPool({ size: 3, stride: 2 }),
    );
    const [macs, limit] = [cost(net).macs, budget * cost(expensive).macs];
    expectThat(
      macs <= limit && net.layers.some(({ operation }) => operation.kind === "conv"),
      `${callOf(shape)} costs ${formatInteger(macs)} multiply-adds, ${((100 * macs) / cost(expensive).macs).toFixed(1)}% of the expensive way; at most ${100 * budget}% are allowed, and a convolution has to be in it.`,
    );
  };
}

function callOf(shape: number[]): string {
  return `halve([${shape.join(", ")}])`;
}
