import { singlePrecision } from "../engine";
import { collectForgotten, type Maps, type Program } from "../engine/program";
import {
  type Layer,
  layerAt,
  type Network,
  RecordNetwork,
  requireNetwork,
  weightOwner,
} from "../network";
import { ArgumentError, least, requireOptions, sizeOf, Tensor } from "../tensor";
import { Builder } from "./compiled/Builder";
import { lower } from "./compiled/lower";
import { inputsOf, type NetworkInputs } from "./networkInputs";
import { requireWeights, weightsFor } from "./requireWeights";
import type { NetworkWeights } from "./NetworkWeights";

export interface CompileOptions {
  /**
   * The paths of layers whose outputs are wanted, such as `["conv1/relu1", "dense1"]`; `run` then gives a record of
   * them. The end of the network alone when left out.
   */
  outputs?: readonly string[] | undefined;
  /**
   * Whether 3x3 convolutions at stride 1 are computed by Winograd's method, with a quarter of the products. It is off
   * when left out, since it is not as exact: in a window where values differ a million times it loses the small ones,
   * and NaN or infinity at one pixel spreads to its neighbours.
   */
  winograd?: boolean | undefined;
}

/** Bytes that a compiled network takes in the engine's memory. */
export interface CompiledMemory {
  /** The weights as the kernels want them. */
  readonly weights: number;
  /** All maps that pass between layers, of one image. */
  readonly maps: number;
  /** The most of them that any layer needs at once, below which `maps` cannot be. */
  readonly widestCut: number;
}

/** Gives back the memory of networks that nobody holds any more. */
const forgotten = new FinalizationRegistry<Program>((program) => program.dispose());

/** An input or an output of a compiled network. */
interface End {
  readonly name: string;
  readonly shape: readonly number[];
  readonly maps: Maps;
}

/**
 * A network with its weights, ready to run on the engine: what `compile` gives.
 *
 * `Input` is what it takes: a tensor, or a record of them for a `RecordNetwork`.
 */
export class CompiledNetwork<
  Result extends Tensor | Record<string, Tensor> = Tensor,
  Input extends Tensor | NetworkInputs = Tensor,
> {
  private program: Program | undefined;

  /** @internal */
  constructor(
    private readonly network: Network,
    program: Program,
    private readonly inputs: ReadonlyMap<Layer, Maps>,
    private readonly outputs: readonly End[],
    private readonly single: boolean,
  ) {
    this.program = program;
    forgotten.register(this, program, this);
  }

  /** The network's name. */
  get name(): string {
    return this.network.name;
  }

  /** Of one image, [h, w, c] or [n]; where there are several inputs, ask `network.inputs`. */
  get inputShape(): readonly number[] {
    return this.network.input.shape;
  }

  /**
   * Runs the network on images, on all threads. More images than the engine's memory has room for are run in
   * several goes.
   *
   * @param images [m, ...shape of the network's input], float32; a record of such by name for a `RecordNetwork`
   * @returns [m, ...shape of the network's output]; or a record: where layers were asked for, of them by path; else
   *   of the outputs of a `RecordNetwork` by name
   * @throws ArgumentError when the images do not fit or are float64; Error when it has been disposed of
   */
  run(images: Input): Result {
    const call = `${this.name}.run`;
    const program = this.requireProgram(`${call}()`);
    const given = [...inputsOf(call, this.network, images, "images")].map(([layer, tensor]) => ({
      maps: this.inputs.get(layer)!,
      size: sizeOf(layer.shape),
      values: singlePrecision(call, "images", tensor),
      batch: tensor.shape[0],
    }));
    const [{ batch }] = given;
    const results = this.outputs.map(({ shape }) => new Float32Array(batch * sizeOf(shape)));
    const most = program.mostImages;
    for (let first = 0; first < batch; first += most) {
      const count = Math.min(most, batch - first);
      const part = given.map(({ maps, size, values }) => ({
        maps,
        values: values.subarray(first * size, (first + count) * size),
      }));
      program.run(part, count);
      this.outputs.forEach(({ shape, maps }, i) => {
        const size = sizeOf(shape);
        program.read(maps, results[i].subarray(first * size, (first + count) * size));
      });
    }
    const tensors = this.outputs.map(({ shape }, i) => new Tensor(results[i], [batch, ...shape]));
    if (this.single) return tensors[0] as Result;
    return Object.fromEntries(this.outputs.map(({ name }, i) => [name, tensors[i]])) as Result;
  }

  /** What it takes of the engine's memory. */
  get memory(): CompiledMemory {
    const { constants, maps, widestCut } = this.requireProgram(`${this.name}.memory`).memory;
    return { weights: constants, maps, widestCut };
  }

  /** Gives its memory to the next network. Without this, the garbage collector does so when nothing holds it. */
  dispose(): void {
    if (!this.program) return;
    forgotten.unregister(this);
    this.program.dispose();
    this.program = undefined;
  }

  private requireProgram(call: string): Program {
    if (this.program) return this.program;
    throw new Error(
      `${call}: this network has been disposed of. compile(network, weights) makes another.`,
    );
  }
}

/**
 * Prepares a network to be run often, fast: its layers become jobs of the engine's kernels, in a memory of their own.
 * Batch norm goes into the filters before it; biases, activations and shortcuts are added as a convolution stores its
 * sums; what a concatenation joins is written side by side at once; maps stay in the engine's memory from layer to
 * layer, and share it with those that are no longer needed.
 *
 * The result agrees with `runNetwork` to rounding: filters that are scaled in advance round otherwise. Layers that
 * the engine has no kernel for are computed by their definitions.
 *
 * @param weights of each layer, by its path: from `initialWeights`, or `weightsOf` a trained model. Copied: later
 *   changes to them do not matter
 * @throws ArgumentError when weights are missing, do not fit or are float64, or an output is no layer, before any work
 *
 * @example
 * const net = network("mean", [1, 4, 1], layers.averagePool({ size: [1, 2] }), layers.flatten(), layers.dense({ units: 1 }));
 * const weights = { dense1: { matrix: tensor([[1], [10]]), bias: tensor([100]) } };
 * const model = await compile(net, weights);
 * model.run(tensor([1, 3, 5, 7], [1, 1, 4, 1])).toArray() // → [[162]]
 * @example
 * const net = network("net", [1, 1, 2], layers.relu(), layers.flatten());
 * const model = await compile(net, {}, { outputs: ["relu1"] });
 * model.run(tensor([-1, 3], [1, 1, 1, 2])).relu1.toArray() // → [[[[0, 3]]]]
 * @example
 * const sum = network("sum", { a: [2], b: [2] }, ({ a, b }) => ({ sum: layers.add(a, b) }));
 * const model = await compile(sum, {});
 * model.run({ a: tensor([[1, 2]]), b: tensor([[10, 20]]) }).sum.toArray() // → [[11, 22]]
 */
export async function compile(
  network: RecordNetwork,
  weights: NetworkWeights,
  options?: CompileOptions,
): Promise<CompiledNetwork<Record<string, Tensor>, NetworkInputs>>;
export async function compile(
  network: Network,
  weights: NetworkWeights,
  options?: CompileOptions & { outputs?: undefined },
): Promise<CompiledNetwork>;
export async function compile(
  network: Network,
  weights: NetworkWeights,
  options: CompileOptions,
): Promise<CompiledNetwork<Record<string, Tensor>>>;
export async function compile(
  network: Network,
  weights: NetworkWeights,
  options: CompileOptions = {},
): Promise<unknown> {
  await collectForgotten();
  return compileNow("compile", network, weights, options);
}

/** @internal */
export function compileNow(
  call: string,
  network: Network,
  weights: NetworkWeights,
  options: CompileOptions,
): CompiledNetwork<Tensor | Record<string, Tensor>, Tensor | NetworkInputs> {
  requireNetwork(call, network);
  const { outputs, winograd = false } = checked(call, options);
  const named = outputs
    ? outputs.map((path) => [path, layerAt(call, "outputs", network, path)] as const)
    : Object.entries(network.outputs);
  const wanted = [...new Set(named.map(([, layer]) => layer))];
  const layers = layersBefore(network, wanted);
  const weighted = layers.filter((layer) => layer.weights.length > 0);
  requireWeights(call, network, weighted, weights);
  for (const layer of weighted)
    for (const { name } of layer.weights) {
      const argument = `weights["${weightOwner(layer).path}"].${name}`;
      const values = singlePrecision(call, argument, weightsFor(weights, layer)[name]!);
      const lowest = name === "movingVariance" ? least(values) : 0;
      if (lowest < 0)
        throw new ArgumentError({ call, argument, expected: "0 or more", received: lowest });
    }

  const builder = new Builder(network, layers, new Set(wanted), weights, winograd);
  for (const layer of layers) if (!builder.isDone(layer)) lower(builder, layer);
  for (const layer of wanted) builder.program.keepToEnd(builder.mapsOf(layer));
  builder.program.seal();
  const results = named.map(([name, layer]) => ({
    name,
    shape: layer.shape,
    maps: builder.mapsOf(layer),
  }));
  const inputs = new Map(
    Object.values(network.inputs).map((layer) => [layer, builder.mapsOf(layer)]),
  );
  const single = outputs === undefined && !(network instanceof RecordNetwork);
  return new CompiledNetwork(network, builder.program, inputs, results, single);
}

/** The layers that these come out of, and they themselves, in the order of the network; the inputs in any case. */
function layersBefore(network: Network, ends: readonly Layer[]): Layer[] {
  const needed = new Set<Layer>(Object.values(network.inputs));
  const pending = [...ends];
  for (let layer; (layer = pending.pop());) {
    if (needed.has(layer)) continue;
    needed.add(layer);
    for (const input of layer.inputs) pending.push(input);
  }
  return network.layers.filter((layer) => needed.has(layer));
}

function checked(call: string, options: CompileOptions): CompileOptions {
  requireOptions<CompileOptions>(call, options, { outputs: true, winograd: "flag" });
  const { outputs, winograd } = options;
  const isList = outputs === undefined || (Array.isArray(outputs) && outputs.length > 0);
  if (!isList)
    throw new ArgumentError({
      call,
      argument: "outputs",
      expected: "a list of paths of layers, at least one",
      received: outputs,
    });
  if (winograd !== undefined && typeof winograd !== "boolean")
    throw new ArgumentError({
      call,
      argument: "winograd",
      expected: "true or false",
      received: winograd,
    });
  return options;
}
