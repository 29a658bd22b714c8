import { alignedXceptionFamily } from "./alignedXception";
import { alexnetFamily, zfnetFamily } from "./alexnet";
import { bnInceptionFamily } from "./bnInception";
import { densenetCifarFamily, densenetFamily } from "./densenet";
import { efficientnetFamily } from "./efficientnet";
import type { Family, Variant } from "./family";
import { googlenetFamily } from "./googlenet";
import { inceptionResnetFamily } from "./inceptionResnet";
import { inceptionV3Family } from "./inceptionV3";
import { inceptionV4Family } from "./inceptionV4";
import { lenetFamily } from "./lenet";
import { lookUp } from "./lookup";
import { mnasnetFamily } from "./mnasnet";
import { mobilenetV1Family } from "./mobilenetV1";
import { mobilenetV2Family } from "./mobilenetV2";
import { mobilenetV3Family } from "./mobilenetV3";
import { nasnetFamily } from "./nasnet";
import { ninFamily } from "./nin";
import { resnetFamily } from "./resnet";
import { resnetCifarFamily, wideResnetFamily } from "./resnetCifar";
import { resnetV2Family } from "./resnetV2";
import { resnextFamily } from "./resnext";
import { senetFamily } from "./senet";
import { shufflenetV1Family } from "./shufflenetV1";
import { shufflenetV2Family } from "./shufflenetV2";
import { squeezenetFamily } from "./squeezenet";
import { vggFamily } from "./vgg";
import { xceptionFamily } from "./xception";

/** The architectures of the zoo, oldest first, with their papers and the facts about them. */
export const families: readonly Family[] = [
  lenetFamily,
  alexnetFamily,
  zfnetFamily,
  ninFamily,
  vggFamily,
  googlenetFamily,
  bnInceptionFamily,
  inceptionV3Family,
  resnetFamily,
  resnetCifarFamily,
  squeezenetFamily,
  inceptionV4Family,
  inceptionResnetFamily,
  resnetV2Family,
  wideResnetFamily,
  densenetFamily,
  densenetCifarFamily,
  xceptionFamily,
  resnextFamily,
  mobilenetV1Family,
  shufflenetV1Family,
  nasnetFamily,
  senetFamily,
  mobilenetV2Family,
  alignedXceptionFamily,
  shufflenetV2Family,
  mnasnetFamily,
  mobilenetV3Family,
  efficientnetFamily,
];

/** A named network of the zoo. */
export interface ZooEntry extends Variant {
  readonly family: Family;
}

/**
 * Every named network, with what has been published about it. None is described before `build()` is called.
 *
 * @example
 * zoo.all().find((entry) => entry.name === "GoogLeNet").family.papers[0].arxiv // → "1409.4842"
 */
export function all(): ZooEntry[] {
  return families.flatMap((family) => family.variants.map((variant) => ({ ...variant, family })));
}

/**
 * The named network of this name, with whatever punctuation, or under the name that torchvision, timm or Keras
 * give it: "resnet50", "mobilenet_v2", "efficientnet-b0".
 *
 * @throws ArgumentError with the names most like it
 *
 * @example
 * zoo.find("VGG-16").build().output.shape // → [1000]
 * @example
 * zoo.find("mobilenet_v2").name // → "MobileNet v2 1-224"
 */
export function find(name: string): ZooEntry {
  const entries = all();
  const found = lookUp(
    "zoo.find",
    name,
    entries.map((entry) => entry.name),
  );
  return entries.find((entry) => entry.name === found)!;
}
