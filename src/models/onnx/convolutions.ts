import { formatShape, layers } from "../../network";
import { sizeOf } from "../../tensor";
import { integerOf, paddingOf, pairOf, textOf } from "./attributes";
import type { OnnxNode } from "./OnnxModel";
import type { Scope } from "./Scope";
import { flow, MAPS, VECTOR, type Value } from "./values";

/** Conv: weights [filters, cin / groups, kh, kw]. */
export function convolution(node: OnnxNode, scope: Scope): Value {
  const [x, weight] = [scope.flow(node, 0), scope.weight(node, 1)];
  if (!x || weight?.shape.length !== 4 || x.axes.join() !== MAPS.join()) return scope.unknown(node);
  const [filters, channelsPerGroup, kh, kw] = weight.shape;
  const [height, width, channels] = x.tensor.shape;
  const groups = integerOf(node, "group", 1);
  requireFit(node, scope, weight.shape, channelsPerGroup * groups, channels);
  const options = {
    filters,
    kernelSize: [kh, kw] as const,
    stride: pairOf(node, "strides", 1),
    dilation: pairOf(node, "dilations", 1),
    padding: paddingOf(node, [height, width], [kh, kw]),
    groups,
  };
  const bias = biasOf(node, scope, filters, 4);
  if (bias === "strange") return scope.unknown(node);
  return take(bias, scope, flow(layers.conv({ ...options, bias: bias !== "none" })(x.tensor)));
}

/** ConvTranspose: weights [cin, filters / groups, kh, kw]. */
export function transposedConvolution(node: OnnxNode, scope: Scope): Value {
  const [x, weight] = [scope.flow(node, 0), scope.weight(node, 1)];
  const plain =
    !node.attributes.has("output_shape") && textOf(node, "auto_pad", "NOTSET") === "NOTSET";
  if (!x || weight?.shape.length !== 4 || x.axes.join() !== MAPS.join() || !plain)
    return scope.unknown(node);
  const [channels, filtersPerGroup, kh, kw] = weight.shape;
  requireFit(node, scope, weight.shape, channels, x.tensor.shape[2]);
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
  const bias = biasOf(node, scope, filters, 4);
  if (bias === "strange") return scope.unknown(node);
  const layer = layers.transposedConv({ ...options, bias: bias !== "none" });
  return take(bias, scope, flow(layer(x.tensor)));
}

/** Gemm, with weights [units, n] where they are transposed, as PyTorch writes them. */
export function gemm(node: OnnxNode, scope: Scope): Value {
  const [x, weight] = [scope.flow(node, 0), scope.weight(node, 1)];
  const axes = integerOf(node, "transA", 0) === 1 ? [...VECTOR].reverse() : VECTOR;
  if (!x || weight?.shape.length !== 2 || x.axes.join() !== axes.join()) return scope.unknown(node);
  const transposed = integerOf(node, "transB", 0) === 1;
  const [n, units] = transposed ? [...weight.shape].reverse() : weight.shape;
  requireFit(node, scope, weight.shape, n, x.tensor.shape[0]);
  const bias = biasOf(node, scope, units, 2);
  if (bias === "strange") return scope.unknown(node, [units]);
  return take(bias, scope, flow(layers.dense({ units, bias: bias !== "none" })(x.tensor)));
}

/** MatMul of features by constant weights [n, units]: a dense layer, with the bias that is added behind it. */
export function matMul(node: OnnxNode, scope: Scope): Value {
  const [x, weight] = [scope.flow(node, 0), scope.weight(node, 1)];
  if (!x || weight?.shape.length !== 2 || x.axes.join() !== VECTOR.join())
    return scope.unknown(node);
  const [n, units] = weight.shape;
  requireFit(node, scope, weight.shape, n, x.tensor.shape[0]);
  const bias = biasOf(node, scope, units, 2);
  return take(bias, scope, flow(layers.dense({ units, bias: bias !== "none" })(x.tensor)));
}

/** Weights made for another input are a mistake of the file's: a count of them would be a guess. */
function requireFit(
  node: OnnxNode,
  scope: Scope,
  shape: readonly number[],
  expected: number,
  received: number,
): void {
  if (expected === received) return;
  const weights = formatShape(shape);
  throw scope.refused(node, `weights ${weights} for ${expected} inputs, and ${received} come`);
}

/** Where a layer's bias is: among its inputs, in the addition behind it, nowhere, or in something else. */
type Bias = "input" | "none" | "strange" | { readonly addition: OnnxNode; readonly index: number };

function biasOf(node: OnnxNode, scope: Scope, channels: number, rank: number): Bias {
  if (node.inputs[2]) {
    const own = scope.weight(node, 2);
    return own && sizeOf(own.shape) === channels ? "input" : "strange";
  }
  return additionOf(node, scope, channels, rank) ?? "none";
}

/** The next and only thing that happens, where it is the addition of one number to each channel. */
function additionOf(
  node: OnnxNode,
  scope: Scope,
  channels: number,
  rank: number,
): Exclude<Bias, string> | undefined {
  const next = scope.onlyConsumer(node);
  if (next?.type !== "Add") return undefined;
  const index = next.inputs[0] === node.outputs[0] ? 1 : 0;
  const shape = scope.constantOf(next.inputs[index])?.shape;
  if (!shape) return undefined;
  const wanted = rank === 2 ? [channels] : [channels, 1, 1];
  const used = shape.slice(Math.max(0, shape.length - wanted.length));
  const outer = shape.slice(0, Math.max(0, shape.length - wanted.length));
  const fits = used.join() === wanted.join() && outer.every((n) => n === 1);
  return fits ? { addition: next, index } : undefined;
}

/** The layer's output, and with it that of the addition which it has taken over. */
function take(bias: Bias, scope: Scope, value: Value): Value {
  if (typeof bias === "object") {
    scope.weight(bias.addition, bias.index);
    scope.fuse(bias.addition, value);
  }
  return value;
}
