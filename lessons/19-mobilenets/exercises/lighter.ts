import {
  cost,
  exercise,
  expectNumbers,
  expectThat,
  layers,
  type Module,
  type Network,
  network,
  connectivity,
} from "convbook";
import { expectRunnable } from "../../shared/expectRunnable";
import { requireNetwork } from "../../shared/requireNetwork";
import * as solution from "../solution";

type Lighter = typeof solution.lighter;

const { averagePool, conv, depthwiseConv, relu6, sequential } = layers;

const INPUT = [5, 5, 8];
const OUTPUT = [5, 5, 16];
const plain = network("plain", INPUT, conv({ filters: 16, kernelSize: 3, padding: 1 }), relu6());
const MOST = 0.18;

export const lighter = exercise({
  id: "19.lighter",
  title: "The same shape in at most 18% of the multiply-adds",
  minutes: 12,
  starter: `
function lighter(): Network {
  // In place of conv({ filters: 16, kernelSize: 3, padding: 1 }), relu6() on [5, 5, 8], 28,800 multiply-adds:
  // a network with the same shape of input and output, whose outputs still see a whole 3 x 3 window in all 8
  // channels, in at most 18% of the multiply-adds. No pooling, and no layer with fewer than 8 channels.
  return network("lighter", [5, 5, 8], yourCode());
}`,
  solution: solution.lighter,
  manyAnswers: true,
  tests: [
    {
      title: "lighter() makes [5, 5, 16] of [5, 5, 8]",
      async run(lighter) {
        requireShapes(await lighter());
      },
    },
    {
      title: "lighter() neither pools nor narrows",
      async run(lighter) {
        expectWidth(await lighter());
      },
    },
    {
      title: "lighter() sees a whole 3 x 3 window in all channels",
      points: 2,
      async run(lighter) {
        expectConnected(await lighter());
      },
    },
    {
      title: "lighter() takes at most 18% of the multiply-adds",
      points: 2,
      async run(lighter) {
        const share = cost(requireShapes(await lighter())).macs / cost(plain).macs;
        expectThat(
          share <= MOST,
          `lighter() takes ${(100 * share).toFixed(1)}% of the multiply-adds, at most 18% are asked for.`,
        );
      },
    },
  ],
  hints: [
    "Nine places of a window and eight channels have to reach each output. Must it be in one step?",
    "What does your formula of the first exercise say for cin = 8, cout = 16 and k = 3? And for the other order?",
    "A depthwise convolution while there are 8 channels, then a 1 x 1 convolution to 16.",
  ],
  wrongAnswers: [
    {
      says: "This is the full convolution itself: 100% of the multiply-adds.",
      answer: built(conv({ filters: 16, kernelSize: 3, padding: 1 }), relu6()),
    },
    {
      says: "A 1 x 1 convolution is cheap, but sees no neighbours. Something has to look around before or after it.",
      answer: built(conv({ filters: 16, kernelSize: 1 }), relu6()),
    },
    {
      says: "A depthwise convolution with two filters a channel gives 16 maps, each of which knows a single channel. They have to be mixed.",
      answer: built(depthwiseConv({ kernelSize: 3, padding: 1, multiplier: 2 }), relu6()),
    },
    {
      says: "Your convolution in groups has the right shape, but each output sees only the channels of its group.",
      answer: built(conv({ filters: 16, kernelSize: 3, padding: 1, groups: 4 }), relu6()),
    },
    {
      says: "The 1 x 1 convolution comes first, so that the depthwise one works on 16 channels in place of 8. Turn them round.",
      answer: built(
        conv({ filters: 16, kernelSize: 1 }),
        relu6(),
        depthwiseConv({ kernelSize: 3, padding: 1 }),
        relu6(),
      ),
    },
    {
      says: "You squeeze the channels through a narrow layer. It is cheap, but what does not fit through is lost; here no layer may have fewer than 8.",
      answer: built(
        conv({ filters: 2, kernelSize: 1 }),
        relu6(),
        conv({ filters: 2, kernelSize: 3, padding: 1 }),
        relu6(),
        conv({ filters: 16, kernelSize: 1 }),
      ),
    },
    {
      says: "A pooling looks around for nothing, but it always takes the same mean: there is nothing to learn in it. Put a convolution in its place.",
      answer: built(
        averagePool({ size: 3, stride: 1, padding: 1 }),
        conv({ filters: 16, kernelSize: 1 }),
        relu6(),
      ),
    },
    {
      says: "There is no padding: the maps come out as 3 x 3.",
      answer: built(
        depthwiseConv({ kernelSize: 3 }),
        relu6(),
        conv({ filters: 16, kernelSize: 1 }),
      ),
    },
    {
      says: "You stopped at the depthwise convolution: 8 maps come out, none of which knows of the others.",
      answer: built(depthwiseConv({ kernelSize: 3, padding: 1 }), relu6()),
    },
    {
      says: "A 1 x 3 convolution followed by a 3 x 1 one saves a third or so. That is not enough as long as both mix channels.",
      answer: built(
        sequential(conv({ filters: 8, kernelSize: [1, 3], padding: [0, 1] }), relu6()),
        conv({ filters: 16, kernelSize: [3, 1], padding: [1, 0] }),
        relu6(),
      ),
    },
  ],
});

function requireShapes(answer: unknown): Network {
  const net = requireNetwork(answer, "lighter()", INPUT);
  expectNumbers([...net.output.shape], OUTPUT, { of: "The output shape of lighter()" });
  return net;
}

function expectWidth(answer: unknown): void {
  for (const { path, operation, shape } of requireShapes(answer).layers) {
    const pools = ["pool", "globalPool", "adaptivePool"].includes(operation.kind);
    expectThat(!pools, `${path} is a pooling: let every layer that looks around learn how.`);
    const channels = shape[shape.length - 1];
    expectThat(channels >= INPUT[2], `${path} has ${channels} channels, fewer than ${INPUT[2]}.`);
  }
}

function expectConnected(answer: unknown): void {
  const net = requireShapes(answer);
  expectRunnable(net, plain, "lighter():");
  const reached = connectivity(net); // [5, 5, 8, 16]
  const window = reached.slice([1, 1, 0, 0], [3, 3, ...INPUT.slice(2), ...OUTPUT.slice(2)]);
  const share = window.sum() / window.size;
  expectThat(
    share === 1,
    `Of the 3 x 3 x 8 values of its window, an output of lighter() sees ${Math.round(72 * share)} on average. It has to see all of them.`,
  );
}

function built(...modules: Module[]): Lighter {
  return () => network("lighter", INPUT, ...modules);
}
