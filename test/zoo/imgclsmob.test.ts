import assert from "node:assert/strict";
import { cost, type Network, zoo } from "convbook";
import { table } from "./reference";

/** Parameters that pytorchcv prints for its models, of the families that the zoo has. */

const shallow: Record<string, number[]> = {
  10: [1, 1, 1, 1],
  12: [2, 1, 1, 1],
  14: [2, 2, 1, 1],
  16: [2, 2, 2, 1],
  26: [3, 3, 3, 3],
};
const shallowBottleneck: Record<string, number[]> = {
  14: [1, 1, 1, 1],
  26: [2, 2, 2, 2],
  38: [3, 3, 3, 3],
};

type Recipe = (match: RegExpExecArray, classes: number) => Network;

const imagenet: readonly (readonly [RegExp, Recipe])[] = [
  [/^AlexNet$/, () => zoo.alexnet({ version: "one-tower", inputSize: 224 })],
  [/^AlexNet-b$/, () => zoo.alexnet({ version: "torchvision" })],
  [/^ZFNet$/, () => zoo.zfnet()],
  [/^ZFNet-b$/, () => zoo.zfnet({ filters: [512, 1024, 512] })],
  [/^VGG-(\d+)$/, ([, depth]) => zoo.vgg({ depth: Number(depth) as 16 })],
  [
    /^BN-VGG-(\d+)(b?)$/,
    ([, depth, b]) => zoo.vgg({ depth: Number(depth) as 16, batchNorm: true, convBias: b === "b" }),
  ],
  [/^BN-Inception$/, () => zoo.bnInception()],
  [
    /^(SE-)?ResNet-(\d+)(b?)$/, // the narrow ones keep the full width of the last unit
    ([, se, depth, b]) =>
      zoo.resnet({
        ...(depth in shallow ? { units: shallow[depth] } : { depth: Number(depth) }),
        bottleneck: Number(depth) >= 50,
        reduction: se ? 16 : undefined,
        strideIn: b ? "3x3" : "1x1",
      }),
  ],
  [
    /^(SE-)?ResNet-BC-(\d+)b$/,
    ([, se, depth]) =>
      zoo.resnet({
        units: shallowBottleneck[depth],
        bottleneck: true,
        reduction: se ? 16 : undefined,
      }),
  ],
  [
    /^PreResNet-(18|34|50|101|152|200|269)(b?)$/,
    ([, depth, b]) => zoo.resnetV2({ depth: Number(depth), strideIn: b ? "3x3" : "1x1" }),
  ],
  [
    /^(SE-)?ResNeXt-(14|26|50|101) \((\d+)x(\d+)d\)$/,
    ([, se, depth, groups, groupWidth]) =>
      zoo.resnext({
        ...(depth in shallowBottleneck ? { units: shallowBottleneck[depth] } : {}),
        depth: Number(depth),
        groups: Number(groups),
        groupWidth: Number(groupWidth),
        reduction: se ? 16 : undefined,
      }),
  ],
  [/^SENet-154$/, () => zoo.senet154()],
  [/^DenseNet-(\d+)$/, ([, depth]) => zoo.densenet({ depth: Number(depth) })],
  [/^SqueezeNet v(\d\.\d)$/, ([, version]) => zoo.squeezenet({ version: version as "1.0" })],
  [
    /^SqueezeResNet v(\d\.\d)$/,
    ([, version]) => zoo.squeezenet({ version: version as "1.0", bypass: true }),
  ],
  [
    /^ShuffleNet x([\d.]+) \(g=(\d)\)$/,
    ([, width, groups]) => zoo.shufflenetV1({ width: Number(width), groups: Number(groups) as 3 }),
  ],
  [/^ShuffleNetV2 x(0.5|1.0)$/, ([, w]) => zoo.shufflenetV2({ width: Number(w) as 1 })],
  [/^MobileNet x([\d.]+)$/, ([, alpha]) => zoo.mobilenetV1({ alpha: Number(alpha) })],
  [/^MnasNet-([AB]1)$/, ([, version]) => zoo.mnasnet({ version: version as "A1" })],
  [/^Xception$/, () => zoo.xception()],
  [/^InceptionV3$/, () => zoo.inceptionV3()],
  [/^InceptionV4$/, () => zoo.inceptionV4()],
  [
    /^InceptionResNetV([12])$/,
    ([, version]) => zoo.inceptionResnet({ version: Number(version) as 1 }),
  ],
  [/^NASNet-A (4|6)@/, ([, n]) => zoo.nasnet({ size: n === "4" ? "mobile" : "large" })],
  [
    /^EfficientNet-(B[0-7])[bc]?\*?$/,
    ([, size]) => zoo.efficientnet({ size: size as zoo.EfficientnetSize }),
  ],
];

const cifar: readonly (readonly [RegExp, Recipe])[] = [
  [
    /^(?!SE-Pre)(SE-)?(Pre)?ResNet-(\d+)(\(BN\))?$/, // its SE-PreResNets lack two norms
    ([, se, pre, depth, bottleneck], classes) =>
      zoo.resnetCifar({
        depth: Number(depth),
        bottleneck: bottleneck !== undefined || depth === "1001",
        preactivation: pre !== undefined,
        reduction: se ? 16 : undefined,
        classes,
      }),
  ],
  [
    /^DenseNet(-BC)?-(\d+) \(k=(\d+)\)$/,
    ([, bc, depth, growth], classes) =>
      zoo.densenetCifar({
        depth: Number(depth),
        growth: Number(growth),
        bottleneck: bc !== undefined,
        compression: 0.5,
        firstFilters: 2 * Number(growth),
        classes,
      }),
  ],
  [
    /^ResNeXt-(\d+) \((\d+)x(\d+)d\)$/,
    ([, depth, groups, groupWidth], classes) =>
      zoo.resnextCifar({
        depth: Number(depth),
        groups: Number(groups),
        groupWidth: Number(groupWidth),
        classes,
      }),
  ],
  [
    /^WRN-(\d+)-(8|10)$/,
    ([, depth, width], classes) =>
      zoo.wideResnet({ depth: Number(depth), width: Number(width), classes }),
  ],
];

describe("zoo, against the parameters that pytorchcv prints", () => {
  type Row = { name: string; dataset: string; params: number };
  let matched = 0;
  for (const { name, dataset, params } of table<{ rows: Row[] }>("imgclsmob").rows)
    for (const [pattern, recipe] of dataset === "ImageNet-1K" ? imagenet : cifar) {
      const match = pattern.exec(name);
      if (!match) continue;
      matched++;
      it(`${name}, ${dataset}: ${params} parameters`, () => {
        const classes = Number(/CIFAR-(\d+)/.exec(dataset)?.[1] ?? 1000);
        assert.equal(cost(recipe(match, classes)).params, params);
      });
      break;
    }

  it("more than 120 models are held against it", () => {
    assert.ok(matched > 120, String(matched));
  });
});
