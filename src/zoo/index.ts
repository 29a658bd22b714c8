export { type AlexnetOptions, alexnet, zfnet } from "./alexnet";
export { alignedXception, type AlignedXceptionOptions } from "./alignedXception";
export { type Accuracy, accuracies } from "./accuracies";
export { all, families, find, type ZooEntry } from "./all";
export { type BnInceptionOptions, bnInception, seInception } from "./bnInception";
export {
  densenet,
  densenetCifar,
  type DensenetCifarOptions,
  type DensenetOptions,
} from "./densenet";
export { efficientnet, type EfficientnetOptions, type EfficientnetSize } from "./efficientnet";
export type { Family, Line, Paper, Published, StridedPadding, Variant, ZooOptions } from "./family";
export { googlenetTable, type GooglenetRow } from "./googlenetTable";
export { googlenet, type GooglenetOptions } from "./googlenet";
export { type InceptionMilestone, inceptionMilestones } from "./inceptionMilestones";
export { inceptionResnet, type InceptionResnetOptions } from "./inceptionResnet";
export { inceptionV3, type InceptionV3Options } from "./inceptionV3";
export { inceptionV4 } from "./inceptionV4";
export {
  choose,
  landscape,
  type NetworkBudget,
  type LandscapeEntry,
  type Publisher,
} from "./landscape";
export { lenet5, lenet5Original } from "./lenet";
export { mnasnet, type MnasnetOptions } from "./mnasnet";
export { mobilenetV1, type MobilenetV1Options } from "./mobilenetV1";
export { mobilenetV2, type MobilenetV2Options } from "./mobilenetV2";
export { mobilenetV3, type MobilenetV3Options } from "./mobilenetV3";
export { nasnet, type NasnetOptions } from "./nasnet";
export { nin, ninImagenet } from "./nin";
export { resnet, type ResnetOptions } from "./resnet";
export { resnetCifar, type ResnetCifarOptions, wideResnet } from "./resnetCifar";
export { resnetV2, type ResnetV2Options } from "./resnetV2";
export { resnext, resnextCifar, type ResnextCifarOptions, wideBottleneckResnet } from "./resnext";
export { senet154, seResnet, type SeResnetOptions, seResnext } from "./senet";
export { shufflenetV1, type ShufflenetV1Options } from "./shufflenetV1";
export { shufflenetV2, type ShufflenetV2Options } from "./shufflenetV2";
export { squeezenet, type SqueezenetOptions } from "./squeezenet";
export { vgg, type VggOptions } from "./vgg";
export { xception, type XceptionOptions } from "./xception";
