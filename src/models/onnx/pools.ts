import { layers } from "../../network";
import { integerOf, integersOf, paddingOf, pairOf } from "./attributes";
import type { OnnxNode } from "./OnnxModel";
import type { Scope } from "./Scope";
import { flow, MAPS, shapeFrom, sizesOf, type Value } from "./values";

/** MaxPool and AveragePool. */
export function pool(node: OnnxNode, scope: Scope): Value {
  const x = scope.flow(node, 0);
  const size = integersOf(node, "kernel_shape");
  const undilated = pairOf(node, "dilations", 1).every((n) => n === 1);
  if (!x || size?.length !== 2 || x.axes.join() !== MAPS.join() || !undilated)
    return scope.unknown(node);
  const [height, width] = x.tensor.shape;
  const options = {
    size: [size[0], size[1]] as const,
    stride: pairOf(node, "strides", 1),
    padding: paddingOf(node, [height, width], [size[0], size[1]]),
    ceilMode: integerOf(node, "ceil_mode", 0) === 1,
  };
  const countPadding = integerOf(node, "count_include_pad", 0) === 1;
  const layer =
    node.type === "MaxPool"
      ? layers.maxPool(options)
      : layers.averagePool({ ...options, countPadding });
  return flow(layer(x.tensor));
}

/** GlobalAveragePool and GlobalMaxPool: [1, c, 1, 1]. */
export function globalPool(node: OnnxNode, scope: Scope): Value {
  const x = scope.flow(node, 0);
  if (!x || x.axes.join() !== MAPS.join()) return scope.unknown(node);
  const layer = node.type === "GlobalMaxPool" ? layers.globalMaxPool : layers.globalAveragePool;
  return flow(layer({ keepDims: true })(x.tensor));
}

/** ReduceMean and ReduceMax over rows and columns are global pools; of others the shape alone is known. */
export function reduction(node: OnnxNode, scope: Scope): Value {
  const x = scope.flow(node, 0);
  const axes = integersOf(node, "axes") ?? scope.constant(node, 1)?.values;
  if (!x || x.axes.length !== 4 || !axes) return scope.unknown(node);
  const reduced = axes.map((axis) => x.axes[scope.axis(node, axis, 4)]).sort();
  const keepDims = integerOf(node, "keepdims", 1) === 1;
  const isPool = node.type === "ReduceMean" || node.type === "ReduceMax";
  if (reduced.join() !== "h,w" || !isPool) {
    const sizes = sizesOf(x).map((size, i) => (reduced.includes(x.axes[i]) ? 1 : size));
    const known = keepDims && !reduced.includes("n");
    return scope.unknown(node, known ? shapeFrom(sizes, x.axes) : undefined);
  }
  const layer = node.type === "ReduceMax" ? layers.globalMaxPool : layers.globalAveragePool;
  const y = layer({ keepDims })(x.tensor);
  return keepDims ? flow(y, x.axes) : flow(y);
}
