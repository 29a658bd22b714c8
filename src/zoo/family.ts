import type { ConventionName, Network } from "../network";
import { type OptionNames, requireOptions } from "../tensor";

/** Where an architecture was first described. */
export interface Paper {
  readonly title: string;
  readonly authors: string;
  readonly year: number;
  /** The arXiv number; papers before arXiv was common have none. */
  readonly arxiv?: string;
}

/** Figures that somebody published about a network, to hold a count against. */
export interface Published {
  /** Who says so: a library's model page, a table of a paper. */
  readonly source: string;
  /** How the source counts. */
  readonly convention: ConventionName;
  readonly params?: number;
  readonly macs?: number;
  /** Accuracy on the 50,000 validation images of ImageNet, in percent, one central crop. */
  readonly top1?: number;
  readonly top5?: number;
  /** Why the count differs from the figures, where it does by more than their rounding. */
  readonly differs?: string;
}

/** One named network of a family. */
export interface Variant {
  readonly name: string;
  build(): Network;
  /** What sets this one apart where sources disagree. */
  readonly note?: string;
  readonly published?: readonly Published[];
}

/** The ideas that architectures descend from. */
export type Line = "plain" | "Inception" | "residual" | "dense" | "mobile" | "searched";

/** An architecture in all its sizes. */
export interface Family {
  readonly name: string;
  readonly line: Line;
  readonly papers: readonly Paper[];
  /** What a reader would look up: what was new, how it was trained, what it won. */
  readonly facts: readonly string[];
  readonly variants: readonly Variant[];
}

/** What can be chosen of every network of the zoo. */
export interface ZooOptions {
  /** Length of the output. 1000, for ImageNet, when left out (10 for nets made for digits or CIFAR). */
  classes?: number | undefined;
  /** Height and width of the input. */
  inputSize?: number | undefined;
  /** 3, for colour, when left out. */
  inputChannels?: number | undefined;
}

/**
 * Lets through the options of a network of the zoo that are all known.
 *
 * @param names those that it has beside `ZooOptions`
 */
export function requireZooOptions<Options extends ZooOptions>(
  name: string,
  options: unknown,
  names: OptionNames<Omit<Options, keyof ZooOptions>>,
): void {
  const all = { ...names, classes: true, inputSize: true, inputChannels: true };
  requireOptions<Options>(`zoo.${name}`, options, all as unknown as OptionNames<Options>);
}

/**
 * Where the zeros lie around a layer that halves maps of even size. `"symmetric"`: as many before as after, as PyTorch
 * and Caffe have it. `"same"`: TensorFlow's and Keras's rule, by which a 3×3 window at stride 2 has none before and
 * one after. Shapes and costs are the same, outputs are not: weights belong to the padding that they were trained with.
 */
export type StridedPadding = "symmetric" | "same";

/** The model page of torchvision: IMAGENET1K_V1 weights unless another is named. */
export function torchvision(
  params: number,
  top1: number,
  top5: number,
  weights = "IMAGENET1K_V1",
): Published {
  return { source: `torchvision ${weights}`, convention: "torchvision", params, top1, top5 };
}

/** The model page of Keras. */
export function keras(params: number, top1?: number, top5?: number): Published {
  return {
    source: "keras.io/api/applications",
    convention: "keras",
    params,
    ...(top1 !== undefined && { top1 }),
    ...(top5 !== undefined && { top5 }),
  };
}

/** A table of the paper itself. */
export function paper(
  figures: Omit<Published, "source" | "convention">,
  table = "paper",
): Published {
  return { source: table, convention: "paper", ...figures };
}
