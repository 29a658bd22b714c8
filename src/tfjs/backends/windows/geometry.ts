import * as tf from "@tensorflow/tfjs";
import type { WindowAxis } from "../../../arithmetic";
import { type WindowAttributes, windowInfo } from "../paddingInFull";
import type { Walk } from "./walk";

/*
 * tfjs (4.22) pads volumes wrongly for "same": where the stride exceeds the window on an axis, the zeros come out below
 * none, and the windows start inside the volume.
 */

type Three = [number, number, number];

/** What a kernel on volumes knows of its window. */
export interface VolumeAttributes {
  strides: number | Three;
  pad: "valid" | "same" | number;
  dilations?: number | Three;
  dataFormat?: "NDHWC" | "NCDHW";
  dimRoundingMode?: "floor" | "round" | "ceil";
}

/**
 * The window of a kernel on volumes.
 *
 * @param shape of the volumes, [m, depth, height, width, channels]
 * @param size of the window, [depth, height, width], or one number for the three
 */
export function volumeWalk(
  shape: readonly number[],
  size: number | readonly number[],
  attributes: VolumeAttributes,
): Walk {
  if (attributes.dataFormat === "NCDHW")
    throw new Error(
      `convbook computes volumes for tfjs with channels last only ("NDHWC"), not "NCDHW".`,
    );
  const [kernel, stride, dilation] = [size, attributes.strides, attributes.dilations ?? 1].map(
    (n) => (typeof n === "number" ? [n, n, n] : n) as Three,
  );
  // What tfjs makes of sizes stands, but for the zeros.
  const { outShape } = tf.backend_util.computeConv3DInfo(
    shape as [number, number, number, number, number],
    [...kernel, shape[4], 1],
    stride,
    dilation,
    attributes.pad,
    false,
    "channelsLast",
    attributes.dimRoundingMode,
  );
  const axis = (i: number): WindowAxis => {
    const [input, output] = [shape[1 + i], outShape[1 + i]];
    const reach = (output - 1) * stride[i] + (kernel[i] - 1) * dilation[i] + 1;
    const missing = Math.max(0, reach - input);
    const before =
      attributes.pad === "same"
        ? Math.floor(missing / 2)
        : attributes.pad === "valid"
          ? 0
          : attributes.pad;
    const after = Math.max(0, reach - input - before);
    return {
      input,
      kernel: kernel[i],
      stride: stride[i],
      dilation: dilation[i],
      before,
      after,
      output,
    };
  };
  return { batch: shape[0], axes: [axis(0), axis(1), axis(2)] };
}

const one: WindowAxis = {
  input: 1,
  kernel: 1,
  stride: 1,
  dilation: 1,
  before: 0,
  after: 0,
  output: 1,
};

/**
 * The window of a kernel on images.
 *
 * @param shape of the images, [m, height, width, channels]
 * @param filter [height, width, ...] of one that has weights; a pooling gives its size
 */
export function imageWalk(
  shape: readonly number[],
  filter: readonly number[] | undefined,
  attributes: WindowAttributes,
): Walk {
  const info = windowInfo(shape, filter && [filter[0], filter[1], shape[3], 1], attributes, false);
  const { top, bottom, left, right } = info.padInfo;
  const height: WindowAxis = {
    input: info.inHeight,
    kernel: info.filterHeight,
    stride: info.strideHeight,
    dilation: info.dilationHeight,
    before: top,
    after: bottom,
    output: info.outHeight,
  };
  const width: WindowAxis = {
    input: info.inWidth,
    kernel: info.filterWidth,
    stride: info.strideWidth,
    dilation: info.dilationWidth,
    before: left,
    after: right,
    output: info.outWidth,
  };
  return { batch: info.batchSize, axes: [one, height, width] };
}

/** The shape of what comes out of volumes, with `channels` channels. */
export function outShapeOf({ batch, axes }: Walk, channels: number): number[] {
  return [batch, ...axes.map(({ output }) => output), channels];
}

/**
 * A window over nothing but padding has no maximum and no average.
 *
 * @throws Error where there is one: the first and the last are the outermost
 */
export function requirePixelUnderAll(kernelName: string, { axes }: Walk): void {
  const fits = axes.every(({ input, kernel, stride, dilation, before, output }) => {
    if (output === 0) return true;
    const starts = [0, (output - 1) * stride].map((start) => start - before);
    return starts.every((start) =>
      Array.from({ length: kernel }, (_, tap) => start + tap * dilation).some(
        (at) => at >= 0 && at < input,
      ),
    );
  });
  if (!fits)
    throw new Error(
      `${kernelName} of tfjs: with this padding, some window would lie on nothing but padding, which has no maximum and no average. Use less padding.`,
    );
}
