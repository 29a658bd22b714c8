import { layers } from "../../network";
import { integerOf, paddingOf, pairOf, textOf } from "./attributes";
import type { OnnxNode } from "./OnnxModel";
import type { Scope } from "./Scope";
import { flow, MAPS, VECTOR, type Value } from "./values";

/** Conv: weights [filters, cin / groups, kh, kw]. */
export function convolution(node: OnnxNode, scope: Scope): Value {
  const [x, weight] = [scope.flow(node, 0), scope.weight(node, 1)];
  if (!x || weight?.shape.length !== 4 || x.axes.join() !== MAPS.join()) return scope.unknown(node);
  const [filters, , ...kernel] = weight.shape;
  const [kh, kw] = kernel;
  const [height, width] = x.tensor.shape;
  const options = {
    filters,
    kernelSize: [kh, kw] as const,
    stride: pairOf(node, "strides", 1),
    dilation: pairOf(node, "dilations", 1),
    padding: paddingOf(node, [height, width], [kh, kw]),
    groups: integerOf(node, "group", 1),
  };
  const bias = scope.weight(node, 2) !== undefined || takesBias(node, scope, filters, 4);
  return take(node, scope, flow(layers.conv({ ...options, bias })(x.tensor)), bias);
}

/** ConvTranspose: weights [cin, filters / groups, kh, kw]. */
export function transposedConvolution(node: OnnxNode, scope: Scope): Value {
  const [x, weight] = [scope.flow(node, 0), scope.weight(node, 1)];
  const plain =
    !node.attributes.has("output_shape") && textOf(node, "auto_pad", "NOTSET") === "NOTSET";
  if (!x || weight?.shape.length !== 4 || x.axes.join() !== MAPS.join() || !plain)
    return scope.unknown(node);
  const [, filtersPerGroup, kh, kw] = weight.shape;
  const groups = integerOf(node, "group", 1);
  const filters = filtersPerGroup * groups;
  const options = {
    filters,
    kernelSize: [kh, kw] as const,
    stride: pairOf(node, "strides", 1),
    padding: paddingOf(node, [0, 0], [kh, kw]),
    dilation: pairOf(node, "dilations", 1),
    outputPadding: pairOf(node, "output_padding", 0),
    groups,
  };
  const bias = scope.weight(node, 2) !== undefined || takesBias(node, scope, filters, 4);
  return take(node, scope, flow(layers.transposedConv({ ...options, bias })(x.tensor)), bias);
}

/** Gemm, with weights [units, n] where they are transposed, as PyTorch writes them. */
export function gemm(node: OnnxNode, scope: Scope): Value {
  const [x, weight] = [scope.flow(node, 0), scope.weight(node, 1)];
  if (!x || weight?.shape.length !== 2 || x.axes.join() !== VECTOR.join())
    return scope.unknown(node);
  const units = weight.shape[integerOf(node, "transB", 0) === 1 ? 0 : 1];
  const bias = scope.weight(node, 2) !== undefined;
  return flow(layers.dense({ units, bias })(x.tensor));
}

/** MatMul of features by constant weights [n, units]: a dense layer, with the bias that is added behind it. */
export function matMul(node: OnnxNode, scope: Scope): Value {
  const [x, weight] = [scope.flow(node, 0), scope.weight(node, 1)];
  if (!x || weight?.shape.length !== 2 || x.axes.join() !== VECTOR.join())
    return scope.unknown(node);
  const [, units] = weight.shape;
  const bias = takesBias(node, scope, units, 2);
  return take(node, scope, flow(layers.dense({ units, bias })(x.tensor)), bias);
}

/** Whether the next and only thing that happens is the addition of one number to each channel. */
function takesBias(node: OnnxNode, scope: Scope, channels: number, rank: number): boolean {
  const next = scope.onlyConsumer(node);
  if (next?.type !== "Add") return false;
  const other = next.inputs[0] === node.outputs[0] ? 1 : 0;
  const shape = scope.constantOf(next.inputs[other])?.shape;
  if (!shape) return false;
  const wanted = rank === 2 ? [channels] : [channels, 1, 1];
  const used = shape.slice(Math.max(0, shape.length - wanted.length));
  const outer = shape.slice(0, Math.max(0, shape.length - wanted.length));
  return used.join() === wanted.join() && outer.every((n) => n === 1);
}

/** The layer's output, and with it that of the addition which it has taken over. */
function take(node: OnnxNode, scope: Scope, value: Value, bias: boolean): Value {
  const next = scope.onlyConsumer(node);
  if (bias && node.inputs.length < 3 && next?.type === "Add") {
    const other = next.inputs[0] === node.outputs[0] ? 1 : 0;
    scope.weight(next, other);
    scope.fuse(next, value);
  }
  return value;
}
