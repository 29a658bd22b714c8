import { type Network, zoo } from "convbook";

const small = { inputSize: 32, classes: 5 };

/** One of each kind of architecture, at reduced width and 32x32 input. */
export const smallNetworks: readonly Network[] = [
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
