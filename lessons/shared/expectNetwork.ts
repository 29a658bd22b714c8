import {
  AnswerError,
  layerOptions,
  concat,
  cost,
  engine,
  expectTensor,
  formatInteger,
  initialWeights,
  kindLabel,
  type Layer,
  type Network,
  type NetworkWeights,
  randomNormal,
  type Random,
  runNetwork,
  structuralNumbers,
  type Tensor,
} from "convbook";
import { expectRunnable } from "./expectRunnable";
import { requireNetwork } from "./requireNetwork";

export interface ExpectNetworkOptions {
  /** What was called, as the learner would type it: `"inception([28, 28, 192])"`. */
  of: string;
  /** For weights and images. */
  random: Random;
}

/**
 * Passes when the answer is a network that computes what `expected` does: the same output shape, parameters and
 * multiply-adds (counted as papers do), and the same numbers from the same images when both have the same
 * weights. Names, and ways to write the same thing, do not matter. It runs both, so keep the input small.
 */
export function expectNetwork(
  answer: unknown,
  expected: Network,
  { of, random }: ExpectNetworkOptions,
): void {
  const actual = requireNetwork(answer, of, expected.input.shape);
  const hint = firstStranger(actual, expected);
  expectSame(`${of} gives shape`, actual.output.shape, expected.output.shape, hint);
  const [got, want] = [cost(actual), cost(expected)];
  expectSame(`The parameters of ${of} are`, got.params, want.params, hint);
  expectSame(`The multiply-adds of ${of} are`, got.macs, want.macs, hint);
  expectRunnable(actual, expected, `${of}: shape, parameters and multiply-adds agree, but`, hint);
  const weights = randomWeights(expected, random);
  const laid = laidOver(actual, expected, weights);
  const butElse = "Shape, parameters and multiply-adds agree, but it computes something else.";
  if (!laid) throw new AnswerError(`${of}: ${butElse}${hint}`);
  const x = dimAndBright(expected.input.shape, random); // [2, h, w, c]
  const [y, wanted] = [
    runNetwork(actual, laid, x, { operations: engine }),
    runNetwork(expected, weights, x, { operations: engine }),
  ];
  try {
    expectTensor(y, wanted, { of: "With the same weights and images, it", tolerance: 1e-4 });
  } catch (error) {
    if (!(error instanceof AnswerError)) throw error;
    throw new AnswerError(`${of}: ${butElse} ${error.message}${hint}`, error.difference);
  }
}

/** Two images: of ordinary values, and of values so large that every limit, such as ReLU6's, is met. */
function dimAndBright(shape: readonly number[], random: Random): Tensor {
  const [dim, bright] = [1, 20].map((times) =>
    randomNormal([1, ...shape], random).map((value) => times * value),
  );
  return concat([dim, bright], 0);
}

type Counted = number | readonly number[];

function expectSame(what: string, got: Counted, want: Counted, hint: string): void {
  if (String(got) === String(want)) return;
  const say = (n: Counted) => (typeof n === "number" ? formatInteger(n) : `[${n.join(", ")}]`);
  const message = `${what} ${say(got)}, expected ${say(want)}.${hint}`;
  throw new AnswerError(message, { actual: got, expected: want });
}

/** The first layer of the answer that our network does not have: there the two part. */
function firstStranger(actual: Network, expected: Network): string {
  const numbers = structuralNumbers(actual, expected);
  const known = new Set(expected.layers.map((layer) => numbers.get(layer)));
  const stranger = actual.layers.find((layer) => !known.has(numbers.get(layer)));
  if (!stranger || stranger.operation.kind === "input") return "";
  const inputs = stranger.inputs.map(({ shape }) => `[${shape.join(", ")}]`).join(" and ");
  return ` Look at ${stranger.path} first: ${labelled(stranger)}, on ${inputs}.`;
}

function labelled(layer: Layer): string {
  const chosen = Object.entries(layerOptions(layer)).map(([name, value]) => `${name} ${value}`);
  return [kindLabel(layer), ...chosen].join(", ");
}

/** No bias at 0 and no factor at 1, where a wrong use would not show; variances stay positive. */
function randomWeights(network: Network, random: Random): NetworkWeights {
  const varied = (name: string, weight: Tensor) =>
    name === "filter" || name === "matrix"
      ? weight
      : weight.map((value) => value + random.uniform(0.1, 0.5));
  return Object.fromEntries(
    Object.entries(initialWeights(network, random)).map(([path, ofLayer]) => [
      path,
      Object.fromEntries(Object.entries(ofLayer).map(([name, w]) => [name, varied(name, w)])),
    ]),
  );
}

/**
 * The weights of `expected` under the paths of `actual`: each layer takes those of the layer that does the
 * same to the same, and what is left over, those of the next left-over layer with weights of its shapes.
 *
 * @returns undefined when a layer finds none
 */
function laidOver(
  actual: Network,
  expected: Network,
  weights: NetworkWeights,
): NetworkWeights | undefined {
  const numbers = structuralNumbers(actual, expected);
  const free = expected.layers.filter(ownsWeights);
  const laid = new Map<Layer, NetworkWeights[string]>();
  const isSame = (a: Layer, b: Layer) => numbers.get(a) === numbers.get(b);
  const isShapedAlike = (a: Layer, b: Layer) => shapesOf(a) === shapesOf(b);
  for (const fits of [isSame, isShapedAlike]) {
    for (const layer of actual.layers.filter((layer) => ownsWeights(layer) && !laid.has(layer))) {
      const at = free.findIndex((other) => fits(layer, other));
      if (at !== -1) laid.set(layer, weights[free.splice(at, 1)[0].path]);
    }
  }
  if (!actual.layers.filter(ownsWeights).every((layer) => laid.has(layer))) return undefined;
  return Object.fromEntries([...laid].map(([layer, ofLayer]) => [layer.path, ofLayer]));
}

function ownsWeights(layer: Layer): boolean {
  return layer.weights.length > 0 && !layer.sharesWith; // what is shared is laid with the layer that lends it
}

function shapesOf({ weights }: Layer): string {
  return weights.map(({ name, shape }) => `${name} ${shape}`).join();
}
