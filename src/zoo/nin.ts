import { type Module, type Network, layers, network } from "../network";
import { type Family, type ZooOptions, requireZooOptions } from "./family";

const { averagePool, block, conv, dropout, globalAveragePool, maxPool, relu, softmax } = layers;

/**
 * An mlpconv layer: a convolution, then 1×1 convolutions, a small dense network that slides over the image.
 *
 * @param widths filters of the convolution and of each 1×1
 */
function mlpconv(
  name: string,
  kernelSize: number,
  widths: readonly number[],
  options = {},
): Module {
  return block(
    name,
    ...widths.flatMap((filters, i) => [
      conv({ filters, kernelSize: i === 0 ? kernelSize : 1, ...(i === 0 ? options : {}) }),
      relu(),
    ]),
  );
}

/**
 * Network in network, for CIFAR: three mlpconv layers, and the mean of each map as the score of its class.
 *
 * @see Lin, Chen and Yan, Network in network, 2013, arXiv 1312.4400
 *
 * @example
 * cost(zoo.nin()).params // → 966986
 */
export function nin(options: ZooOptions = {}): Network {
  requireZooOptions<ZooOptions>("nin", options, {});
  const { classes = 10, inputSize = 32, inputChannels = 3 } = options;
  return network(
    "NiN for CIFAR",
    [inputSize, inputSize, inputChannels],
    mlpconv("mlpconv1", 5, [192, 160, 96], { padding: 2 }),
    maxPool({ size: 3, stride: 2, ceilMode: true }),
    dropout({ rate: 0.5 }),
    mlpconv("mlpconv2", 5, [192, 192, 192], { padding: 2 }),
    averagePool({ size: 3, stride: 2, ceilMode: true }),
    dropout({ rate: 0.5 }),
    mlpconv("mlpconv3", 3, [192, 192, classes], { padding: 1 }),
    globalAveragePool(),
    softmax(),
  );
}

/** The net that its authors published for ImageNet (Caffe's model zoo), 224×224. */
export function ninImagenet(options: ZooOptions = {}): Network {
  requireZooOptions<ZooOptions>("ninImagenet", options, {});
  const { classes = 1000, inputSize = 224, inputChannels = 3 } = options;
  const pool = maxPool({ size: 3, stride: 2, ceilMode: true });
  return network(
    "NiN for ImageNet",
    [inputSize, inputSize, inputChannels],
    mlpconv("mlpconv1", 11, [96, 96, 96], { stride: 4 }),
    pool,
    mlpconv("mlpconv2", 5, [256, 256, 256], { padding: 2 }),
    pool,
    mlpconv("mlpconv3", 3, [384, 384, 384], { padding: 1 }),
    pool,
    dropout({ rate: 0.5 }),
    mlpconv("mlpconv4", 3, [1024, 1024, classes], { padding: 1 }),
    globalAveragePool(),
    softmax(),
  );
}

export const ninFamily: Family = {
  name: "NiN",
  line: "plain",
  papers: [
    { title: "Network in network", authors: "Lin, Chen, Yan", year: 2013, arxiv: "1312.4400" },
  ],
  facts: [
    "Brought 1×1 convolutions and global average pooling, which GoogLeNet took up and nearly all have since.",
    "Without dense layers, the net for ImageNet has an eighth of AlexNet's parameters at its accuracy.",
  ],
  variants: [
    { name: "NiN for CIFAR", build: () => nin() },
    { name: "NiN for ImageNet", build: () => ninImagenet() },
  ],
};
