import * as tf from "@tensorflow/tfjs";

/*
 * tfjs (4.22) works out the size of an output from the padding that its kernels are given, and goes wrong three times.
 *
 * Given one number, it takes the height and the vertical stride of the window for the width too: a 3x2 window with
 * stride 1x3 has an output as wide as one of 3x3 with stride 1. Plain JavaScript fills what is too much with values of
 * windows that lie on nothing; WebAssembly writes fewer values than there is room for, or more.
 *
 * Given "same", the library below its wasm backend works out the zeros once more; where the stride exceeds the kernel
 * on one axis that comes out below 0, and the result is zeros (tfjs issues 6629, 5907, 8405).
 *
 * Asked to round sizes up, it writes the last windows from what lies beyond the image in memory (WebAssembly), and does
 * not tell the gradients of it (plain JavaScript too).
 *
 * Given the zeros of each side, all are right.
 */

type Shape4D = [number, number, number, number];

/** The zeros before and after each axis of [m, h, w, c]. */
export type Sides = [[0, 0], [number, number], [number, number], [0, 0]];

/** What a kernel knows of its window. */
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
  attributes: WindowAttributes,
  depthwise: boolean,
): WindowInfo {
  const { strides, dilations, filterSize, dimRoundingMode } = attributes;
  const pad = typeof attributes.pad === "number" ? sidesOf(attributes.pad) : attributes.pad;
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

/**
 * The same attributes with the padding as the kernel is to have it: each side, and with sizes rounded up as much more
 * as the last window hangs over.
 *
 * @param out height and width of the output, where tfjs has not said how sizes are rounded: of a gradient
 */
export function withSides(
  attributes: tf.NamedAttrMap,
  info: WindowInfo,
  [outHeight, outWidth] = [info.outHeight, info.outWidth],
): tf.NamedAttrMap {
  if ((attributes as unknown as WindowAttributes).pad === "valid") return attributes;
  const { top, bottom, left, right } = info.padInfo;
  const sides: Sides = [
    [0, 0],
    [top, Math.max(bottom, hanging(info, "Height", outHeight))],
    [left, Math.max(right, hanging(info, "Width", outWidth))],
    [0, 0],
  ];
  // Nothing is left to round.
  return { ...attributes, pad: sides, dimRoundingMode: undefined } as unknown as tf.NamedAttrMap;
}

/** How far the last of `count` windows on an axis lies beyond the image. */
function hanging(info: WindowInfo, axis: "Height" | "Width", out: number): number {
  const before = axis === "Height" ? info.padInfo.top : info.padInfo.left;
  const start = (out - 1) * info[`stride${axis}`] - before;
  return start + info[`effectiveFilter${axis}`] - info[`in${axis}`];
}

function sidesOf(pad: number): Sides {
  return [
    [0, 0],
    [pad, pad],
    [pad, pad],
    [0, 0],
  ];
}
