import { layers, type Network, network, zoo } from "convbook";

const small = { inputSize: 32, classes: 5 };

/** The layers that no architecture of the zoo has. */
const beyondTheZoo = network(
  "beyond the zoo",
  [9, 8, 3],
  layers.conv({ filters: 8, kernelSize: 3, padding: "same" }),
  layers.groupNorm({ groups: 4 }),
  layers.gelu(),
  layers.maxPool({ size: [2, 3], stride: [2, 1], dilation: [2, 1], padding: [0, 1] }),
  layers.transposedConv({ filters: 12, kernelSize: 3, stride: 2, groups: 4, outputPadding: 1 }),
  layers.layerNorm({ epsilon: 1e-3 }),
  layers.resize({ outputSize: [7, 9], mode: "bilinear" }),
  layers.averagePool({ size: 2, stride: 1, dilation: 3, padding: 1, countPadding: true }),
  layers.upsample({ factor: [2, 1] }),
  layers.resize({ outputSize: 5, mode: "bilinear", alignCorners: true }),
  layers.relu(),
  layers.globalAveragePool(),
  layers.layerNorm({ scale: false }),
  layers.dense({ units: 5 }),
  layers.softmax(),
);

/** One of each kind of architecture, at reduced width and 32x32 input. */
export const smallNetworks: readonly Network[] = [
  beyondTheZoo,
  zoo.lenet5(),
  zoo.resnet({ ...small, depth: 18, width: 1 / 8 }),
  zoo.resnet({ ...small, units: [1, 1, 1, 1], bottleneck: true, strideIn: "1x1", width: 1 / 8 }),
  zoo.googlenet({ ...small, version: "torchvision", width: 1 / 8 }),
  zoo.mobilenetV2({ ...small, alpha: 0.35 }),
  zoo.mobilenetV3({ ...small, size: "small", alpha: 0.35 }),
  zoo.shufflenetV1({ ...small, groups: 3, width: 0.25 }),
  zoo.shufflenetV2({ ...small, width: 0.5 }),
  zoo.seResnet({ ...small, depth: 18, width: 1 / 8, reduction: 4 }),
  zoo.densenet({ ...small, units: [2, 2, 2, 2], growth: 8 }),
];
