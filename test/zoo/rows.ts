import { type Network, zoo } from "convbook";

/** The networks of the zoo behind the names that libraries give theirs. */

type Recipe = (match: RegExpExecArray, inputSize: number) => Network;

const number = (text: string | undefined) => Number(text?.replace("_", "."));
const efficientnet = (size: string, inputSize: number, normaliseInput = false) =>
  zoo.efficientnet({ size: size.toUpperCase() as zoo.EfficientnetSize, inputSize, normaliseInput });
const hundredth = (text: string) => Number(text) / 100;

const recipes: Record<string, readonly (readonly [RegExp, Recipe])[]> = {
  torchvision: [
    [/^alexnet$/, () => zoo.alexnet({ version: "torchvision" })],
    [
      /^vgg(\d+)(_bn)?$/,
      ([, d, bn]) => zoo.vgg({ depth: Number(d) as 16, batchNorm: Boolean(bn) }),
    ],
    [/^googlenet$/, () => zoo.googlenet({ version: "torchvision", auxiliaryHeads: true })],
    [/^inception_v3$/, () => zoo.inceptionV3({ auxiliaryHead: true })],
    [/^resnet(\d+)$/, ([, depth]) => zoo.resnet({ depth: Number(depth) })],
    [
      /^resnext(\d+)_(\d+)x(\d+)d$/,
      ([, d, g, w]) => zoo.resnext({ depth: Number(d), groups: Number(g), groupWidth: Number(w) }),
    ],
    [/^wide_resnet(\d+)_2$/, ([, depth]) => zoo.wideBottleneckResnet({ depth: Number(depth) })],
    [/^densenet(\d+)$/, ([, depth]) => zoo.densenet({ depth: Number(depth) })],
    [/^mobilenet_v2$/, () => zoo.mobilenetV2()],
    [
      /^mobilenet_v3_(large|small)$/,
      ([, size]) => zoo.mobilenetV3({ size: size as "large", head: "dense" }),
    ],
    [/^shufflenet_v2_x(\d_\d)$/, ([, w]) => zoo.shufflenetV2({ width: number(w) as 1 })],
    [/^squeezenet(\d_\d)$/, ([, v]) => zoo.squeezenet({ version: v.replace("_", ".") as "1.0" })],
    [/^mnasnet(\d_\d+)$/, ([, alpha]) => zoo.mnasnet({ alpha: number(alpha) })],
    [/^efficientnet_(b\d)$/, ([, size], inputSize) => efficientnet(size, inputSize)],
  ],
  timm: [
    [/^inception_v3$/, () => zoo.inceptionV3()],
    [/^inception_v4$/, () => zoo.inceptionV4()],
    [/^inception_resnet_v2$/, () => zoo.inceptionResnet({ version: 2 })],
    [/^xception$/, () => zoo.xception()],
    [/^senet154$/, () => zoo.senet154()],
    [
      /^legacy_seresnet(\d+)$/,
      ([, d]) => zoo.seResnet({ depth: Number(d), strideIn: "1x1", firstPool: "ceil" }),
    ],
    [/^seresnet(\d+)$/, ([, d]) => zoo.seResnet({ depth: Number(d), roundSqueezed: true })],
    [/^seresnext(\d+)_32x4d$/, ([, d]) => zoo.seResnext({ depth: Number(d) })],
    [/^mobilenetv1_(\d+)$/, ([, alpha]) => zoo.mobilenetV1({ alpha: hundredth(alpha) })],
    [/^mobilenetv2_(\d+)$/, ([, alpha]) => zoo.mobilenetV2({ alpha: hundredth(alpha) })],
    [
      /^mobilenetv3_(large|small)_(\d+)$/,
      ([, size, alpha]) =>
        zoo.mobilenetV3({ size: size as "large", alpha: hundredth(alpha), head: "mixed" }),
    ],
    [/^nasnetalarge$/, () => zoo.nasnet({ size: "large" })],
    [/^resnetv2_(\d+)$/, ([, depth]) => zoo.resnetV2({ depth: Number(depth), layout: "timm" })],
    [/^efficientnet_lite0$/, () => zoo.efficientnet({ size: "Lite0" })],
  ],
  pytorchcv: [
    [/^alexnet$/, () => zoo.alexnet({ version: "one-tower", inputSize: 224 })],
    [/^alexnetb$/, () => zoo.alexnet({ version: "torchvision" })],
    [/^zfnet$/, () => zoo.zfnet()],
    [/^bninception$/, () => zoo.bnInception()],
    [/^resnet(\d+)_cifar10$/, ([, depth]) => zoo.resnetCifar({ depth: Number(depth) })],
    [
      /^densenet40_k12_cifar10$/,
      () => zoo.densenetCifar({ depth: 40, growth: 12, compression: 0.5, firstFilters: 24 }),
    ],
    [/^mobilenet_wd4$/, () => zoo.mobilenetV1({ alpha: 0.25 })],
    [/^mobilenet_w3d4$/, () => zoo.mobilenetV1({ alpha: 0.75 })],
    [
      /^shufflenet_g(\d)_w(1|d2)$/,
      ([, groups, width]) =>
        zoo.shufflenetV1({ groups: Number(groups) as 3, width: width === "1" ? 1 : 0.5 }),
    ],
  ],
  megvii: [
    [
      /^v1_([\d.]+)x_g(\d)$/,
      ([, width, groups]) =>
        zoo.shufflenetV1({
          width: Number(width),
          groups: Number(groups) as 3,
          classifierBias: false,
        }),
    ],
  ],
  keras: [
    [/^Xception$/, () => zoo.xception()],
    [/^VGG(\d+)$/, ([, depth]) => zoo.vgg({ depth: Number(depth) as 16 })],
    [/^ResNet(\d+)$/, ([, d]) => zoo.resnet({ depth: Number(d), strideIn: "1x1", convBias: true })],
    [/^ResNet(\d+)V2$/, ([, d]) => zoo.resnetV2({ depth: Number(d), layout: "keras" })],
    [/^InceptionV3$/, () => zoo.inceptionV3({ scale: false })],
    [/^InceptionResNetV2$/, () => zoo.inceptionResnet({ scale: false })],
    [/^DenseNet(\d+)$/, ([, depth]) => zoo.densenet({ depth: Number(depth) })],
    [/^NASNet(Large|Mobile)$/, ([, size]) => zoo.nasnet({ size: size.toLowerCase() as "large" })],
    [/^EfficientNet(B\d)$/, ([, size], inputSize) => efficientnet(size, inputSize, true)],
    [
      /^MobileNet(V2)? alpha=([\d.]+)$/,
      ([, v2, alpha], inputSize) =>
        (v2 ? zoo.mobilenetV2 : zoo.mobilenetV1)({ alpha: Number(alpha), inputSize }),
    ],
    [
      /^MobileNetV3(Large|Small)(?: alpha=([\d.]+))?( minimalistic=True)?$/,
      ([, size, alpha = "1", minimalistic]) =>
        zoo.mobilenetV3({
          size: size.toLowerCase() as "large",
          alpha: Number(alpha),
          minimalistic: Boolean(minimalistic),
        }),
    ],
  ],
};

/** The network that a library calls so; an error when the zoo is not known to have it. */
export function networkOf(library: string, name: string, inputSize: number): Network {
  for (const [pattern, recipe] of recipes[library]) {
    const match = pattern.exec(name);
    if (match) return recipe(match, inputSize);
  }
  throw new Error(`No recipe for ${name} of ${library}`);
}
