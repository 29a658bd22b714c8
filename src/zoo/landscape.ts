import { cost, memoryCost } from "../network";
import { requireOneOf, requireOptions, requirePositive } from "../tensor";
import { all, type ZooEntry } from "./all";
import type { Line } from "./family";

/** Who published an accuracy: those of one publisher were mostly trained in one way. */
export const publishers = [
  "torchvision V1",
  "torchvision V2",
  "papers and authors",
  "Keras",
  "TensorFlow slim",
] as const;
export type Publisher = (typeof publishers)[number];

/** A network with what it costs, and an accuracy that somebody published of it. */
export interface LandscapeEntry {
  readonly name: string;
  readonly family: string;
  readonly line: Line;
  /** Of the family's first paper. */
  readonly year: number;
  /** Height and width of the input. */
  readonly inputSize: number;
  readonly params: number;
  /** Multiply-adds for one image, counted as papers do. */
  readonly macs: number;
  /** Values that the layers write for one image: what training keeps. */
  readonly activations: number;
  /** Bytes of float32 to run one image: the weights, and the most of maps that is in use at once. */
  readonly bytes: number;
  /** Percent of the 50,000 validation images of ImageNet, one crop. */
  readonly top1: number;
  readonly publisher: Publisher;
  /** The page or table that has the accuracy. */
  readonly source: string;
}

/**
 * Every accuracy on ImageNet that is known of a network of the zoo, with the network's cost: a row for each network and
 * source, the oldest family first. A network that two publishers trained stands there twice, with the same costs.
 *
 * @param publisher only those of one publisher: `"torchvision V1"`, `"torchvision V2"`, `"papers and authors"`, `"Keras"` or
 *   `"TensorFlow slim"`. All when left out
 *
 * @example
 * const resnets = zoo.landscape().filter(({ name }) => name === "ResNet-50 v1.5");
 * resnets.map(({ publisher, params, top1 }) => [publisher, params, top1])
 * // → [["torchvision V1", 25557032, 76.13], ["torchvision V2", 25557032, 80.858]]
 */
export function landscape(publisher?: Publisher): LandscapeEntry[] {
  if (publisher !== undefined) requireOneOf("zoo.landscape", "publisher", publisher, publishers);
  return all().flatMap((entry) => {
    const figures = (entry.published ?? []).flatMap(({ top1, source }) => {
      const its = publisherOf(source);
      const wanted = publisher === undefined || its === publisher;
      return top1 !== undefined && wanted ? [{ top1, source, publisher: its }] : [];
    });
    if (figures.length === 0) return [];
    const costs = costsOf(entry);
    return figures.map((figure) => ({ ...costs, ...figure }));
  });
}

/** Counting all of them takes some seconds, and never gives another result. */
const counted = new Map<string, Omit<LandscapeEntry, "top1" | "source" | "publisher">>();

function costsOf(entry: ZooEntry): Omit<LandscapeEntry, "top1" | "source" | "publisher"> {
  const known = counted.get(entry.name);
  if (known) return known;
  const network = entry.build();
  const { params, macs } = cost(network);
  const { weightBytes, inferenceBytes, trainingBytes } = memoryCost(network);
  const { name, family } = entry;
  const costs = {
    name,
    family: family.name,
    line: family.line,
    year: family.papers[0].year,
    inputSize: network.input.shape[0],
    params,
    macs,
    activations: trainingBytes / 4,
    bytes: weightBytes + inferenceBytes,
  };
  counted.set(name, costs);
  return costs;
}

function publisherOf(source: string): Publisher {
  if (source === "torchvision IMAGENET1K_V1") return "torchvision V1";
  if (source.startsWith("torchvision")) return "torchvision V2";
  if (source.startsWith("keras.io")) return "Keras";
  return source.startsWith("tensorflow/models") ? "TensorFlow slim" : "papers and authors";
}

/** What a network may cost at most. What is left out is not bounded. */
export interface NetworkBudget {
  params?: number | undefined;
  /** Multiply-adds for one image. */
  macs?: number | undefined;
  /** Values that the layers write for one image: what training keeps. */
  activations?: number | undefined;
  /** Bytes of float32 to run one image: weights, and the most of maps in use at once. */
  bytes?: number | undefined;
  /**
   * Whose accuracies count. `"torchvision V1"` when left out: accuracies of several publishers compare the ways of
   * training as well.
   */
  publisher?: Publisher | undefined;
}

/**
 * Which network for which budget: those of the zoo that cost no more, the most accurate first, among equals the one
 * with fewer multiply-adds. Empty where nothing is cheap enough.
 *
 * @throws ArgumentError when the budget names something else, or a bound is no positive number
 *
 * @example
 * zoo.choose({ params: 6e6, macs: 320e6 })[0].name // → "MobileNet v3 large 1"
 * @example
 * zoo.choose({ bytes: 40e6, publisher: "Keras" }).map(({ name }) => name).slice(0, 2)
 * // → ["EfficientNet-B0 (Keras)", "NASNet-A mobile"]
 * @example
 * zoo.choose({ flops: 1e9 }) // throws flops
 */
export function choose(budget: NetworkBudget): LandscapeEntry[] {
  const call = "zoo.choose";
  requireOptions<NetworkBudget>(call, budget, {
    params: true,
    macs: true,
    activations: true,
    bytes: true,
    publisher: true,
  });
  const bounds = (["params", "macs", "activations", "bytes"] as const).flatMap((kind) => {
    const bound = budget[kind];
    if (bound === undefined) return [];
    return [{ kind, bound: requirePositive(call, kind, bound) }];
  });
  return landscape(budget.publisher ?? "torchvision V1")
    .filter((entry) => bounds.every(({ kind, bound }) => entry[kind] <= bound))
    .sort((a, b) => b.top1 - a.top1 || a.macs - b.macs);
}
