import type { SymbolicTensor } from "../../network";
import { sizeOf } from "../../tensor";
import type { Constant } from "./OnnxModel";

/** What an axis of a tensor in the file stands for: image, channel, row, column. */
export type Axis = "n" | "c" | "h" | "w";

/** What flows between the nodes of a file. */
export type Value = Flow | Grouped | Scaled | Known;

/** A tensor of the network, with the order that its axes have in the file: `["n", "c", "h", "w"]`. */
export interface Flow {
  readonly kind: "flow";
  readonly tensor: SymbolicTensor;
  readonly axes: readonly Axis[];
}

/** Maps whose channels are split in two axes for a moment: the first half of a channel shuffle. */
export interface Grouped {
  readonly kind: "grouped";
  readonly tensor: SymbolicTensor;
  readonly groups: number;
  readonly transposed: boolean;
}

/** A tensor times a number, which a sum may take as the scaled residual that it is. */
export interface Scaled {
  readonly kind: "scaled";
  readonly flow: Flow;
  readonly scale: number;
}

/** Known before any image comes: weights, and what is worked out of sizes. */
export interface Known {
  readonly kind: "known";
  readonly constant: Constant;
}

export const MAPS: readonly Axis[] = ["n", "c", "h", "w"];
export const VECTOR: readonly Axis[] = ["n", "c"];

export function flow(tensor: SymbolicTensor, axes?: readonly Axis[]): Flow {
  return { kind: "flow", tensor, axes: axes ?? (tensor.shape.length === 3 ? MAPS : VECTOR) };
}

/** @param whole whether the values are whole by type, as sizes are */
export function known(
  shape: readonly number[],
  values: readonly number[] | undefined,
  whole: boolean,
): Known {
  return { kind: "known", constant: { shape, values, whole } };
}

/** The same value, known to come from the weight that the constant is. */
export function from(constant: Constant, value: Known): Known {
  return { kind: "known", constant: { ...value.constant, source: constant.source } };
}

/** The sizes in the file's order, for one image: [1, c, h, w] for maps. */
export function sizesOf({ tensor: { shape }, axes }: Flow): number[] {
  const [height, width, channels] = shape.length === 3 ? shape : [1, 1, shape[0]];
  const sizes = { n: 1, c: channels, h: height, w: width };
  return axes.map((axis) => sizes[axis]);
}

/** The shape [h, w, c] or [n] that sizes of one image in the file's order come to; undefined for other ranks. */
export function shapeFrom(
  sizes: readonly number[],
  axes: readonly Axis[] | undefined,
): number[] | undefined {
  if (sizes.length === 2) return [sizes[1]];
  if (sizes.length !== 4) return undefined;
  const order = axes?.length === 4 ? axes : MAPS;
  return (["h", "w", "c"] as const).map((axis) => sizes[order.indexOf(axis)]);
}

/** The shape that a reshape asks for, its 0 (as before) and −1 (whatever is left) worked out. */
export function resolvedShape(wanted: readonly number[], before: readonly number[]): number[] {
  const filled = wanted.map((n, i) => (n === 0 ? before[i] : n));
  const given = sizeOf(filled.filter((n) => n !== -1));
  return filled.map((n) => (n === -1 ? sizeOf(before) / given : n));
}
