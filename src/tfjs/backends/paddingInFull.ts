import * as tf from "@tensorflow/tfjs";

/*
 * tfjs (4.22) works out the size of an output from the padding that its kernels are told, and goes wrong twice.
 *
 * Told one number, it takes the height and the vertical stride of the window for the width too: a 3x2 window with
 * stride 1x3 has an output as wide as one of 3x3 with stride 1. Plain JavaScript fills what is too much with values of
 * windows that lie on nothing; WebAssembly writes fewer values than there is room for, or more.
 *
 * Told "same", the library below its wasm backend works out the zeros once more; where the stride exceeds the kernel
 * on one axis that comes out below 0, and the result is zeros (tfjs issues 6629, 5907, 8405).
 *
 * Told the zeros of each side, both are right.
 */

type Shape4D = [number, number, number, number];

/** So many zeros before and after each axis of [m, h, w, c]. */
export type Sides = [[0, 0], [number, number], [number, number], [0, 0]];

/** What a kernel is told of its window. */
export interface WindowAttributes {
  strides: number | [number, number];
  pad: "valid" | "same" | number | Sides;
  dilations?: number | [number, number] | null;
  /** Of a pooling. */
  filterSize?: number | [number, number];
  dimRoundingMode?: "floor" | "round" | "ceil";
  dataFormat?: "NHWC" | "NCHW";
}

/** What tfjs makes of a window. */
export type WindowInfo = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

/**
 * A window with its padding in full.
 *
 * @param filter [kh, kw, cin, cout], or the multiplier at the end when depthwise; none for a pooling
 */
export function windowInfo(
  x: readonly number[],
  filter: readonly number[] | undefined,
  told: WindowAttributes,
  depthwise: boolean,
): WindowInfo {
  const { strides, dilations, filterSize, dimRoundingMode } = told;
  const pad = typeof told.pad === "number" ? sidesOf(told.pad) : told.pad;
  const { computeConv2DInfo, computePool2DInfo } = tf.backend_util;
  return filter === undefined
    ? computePool2DInfo(x as Shape4D, filterSize!, strides, 1, pad, dimRoundingMode)
    : computeConv2DInfo(
        x as Shape4D,
        filter as Shape4D,
        strides,
        dilations ?? 1,
        pad,
        dimRoundingMode,
        depthwise,
      );
}

/** The same attributes with the padding as the kernel is to be told it. */
export function withSides(told: tf.NamedAttrMap, { padInfo }: WindowInfo): tf.NamedAttrMap {
  const { pad } = told as unknown as WindowAttributes;
  if (pad === "valid" || typeof pad === "object") return told;
  const { top, bottom, left, right } = padInfo;
  const sides: Sides = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  // A way of rounding is for padding in numbers; "same" leaves nothing to round.
  const rounding = pad === "same" ? { dimRoundingMode: undefined } : {};
  return { ...told, pad: sides, ...rounding } as unknown as tf.NamedAttrMap;
}

function sidesOf(pad: number): Sides {
  return [
    [0, 0],
    [pad, pad],
    [pad, pad],
    [0, 0],
  ];
}
