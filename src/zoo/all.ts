import { ArgumentError } from "../tensor";
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
 * The named network of this name.
 *
 * @example
 * zoo.find("VGG-16").build().output.shape // → [1000]
 */
export function find(name: string): ZooEntry {
  const entry = all().find((candidate) => candidate.name === name);
  if (entry) return entry;
  const wanted = name.toLowerCase();
  const near = all().filter((candidate) => candidate.name.toLowerCase().includes(wanted));
  throw new ArgumentError({
    call: "zoo.find",
    argument: "name",
    expected: "the name of a network of the zoo",
    received: name,
    remedy:
      near.length > 0
        ? `Near it: ${near
            .slice(0, 6)
            .map((candidate) => candidate.name)
            .join(", ")}.`
        : "zoo.all() lists them.",
  });
}
