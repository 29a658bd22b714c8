import { type ActivationFunction, layers, type SymbolicTensor } from "../../network";
import { floatOf, integerOf } from "./attributes";
import type { OnnxNode } from "./OnnxModel";
import type { Scope } from "./Scope";
import { type Flow, flow, sizesOf, type Value } from "./values";

const ACTIVATIONS: Readonly<Record<string, ActivationFunction>> = {
  Relu: "relu",
  Sigmoid: "sigmoid",
  Tanh: "tanh",
  HardSwish: "hardSwish",
};

/** Which activation of two steps a gate is the first step of: x · sigmoid(x) is swish. */
const GATED: Readonly<Partial<Record<ActivationFunction, ActivationFunction>>> = {
  sigmoid: "swish",
  hardSigmoid: "hardSwish",
};

export function activation(node: OnnxNode, scope: Scope): Value {
  const x = scope.flow(node, 0);
  const name = functionOf(node, scope);
  if (!x || !name) return scope.unknownElementwise(node);
  const gated = GATED[name];
  const next = scope.onlyConsumerBeside(node, node.inputs[0]);
  if (gated && next?.type === "Mul") {
    const value = flow(layers.activation(gated)(x.tensor), x.axes);
    scope.fuse(next, value);
    return value;
  }
  return flow(layers.activation(name)(x.tensor), x.axes);
}

function functionOf(node: OnnxNode, scope: Scope): ActivationFunction | undefined {
  switch (node.type) {
    case "HardSigmoid": {
      const ours =
        Math.abs(floatOf(node, "alpha", 0.2) - 1 / 6) < 1e-6 && floatOf(node, "beta", 0.5) === 0.5;
      return ours ? "hardSigmoid" : undefined;
    }
    case "Clip": {
      const limit = (name: string, i: number) =>
        node.attributes.get(name)?.float ?? scope.constant(node, i)?.values?.[0];
      const [least, most] = [limit("min", 1), limit("max", 2)];
      if (least !== 0) return undefined;
      if (most === 6) return "relu6";
      return most === undefined || most > 1e30 ? "relu" : undefined;
    }
    default:
      return ACTIVATIONS[node.type];
  }
}

/** Softmax over the classes; over anything else it is unknown here. */
export function softmax(node: OnnxNode, scope: Scope): Value {
  const x = scope.flow(node, 0);
  const axis = integerOf(node, "axis", -1);
  if (x?.axes.length !== 2 || (axis !== 1 && axis !== -1)) return scope.unknownElementwise(node);
  return flow(layers.softmax()(x.tensor));
}

/** Sums: of tensors alike, and x + scale · y. With a constant, or spread over rows, unknown here. */
export function add(node: OnnxNode, scope: Scope): Value {
  const [a, b] = node.inputs.map((_, i) => scope.input(node, i));
  for (const [x, y] of [
    [a, b],
    [b, a],
  ])
    if (x?.kind === "flow" && y?.kind === "scaled" && alike(x, y.flow))
      return flow(layers.scaledAdd(x.tensor, y.flow.tensor, { scale: y.scale }), x.axes);
  const flows = node.inputs.map((_, i) => scope.flow(node, i));
  const [first] = flows;
  const sums =
    flows.length > 1 && flows.every((one): one is Flow => !!one && !!first && alike(first, one));
  if (!sums) return scope.unknownElementwise(node);
  return flow(layers.add(...flows.map(({ tensor }) => tensor)), flows[0].axes);
}

/** Products: x · y alike, x · gate with a gate for each channel, x · a number. */
export function multiply(node: OnnxNode, scope: Scope): Value {
  for (const [i, j] of [
    [0, 1],
    [1, 0],
  ]) {
    const [x, constant] = [scope.flow(node, i), scope.constant(node, j)];
    if (!x || !constant) continue;
    if (constant.values?.length === 1)
      return { kind: "scaled", flow: x, scale: constant.values[0] };
  }
  const [a, b] = [scope.flow(node, 0), scope.flow(node, 1)];
  const product = a && b && (gatedBy(a, b) ?? gatedBy(b, a));
  return product
    ? flow(product, [a, b].find((one) => one.tensor.shape.length === product.shape.length)!.axes)
    : scope.unknownElementwise(node);
}

function gatedBy(x: Flow, gate: Flow): SymbolicTensor | undefined {
  const [height, width, channels] = gate.tensor.shape;
  const isGate = gate.tensor.shape.length === 3 && height === 1 && width === 1;
  const fits =
    alike(x, gate) || (isGate && x.tensor.shape.length === 3 && channels === x.tensor.shape[2]);
  return fits && x.axes.join() === gate.axes.join()
    ? layers.multiply(x.tensor, gate.tensor)
    : undefined;
}

function alike(a: Flow, b: Flow): boolean {
  return a.axes.join() === b.axes.join() && sizesOf(a).join() === sizesOf(b).join();
}

export function batchNorm(node: OnnxNode, scope: Scope): Value {
  const x = scope.flow(node, 0);
  const channelAxis = x && x.axes[1] === "c";
  if (!x || !channelAxis) return scope.unknownElementwise(node);
  for (const i of [1, 2, 3, 4]) scope.weight(node, i);
  return flow(
    layers.batchNorm({
      epsilon: floatOf(node, "epsilon", 1e-5),
      momentum: floatOf(node, "momentum", 0.9),
    })(x.tensor),
    x.axes,
  );
}

/** ONNX divides alpha by the size, as PyTorch does; the layer takes the paper's. */
export function localResponseNorm(node: OnnxNode, scope: Scope): Value {
  const x = scope.flow(node, 0);
  if (!x || x.axes[1] !== "c" || x.axes.length !== 4) return scope.unknownElementwise(node);
  const size = integerOf(node, "size", 1);
  const [alpha, beta, k] = [
    floatOf(node, "alpha", 1e-4) / size,
    floatOf(node, "beta", 0.75),
    floatOf(node, "bias", 1),
  ];
  return flow(layers.localResponseNorm({ size, alpha, beta, k })(x.tensor));
}

/** What does nothing when a network is used. */
export function unchanged(node: OnnxNode, scope: Scope): Value {
  const value = scope.input(node, 0);
  return value ?? scope.unknown(node);
}

/** To whole numbers and back: a weight stays one, of the same shape. */
export function quantised(node: OnnxNode, scope: Scope): Value {
  const value = scope.input(node, 0);
  if (value?.kind !== "known") return scope.unknownElementwise(node);
  return { kind: "known", constant: { ...value.constant, values: undefined, whole: false } };
}

export function dropout(node: OnnxNode, scope: Scope): Value {
  const x = scope.flow(node, 0);
  if (!x) return scope.unknown(node);
  const rate = node.attributes.get("ratio")?.float ?? scope.constant(node, 1)?.values?.[0] ?? 0.5;
  return flow(layers.dropout({ rate })(x.tensor), x.axes);
}
