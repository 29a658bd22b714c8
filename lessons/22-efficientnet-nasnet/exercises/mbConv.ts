import {
  type ActivationFunction,
  exercise,
  layers,
  type Module,
  network,
  type Random,
} from "convbook";
import { expectNetwork } from "../../shared/expectNetwork";
import * as solution from "../solution";

type MbConv = typeof solution.mbConv;
type Block = {
  input: number[];
  filters: number;
  kernelSize: number;
  stride: number;
  expansion: number;
};

const { activation, add, batchNorm, conv, depthwiseConv, globalAveragePool, identity } = layers;
const { multiply, residual, sequential } = layers;

export const mbConv = exercise({
  id: "22.mbConv",
  title: "MBConv, EfficientNet's block",
  minutes: 15,
  task:
    "Write `mbConv(input, filters, kernelSize, stride, expansion)`: (1) a 1×1 convolution to expansion · " +
    "c channels, of c that come in; left out where expansion is 1; (2) a depthwise convolution with the " +
    "stride; (3) a gate for each map; (4) a 1×1 convolution to `filters` channels. 1, 2 and 4 have batch " +
    "norm, 1 and 2 then swish. The input is added where the stride is 1 and the channels stay as many.",
  example: `
mbConv([6, 4, 8], 12, 5, 2, 1).output.shape // → [3, 2, 12]
cost(mbConv([6, 4, 8], 12, 5, 2, 1)).params // → 378
cost(mbConv([6, 4, 8], 8, 3, 1, 6)).params // → 1650`,
  starter: `
function mbConv(
  input: number[], filters: number, kernelSize: number, stride: number, expansion: number,
): Network {
  const { activation, batchNorm, conv, depthwiseConv, globalAveragePool } = layers;
  const { identity, multiply, residual, sequential } = layers;
  // 1, 2 and 4 have no biases; the depthwise padding is (kernelSize - 1) / 2; activation("swish").
  // 3. globalAveragePool({ keepDims: true }), a 1x1 to Math.floor(c / 4) channels, swish, a 1x1
  //    back, sigmoid; these two with biases. multiply(x, gate(x)) puts it to use.
  return yourCode(); // network("MBConv", input, ...)
}`,
  solution: solution.mbConv,
  tests: [
    {
      title: "mbConv([6, 8, c], c + 3, 3, 2, 1), without expansion and without a sum",
      async run(mbConv, { random }) {
        const channels = random.integer(5, 7);
        await expectBlock(mbConv, random, {
          input: [6, 8, channels],
          filters: channels + 3,
          kernelSize: 3,
          stride: 2,
          expansion: 1,
        });
      },
    },
    {
      title: "mbConv([7, 7, 10], 10, 5, 1, 6) adds its input",
      async run(mbConv, { random }) {
        await expectBlock(mbConv, random, {
          input: [7, random.integer(8, 9), 10],
          filters: 10,
          kernelSize: 5,
          stride: 1,
          expansion: 6,
        });
      },
    },
    {
      title:
        "mbConv(...) for the other cases: stride 2 at equal channels, stride 1 with a sum and without, expansion 1",
      points: 3,
      async run(mbConv, { random }) {
        const channels = random.integer(13, 14); // a quarter, and a fifth, are not the same whole number
        const [kernelSize, expansion] = [random.integer(1, 2) * 2 + 1, random.integer(3, 5)];
        const input = [2 * random.integer(3, 4), 2 * random.integer(3, 4), channels];
        const block = { input, filters: channels, kernelSize, stride: 2, expansion };
        await expectBlock(mbConv, random, block);
        const filters = channels + random.integer(1, 4);
        await expectBlock(mbConv, random, { ...block, stride: 1, filters });
        await expectBlock(mbConv, random, { ...block, stride: 1 });
        await expectBlock(mbConv, random, { ...block, stride: 1, expansion: 1 });
      },
    },
  ],
  hints: [
    "Three convolutions, of which one looks around. What stands after each of them? A helper for a 1x1 with its batch norm will serve twice.",
    "How wide is the middle? The gate squeezes to a quarter of the channels that *came in*, and gives one number for each map of the middle.",
    'Make body a sequential(...) of the steps, in which the gate is (x) => multiply(x, gate(x)), and the first step is expansion === 1 ? identity : ... Then network("MBConv", input, stride === 1 && filters === c ? residual(body) : body).',
  ],
  wrongAnswers: [
    {
      says: "There is an activation after the last 1x1. What goes out is narrow, and stays linear, so that nothing of it is cut away (lesson 19).",
      answer: build({ end: activation("swish") }),
    },
    {
      says: "You expand also where expansion is 1. A 1x1 from c to c channels is left out there.",
      answer: build({ expandsAlways: true }),
    },
    {
      says: "Your gate squeezes to a quarter of the *middle*. In EfficientNet it is a quarter of what came in.",
      answer: build({ squeezed: (c, expansion) => Math.floor((c * expansion) / 4) }),
    },
    {
      says: "The gate is missing: step 3.",
      answer: build({ excites: false }),
    },
    {
      says: "The gate has ReLU between its layers. Here all activations but the last of it are swish.",
      answer: build({ between: "relu" }),
    },
    {
      says: "Your block has ReLU6, as MobileNet v2 and EfficientNet-Lite have. Here it is swish.",
      answer: build({ act: "relu6" }),
    },
    {
      says: "The input is never added. Where stride is 1 and the channels stay, a sum leads around the block.",
      answer: build({ adds: () => false }),
    },
    {
      says: "At stride 1 you add also where the channels differ, through a 1x1 projection. MBConv has none: there it does without the sum.",
      answer: build({ adds: (stride) => stride === 1 }),
    },
    {
      says: 'Your depthwise convolution is padded "same", as TensorFlow does: at stride 2 and an even size that is one pixel to the right and below. Here it is (kernelSize - 1) / 2 on all sides.',
      answer: build({ padding: () => "same" }),
    },
    {
      says: "Your depthwise convolution is an ordinary one, which mixes all channels: the expensive thing that this block avoids.",
      answer: build({ depthwise: false }),
    },
    {
      says: "The stride is in the first 1x1. It belongs to the depthwise convolution, which looks at all pixels.",
      answer: build({ strideIn: "expansion" }),
    },
    {
      says: "Your gate ends in swish, which can be any number. A sigmoid stays between 0 and 1.",
      answer: build({ gate: "swish" }),
    },
    {
      says: "The two layers of the gate have no biases. They are not followed by batch norm, so they have.",
      answer: build({ gateBias: false }),
    },
    {
      says: "The gate stands before the depthwise convolution. It weighs what that one makes.",
      answer: build({ excitesFirst: true }),
    },
  ],
});

interface Choices {
  act?: ActivationFunction;
  between?: ActivationFunction;
  gate?: ActivationFunction;
  gateBias?: boolean;
  end?: Module;
  squeezed?: (channels: number, expansion: number) => number;
  expandsAlways?: boolean;
  excites?: boolean;
  excitesFirst?: boolean;
  depthwise?: boolean;
  strideIn?: "expansion" | "depthwise";
  padding?: (kernelSize: number) => "same" | number;
  adds?: (stride: number, sameChannels: boolean) => boolean;
}

/** An answer that makes these choices, and ours otherwise. */
function build({
  act = "swish",
  between = act,
  gate = "sigmoid",
  gateBias = true,
  end = identity,
  squeezed = (channels) => Math.floor(channels / 4),
  expandsAlways = false,
  excites = true,
  excitesFirst = false,
  depthwise = true,
  strideIn = "depthwise",
  padding = (kernelSize) => (kernelSize - 1) / 2,
  adds = (stride, sameChannels) => stride === 1 && sameChannels,
}: Choices): MbConv {
  return (input, filters, kernelSize, stride, expansion) => {
    const channels = input[2];
    const middle = expansion * channels;
    const pointwise = (count: number, itsStride = 1): Module =>
      sequential(
        conv({ filters: count, kernelSize: 1, stride: itsStride, bias: false }),
        batchNorm(),
      );
    const dense = (count: number) => conv({ filters: count, kernelSize: 1, bias: gateBias });
    const weigh: Module = (x) =>
      multiply(
        x,
        sequential(
          globalAveragePool({ keepDims: true }),
          dense(Math.max(1, squeezed(channels, expansion))),
          activation(between),
          dense(middle),
          activation(gate),
        )(x),
      );
    const isFirst = strideIn === "expansion" && expansion !== 1;
    const window = { kernelSize, stride: isFirst ? 1 : stride, padding: padding(kernelSize) };
    const looks = depthwise
      ? depthwiseConv({ ...window, bias: false })
      : conv({ ...window, filters: middle, bias: false });
    const body = sequential(
      expansion === 1 && !expandsAlways
        ? identity
        : sequential(pointwise(middle, isFirst ? stride : 1), activation(act)),
      excites && excitesFirst ? weigh : identity,
      looks,
      batchNorm(),
      activation(act),
      excites && !excitesFirst ? weigh : identity,
      pointwise(filters),
      end,
    );
    if (!adds(stride, filters === channels)) return network("MBConv", input, body);
    if (filters === channels) return network("MBConv", input, residual(body));
    return network("MBConv", input, (x) => add(body(x), pointwise(filters)(x)));
  };
}

async function expectBlock(
  answer: (...block: Parameters<MbConv>) => unknown,
  random: Random,
  { input, filters, kernelSize, stride, expansion }: Block,
): Promise<void> {
  const block = [input, filters, kernelSize, stride, expansion] as const;
  const of = `mbConv([${input.join(", ")}], ${block.slice(1).join(", ")})`;
  expectNetwork(await answer(...block), solution.mbConv(...block), { of, random });
}
