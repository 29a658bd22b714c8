import {
  formatInteger,
  layers,
  type LayerData,
  type Network,
  network,
  networkFromData,
  networkToData,
  type SymbolicTensor,
} from "../../network";
import { ArgumentError } from "../../tensor";
import {
  activation,
  add,
  batchNorm,
  dropout,
  localResponseNorm,
  multiply,
  quantised,
  softmax,
  unchanged,
} from "./elementwise";
import {
  concat,
  flatten,
  pad,
  reshape,
  shape,
  slice,
  split,
  squeeze,
  transpose,
  unsqueeze,
} from "./arrange";
import { convolution, gemm, matMul, transposedConvolution } from "./convolutions";
import { fold } from "./fold";
import { namesOf } from "./names";
import type { OnnxModel, OnnxNode } from "./OnnxModel";
import { globalPool, pool, reduction } from "./pools";
import { readOnnx } from "./readOnnx";
import { resize } from "./resize";
import { Scope } from "./Scope";
import { type Axis, flow, MAPS, shapeFrom, type Value, VECTOR } from "./values";
import { type DescribedModel, type ModelOptions, requireModelOptions } from "../DescribedModel";
import { unknownRemark } from "../unknownRemark";

const CALL = "networkFromOnnx";

/** What makes of a node its outputs; a type that stands nowhere here is unknown. */
const OPERATIONS: Readonly<
  Record<string, (node: OnnxNode, scope: Scope) => Value | (Value | undefined)[]>
> = {
  Conv: convolution,
  ConvTranspose: transposedConvolution,
  Gemm: gemm,
  MatMul: matMul,
  BatchNormalization: batchNorm,
  LRN: localResponseNorm,
  MaxPool: pool,
  AveragePool: pool,
  GlobalAveragePool: globalPool,
  GlobalMaxPool: globalPool,
  ReduceMean: reduction,
  ReduceMax: reduction,
  ReduceMin: reduction,
  ReduceSum: reduction,
  ReduceL2: reduction,
  Relu: activation,
  Sigmoid: activation,
  Tanh: activation,
  Clip: activation,
  HardSigmoid: activation,
  HardSwish: activation,
  Softmax: softmax,
  Add: add,
  Sum: add,
  Mul: multiply,
  Concat: concat,
  Split: split,
  Slice: slice,
  Pad: pad,
  Transpose: transpose,
  Reshape: reshape,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Shape: shape,
  Identity: unchanged,
  Cast: unchanged,
  Dropout: dropout,
  Resize: resize,
  Upsample: resize,
  QuantizeLinear: quantised,
  DequantizeLinear: quantised,
};

/** Types that put out a value for each that comes in, so that the shape is known though they are not. */
const ELEMENTWISE = new Set(
  (
    "Abs Celu Cos Div Elu Erf Exp Gelu GroupNormalization InstanceNormalization LayerNormalization LeakyRelu " +
    "Log LogSoftmax Max Mean Min Mish Neg PRelu Pow Reciprocal Selu Sin Softplus Softsign Sqrt Sub " +
    "ThresholdedRelu Round Sign Floor Ceil"
  ).split(" "),
);

/**
 * The network that an ONNX file holds, to be counted, drawn and explained: PyTorch, Keras and most other
 * libraries write such files. Weights are not read, only their shapes.
 *
 * Operations that are not known here become `unknown` layers: their parameters are counted, their multiply-adds
 * are not, and `remarks` says which they are. A file that is no network of maps and vectors is refused.
 *
 * @param bytes the whole file
 * @param options.input [h, w, c] or [n], where the file leaves sizes open
 * @throws ArgumentError naming the node that cannot be described
 *
 * Cost: one pass over the nodes; weights are skipped.
 *
 * @example
 * networkFromOnnx(new Uint8Array([1, 2, 3])) // throws an ONNX file
 */
export function networkFromOnnx(bytes: Uint8Array, options: ModelOptions = {}): DescribedModel {
  requireModelOptions(CALL, options);
  const model = readOnnx(bytes);
  const [input, ...others] = model.inputs;
  if (!input || others.length > 0) {
    const names = model.inputs.map(({ name }) => JSON.stringify(name)).join(", ");
    const received = `${model.inputs.length} inputs${names && `: ${names}`}`;
    throw new ArgumentError({
      call: CALL,
      argument: "bytes",
      expected: "a network with one input",
      received,
      receivedAs: received,
    });
  }
  const axes = inputAxes(model);
  const nodes = neededNodes(model);
  const scope = new Scope({ ...model, nodes });
  const described: { layer: number; node: OnnxNode }[] = [];

  const net = network(options.name ?? "network", inputShape(model, axes, options), (x) => {
    scope.set(input.name, flow(x, axes));
    for (const node of nodes) {
      if (scope.isFused(node)) continue;
      const before = x.graph.layers.length;
      run(node, scope);
      for (let layer = before; layer < x.graph.layers.length; layer++)
        described.push({ layer, node });
    }
    return outputOf(model, scope);
  });
  const data = networkToData(net);
  const paths = namesOf(described.map(({ node }) => node));
  const named = described.reduce((made: LayerData[], { layer, node }, i) => {
    const again = described[i - 1]?.node === node;
    const { blocks, name } = paths.get(node)!;
    made[layer - 1] = {
      ...made[layer - 1],
      blocks: [...blocks],
      name: again ? `${name}_${layer}` : name,
    };
    return made;
  }, data.layers);
  return {
    network: networkFromData({ ...data, layers: named }),
    remarks: remarksOf(net, model, scope),
  };
}

function run(node: OnnxNode, scope: Scope): void {
  const folded = fold(node, scope);
  const operation = node.domain === "" ? OPERATIONS[node.type] : undefined;
  const elementwise = node.domain === "" && ELEMENTWISE.has(node.type);
  const made =
    folded ??
    operation?.(node, scope) ??
    (elementwise ? scope.unknownElementwise(node) : scope.unknown(node));
  const values = [made].flat();
  node.outputs.forEach((name, i) => {
    const value = i < values.length ? values[i] : sideOutput(node, name, values[0], scope);
    if (value) scope.set(name, value);
  });
}

/** Another output of a node that is known by its first alone; undefined where none takes it, or its shape is not said. */
function sideOutput(
  node: OnnxNode,
  name: string,
  first: Value | undefined,
  scope: Scope,
): Value | undefined {
  if (name === "" || first?.kind !== "flow" || !scope.isTaken(name)) return undefined;
  const shape = scope.declaredShape(name, first.axes);
  if (!shape) return undefined;
  const type = `${node.type}'s other output`;
  return flow(layers.unknown({ type, shape })(first.tensor));
}

/** The nodes on whose results the outputs depend; others, which exporters leave behind, do nothing. */
function neededNodes({ nodes, outputs }: OnnxModel): OnnxNode[] {
  const makers = new Map(
    nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)),
  );
  const needed = new Set<OnnxNode>();
  const waiting = outputs.map(({ name }) => name);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const node = makers.get(name);
    if (!node || needed.has(node)) continue;
    needed.add(node);
    // One by one: a file's may be a million.
    for (const input of node.inputs) waiting.push(input);
    for (const read of node.within?.reads ?? []) waiting.push(read);
  }
  return nodes.filter((node) => needed.has(node));
}

/** Keras's exports take rows, columns, channels and turn them at once, or after what prepares the values. */
function inputAxes({ nodes, inputs: [input] }: OnnxModel): readonly Axis[] {
  if (input.shape?.length === 2) return VECTOR;
  const permutation = firstTurn(nodes, input.name);
  return permutation?.join() === "0,3,1,2" ? ["n", "h", "w", "c"] : MAPS;
}

/** How the first Transpose turns the input, with nothing but operations on single values before it. */
function firstTurn(nodes: readonly OnnxNode[], input: string): readonly number[] | undefined {
  let name = input;
  for (const node of nodes) {
    if (!node.inputs.includes(name)) continue;
    if (node.type === "Transpose") return node.attributes.get("perm")?.integers;
    if (!ELEMENTWISE.has(node.type) && !PREPARING.has(node.type)) return undefined;
    [name] = node.outputs;
  }
  return undefined;
}

const PREPARING = new Set(["Add", "Mul", "Cast", "Identity"]);

function inputShape(
  model: OnnxModel,
  axes: readonly Axis[],
  options: ModelOptions,
): readonly number[] {
  const { shape } = model.inputs[0];
  const declared =
    shape &&
    shapeFrom(
      // Old exporters write -1 for a size that is open.
      shape.map((size) => (typeof size === "number" ? Math.max(0, size) : 0)),
      axes,
    );
  const remedy = "Give its height, width and channels: input: [224, 224, 3], or --input 224x224x3.";
  const refused = (expected: string, received: unknown, receivedAs?: string) =>
    new ArgumentError({ call: CALL, argument: "input", expected, received, receivedAs, remedy });
  if (shape && !declared) {
    const received = `${shape.length} axes, [${shape.join(", ")}]`;
    throw new ArgumentError({
      call: CALL,
      argument: `the input ${JSON.stringify(model.inputs[0].name)}`,
      expected: "maps, of 4 axes with the images', or vectors, of 2",
      received: shape,
      receivedAs: received,
    });
  }
  if (!options.input) {
    if (declared && declared.every((size) => size > 0)) return declared;
    const written = shape ? `[${shape.join(", ")}]` : "no shape at all";
    throw refused("sizes, which the file leaves open", shape, written);
  }
  const fits =
    !declared ||
    (declared.length === options.input.length &&
      declared.every((size, i) => size === 0 || size === options.input![i]));
  if (fits) return options.input;
  throw refused(`[${declared.join(", ")}], as the file has it`, options.input);
}

/** The end of the network: several outputs are joined by a layer that does nothing. */
function outputOf({ outputs }: OnnxModel, scope: Scope): SymbolicTensor {
  const node: OnnxNode = {
    name: "outputs",
    type: "outputs",
    domain: "",
    inputs: outputs.flatMap(({ name }) => (scope.has(name) ? name : [])),
    outputs: ["outputs"],
    attributes: new Map(),
  };
  const ends = node.inputs.map((_, i) => scope.flow(node, i));
  const tensors = [...new Set(ends.flatMap((end) => end?.tensor ?? []))];
  if (tensors.length === 0) throw scope.refused(node, "no output depends on the input");
  if (tensors.length === 1) return tensors[0];
  return layers.unknown({ type: "outputs", shape: tensors[0].shape, name: "outputs" })(...tensors);
}

function remarksOf(net: Network, model: OnnxModel, scope: Scope): string[] {
  const unknown = unknownRemark(net, "their multiply-adds are not counted (their parameters are)");
  const remarks = unknown === undefined ? [] : [unknown];
  const missing = model.outputs.filter(({ name }) => !scope.has(name));
  if (missing.length > 0)
    remarks.push(
      `Outputs that are not described here: ${missing.map(({ name }) => JSON.stringify(name)).join(", ")}.`,
    );
  const shared = [...scope.uses.values()].filter(({ nodes }) => nodes.size > 1);
  const twice = shared.reduce((sum, { size, nodes }) => sum + (nodes.size - 1) * size, 0);
  if (twice > 0)
    remarks.push(
      `The file keeps ${shared.length} weights that several layers use: shared by design, or equal and therefore ` +
        `merged when the file was written. Each layer is counted with its own; if they are shared, ` +
        `${formatInteger(twice)} parameters are counted too often.`,
    );
  return remarks;
}
