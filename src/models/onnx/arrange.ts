import { layers, type SymbolicTensor } from "../../network";
import { integerOf, integersOf, textOf } from "./attributes";
import type { OnnxNode } from "./OnnxModel";
import type { Scope } from "./Scope";
import {
  type Axis,
  type Flow,
  flow,
  known,
  MAPS,
  resolvedShape,
  shapeFrom,
  sizesOf,
  type Value,
  VECTOR,
} from "./values";

/** Operations that put numbers elsewhere and compute nothing. */

export function concat(node: OnnxNode, scope: Scope): Value {
  const flows = node.inputs.map((_, i) => scope.flow(node, i));
  const [first] = flows;
  const axis = integerOf(node, "axis", 1);
  const same = flows.every((one): one is Flow => !!one && one.axes.join() === first?.axes.join());
  if (!first || !same) return scope.unknown(node);
  const sizes = sizesOf(first);
  const at = scope.axis(node, axis, sizes.length);
  const along = first.axes[at];
  const total = flows.reduce((sum, one) => sum + sizesOf(one)[at], 0);
  const ranks = new Set(flows.map(({ tensor }) => tensor.shape.length));
  if (along === "c" && ranks.size === 1)
    return flow(layers.concat(...flows.map(({ tensor }) => tensor)), first.axes);
  return scope.unknown(
    node,
    shapeFrom(
      sizes.map((size, i) => (i === at ? total : size)),
      first.axes,
    ),
  );
}

/** Split along the channels of maps is a slice for each output; of others the shape alone is known. */
export function split(node: OnnxNode, scope: Scope): (Value | undefined)[] {
  const x = scope.flow(node, 0);
  const axis = integerOf(node, "axis", 0);
  const count = node.outputs.length;
  if (!x) return [scope.unknown(node)];
  const all = sizesOf(x);
  const at = scope.axis(node, axis, all.length);
  const channels = all[at];
  const even = Array.from({ length: count }, () => Math.ceil(channels / count));
  const sizes = integersOf(node, "split") ?? scope.constant(node, 1)?.values ?? even;
  if (x.axes[at] === "n") throw scope.refused(node, "it splits the images, not their channels");
  let from = 0;
  return sizes.map((size, output) => {
    const [start, to] = [from, Math.min(channels, from + size)];
    from = to;
    if (!scope.isTaken(node.outputs[output])) return undefined;
    if (x.axes[at] === "c" && x.tensor.shape.length === 3)
      return flow(layers.slice({ from: start, to })(x.tensor), x.axes);
    const part = all.map((n, i) => (i === at ? to - start : n));
    return scope.unknown(node, shapeFrom(part, x.axes));
  });
}

/** Slice of whole channels one after the other; of rows and columns it is a crop. */
export function slice(node: OnnxNode, scope: Scope): Value {
  const x = scope.flow(node, 0);
  if (!x) return scope.unknown(node);
  const list = (name: string, i: number) =>
    integersOf(node, name) ?? scope.constant(node, i)?.values;
  const [starts, ends] = [list("starts", 1), list("ends", 2)];
  const axes = list("axes", 3) ?? starts?.map((_, i) => i);
  const steps = list("steps", 4) ?? starts?.map(() => 1);
  if (!starts || !ends || !axes || !steps) return scope.unknown(node);
  const sizes = sizesOf(x);
  const kept = sizes.map((size) => ({ from: 0, to: size, step: 1 }));
  if (steps.includes(0)) throw scope.refused(node, "a step of 0");
  axes.forEach((axis, i) => {
    const at = scope.axis(node, axis, sizes.length);
    const [least, most] = steps[i] > 0 ? [0, sizes[at]] : [-1, sizes[at] - 1];
    const clamp = (n: number) => Math.min(Math.max(n < 0 ? n + sizes[at] : n, least), most);
    kept[at] = { from: clamp(starts[i]), to: clamp(ends[i]), step: steps[i] };
  });
  const lengths = kept.map(({ from, to, step }) => Math.ceil((to - from) / step));
  const plain = kept.every(({ step }) => step === 1);
  const changed = x.axes.filter((_, i) => lengths[i] !== sizes[i]);
  if (changed.length === 0 && plain) return x;
  const range = (axis: Axis) => kept[x.axes.indexOf(axis)];
  if (plain && x.axes.length === 4 && changed.join() === "c") {
    const { from, to } = range("c");
    return flow(layers.slice({ from, to })(x.tensor), x.axes);
  }
  if (plain && x.axes.length === 4 && !changed.includes("c") && !changed.includes("n")) {
    const [height, width] = x.tensor.shape;
    const [rows, columns] = [range("h"), range("w")];
    const cropping = [
      [rows.from, height - rows.to],
      [columns.from, width - columns.to],
    ] as const;
    return flow(layers.crop({ cropping })(x.tensor), x.axes);
  }
  return scope.unknown(node, shapeFrom(lengths, x.axes));
}

export function pad(node: OnnxNode, scope: Scope): Value {
  const x = scope.flow(node, 0);
  const given = integersOf(node, "pads") ?? scope.constant(node, 1)?.values;
  if (!x || !given) return scope.unknown(node);
  const rank = x.axes.length;
  const axes = node.inputs[3] ? scope.constant(node, 3)?.values : x.axes.map((_, i) => i);
  if (given.length !== 2 * (axes?.length ?? 0)) return scope.unknown(node);
  const pads = new Array<number>(2 * rank).fill(0);
  axes?.forEach((axis, i) => {
    const at = scope.axis(node, axis, rank);
    [pads[at], pads[at + rank]] = [given[i], given[i + axes.length]];
  });
  if (pads.every((n) => n === 0)) return x;
  const side = (axis: Axis) => {
    const i = x.axes.indexOf(axis);
    return [pads[i], pads[i + rank]] as const;
  };
  const shape = shapeFrom(
    sizesOf(x).map((size, i) => size + pads[i] + pads[i + rank]),
    x.axes,
  );
  const zeros =
    textOf(node, "mode", "constant") === "constant" &&
    (scope.constant(node, 2)?.values?.[0] ?? 0) === 0;
  const isPlain =
    zeros && rank === 4 && pads.every((n) => n >= 0) && side("n").every((n) => n === 0);
  if (!isPlain) return scope.unknown(node, shape);
  const padding = [side("h"), side("w")] as const;
  return flow(layers.zeroPad({ padding, channels: side("c") })(x.tensor), x.axes);
}

export function transpose(node: OnnxNode, scope: Scope): Value {
  const value = scope.input(node, 0);
  const permutation = integersOf(node, "perm");
  if (value?.kind === "known") {
    const { shape } = value.constant;
    const order = (permutation ?? shape.map((_, i) => shape.length - 1 - i)).map((axis) =>
      scope.axis(node, axis, shape.length),
    );
    const constant = {
      ...value.constant,
      shape: order.map((axis) => shape[axis]),
      values: undefined,
    };
    return { kind: "known", constant };
  }
  if (value?.kind === "grouped")
    return permutation?.join() === "0,2,1,3,4"
      ? { ...value, transposed: !value.transposed }
      : scope.unknown(node);
  const x = scope.flow(node, 0);
  if (!x || !permutation) return scope.unknown(node);
  return flow(
    x.tensor,
    permutation.map((axis) => x.axes[scope.axis(node, axis, x.axes.length)]),
  );
}

/** Reshape: to a vector it is flatten; by way of [n, groups, c / groups, h, w] a channel shuffle. */
export function reshape(node: OnnxNode, scope: Scope): Value {
  const value = scope.input(node, 0);
  const given = scope.constant(node, 1)?.values ?? integersOf(node, "shape");
  const wanted = forOneImage(given, value?.kind === "known" ? 1 : scope.batch);
  if (value?.kind === "known" && wanted) return ofKnown(value, wanted);
  if (value?.kind === "grouped") return shuffled(value, wanted) ?? scope.unknown(node);
  const x = scope.flow(node, 0);
  if (!x) return scope.unknown(node);
  if (!wanted) {
    const declared = scope.declaredShape(node.outputs[0]);
    if (declared?.length === 1) return vector(x.tensor);
    return scope.unknown(node, declared);
  }
  const sizes = resolvedShape(wanted, sizesOf(x));
  if (sizes.some((size) => !Number.isInteger(size) || size < 1) || sizes[0] !== 1)
    return scope.unknown(node);
  if (sizes.join() === sizesOf(x).join()) return x;
  if (sizes.length === 2) return vector(x.tensor);
  if (sizes.length === 5 && x.axes.join() === MAPS.join()) {
    const [, groups, , height, width] = sizes;
    const [h, w, c] = x.tensor.shape;
    if (height === h && width === w && sizes[1] * sizes[2] === c)
      return { kind: "grouped", tensor: x.tensor, groups, transposed: false };
  }
  const gate =
    sizes.length === 4 && sizes[2] === 1 && sizes[3] === 1 ? [1, 1, sizes[1]] : undefined;
  if (gate && x.tensor.shape.length === 3 && x.tensor.shape.join() === gate.join())
    return flow(x.tensor);
  return scope.unknown(node, shapeFrom(sizes, undefined));
}

/** A file made for several images at once states their number; here one goes through. */
function forOneImage(
  wanted: readonly number[] | undefined,
  batch: number,
): readonly number[] | undefined {
  return batch > 1 && wanted?.[0] === batch ? [1, ...wanted.slice(1)] : wanted;
}

function ofKnown(
  { constant }: Extract<Value, { kind: "known" }>,
  wanted: readonly number[],
): Value {
  return { kind: "known", constant: { ...constant, shape: resolvedShape(wanted, constant.shape) } };
}

function shuffled(
  { tensor, groups, transposed }: Extract<Value, { kind: "grouped" }>,
  wanted: readonly number[] | undefined,
): Value | undefined {
  if (wanted?.length !== 4) return undefined;
  return flow(transposed ? layers.channelShuffle({ groups })(tensor) : tensor);
}

/** Flatten from the first axis on, [n, c · h · w]. */
export function flatten(node: OnnxNode, scope: Scope): Value {
  const x = scope.flow(node, 0);
  if (!x || scope.axis(node, integerOf(node, "axis", 1), x.axes.length) !== 1)
    return scope.unknown(node);
  return vector(x.tensor);
}

export function squeeze(node: OnnxNode, scope: Scope): Value {
  const value = scope.input(node, 0);
  const axes = integersOf(node, "axes") ?? scope.constant(node, 1)?.values;
  if (value?.kind === "known") {
    const { shape } = value.constant;
    const gone = axes?.map((axis) => scope.axis(node, axis, shape.length));
    const kept = shape.filter((n, i) => (gone ? !gone.includes(i) : n !== 1));
    return { kind: "known", constant: { ...value.constant, shape: kept } };
  }
  const x = scope.flow(node, 0);
  if (!x) return scope.unknown(node);
  const sizes = sizesOf(x);
  const gone = axes
    ? axes.map((axis) => x.axes[scope.axis(node, axis, sizes.length)])
    : x.axes.filter((axis, i) => sizes[i] === 1 && (axis === "h" || axis === "w"));
  const isPlain = gone.every(
    (axis) => (axis === "h" || axis === "w") && sizes[x.axes.indexOf(axis)] === 1,
  );
  if (!isPlain) return scope.unknown(node);
  const kept = x.axes.filter((axis) => !gone.includes(axis));
  return kept.join() === VECTOR.join() ? vector(x.tensor) : flow(x.tensor, kept);
}

export function unsqueeze(node: OnnxNode, scope: Scope): Value {
  const value = scope.input(node, 0);
  const axes = integersOf(node, "axes") ?? scope.constant(node, 1)?.values;
  if (value?.kind === "known" && axes) {
    const shape = [...value.constant.shape];
    for (const axis of [...axes].sort((a, b) => a - b))
      shape.splice(scope.axis(node, axis, shape.length + 1), 0, 1);
    return { kind: "known", constant: { ...value.constant, shape } };
  }
  const x = scope.flow(node, 0);
  if (!x || !axes) return scope.unknown(node);
  const free = (["h", "w"] as const).filter((axis) => !x.axes.includes(axis));
  const rank = x.axes.length + axes.length;
  if (axes.length > free.length) return scope.unknown(node);
  const made: Axis[] = [...x.axes];
  const positions = axes.map((axis) => scope.axis(node, axis, rank)).sort((a, b) => a - b);
  positions.forEach((position, i) => made.splice(position, 0, free[i]));
  if (x.tensor.shape.length === 3) return flow(x.tensor, made);
  const [channels] = x.tensor.shape;
  return flow(scope.unknown(node, [1, 1, channels]).tensor, made);
}

function vector(tensor: SymbolicTensor): Flow {
  return flow(tensor.shape.length === 1 ? tensor : layers.flatten()(tensor));
}

/** Shape of a tensor, a known vector; the batch counts as one image. */
export function shape(node: OnnxNode, scope: Scope): Value {
  const value = scope.input(node, 0);
  const sizes =
    value?.kind === "known" ? value.constant.shape : sizesOf(scope.flowOf(node, value!));
  const [start, end] = [integerOf(node, "start", 0), integerOf(node, "end", sizes.length)];
  const part = sizes.slice(start, end);
  return known([part.length], part, true);
}
