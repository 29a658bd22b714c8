import type { Conv2dShape, WindowAxis } from "../arithmetic";
import type { Sliding } from "./jobs";

/** Bytes of a float32. */
export const FLOAT = 4;
/** Columns of a packed panel, as in `assembly/microKernel.ts`. */
export const PANEL = 8;

/** Where the images of a layer lie: x, [m, h, w, cin], and y, [m, oh, ow, cout]. */
export interface Addresses {
  x: number;
  y: number;
}

/** The window sliding over x, writing y. */
export function slideOverInput(shape: Conv2dShape, at: Addresses): Sliding {
  const { batch, inputChannels, outputChannels, groups, window } = shape;
  const { height, width } = window;
  return {
    ...imagesRead(at.x, height.input, width.input, inputChannels, groups),
    ...imagesWritten(at.y, height.output, width.output, outputChannels),
    batch,
    kernelHeight: height.kernel,
    kernelWidth: width.kernel,
    strideHeight: height.stride,
    strideWidth: width.stride,
    dilationHeight: height.dilation,
    dilationWidth: width.dilation,
    top: height.before,
    left: width.before,
  };
}

/**
 * Every `stride`-th pixel of dx, from `first` on, along one axis. These pixels have met the same taps of the
 * kernel, so their gradient is a convolution of dy with those taps alone, at stride 1.
 *
 *      stride 2, kernel 3:   x   0   1   2   3   4        pixel 0, 2, 4: taps 0 and 2
 *                                └─ y0 ──┘                 pixel 1, 3: tap 1
 *                                        └─ y1 ──┘
 */
export interface Phase {
  first: number;
  /** How many pixels of dx belong to it. */
  count: number;
  /** The taps, in the order in which they meet rising positions of dy. */
  taps: number[];
  /** Where the first tap lies in dy for the first pixel, as zeros before it. */
  before: number;
  /** Distance in dy from one of the taps to the next. */
  dilation: number;
}

/**
 * The phases of one axis: tap a of the window at output i touches x at i · stride + a · dilation - before, so x's pixel p
 * collects from i = (p + before - a · dilation) / stride wherever that is whole.
 */
export function phasesOf(axis: WindowAxis): Phase[] {
  const { input, kernel, stride, dilation, before } = axis;
  return Array.from({ length: Math.min(stride, input) }, (_, first) => {
    const taps = Array.from({ length: kernel }, (_, a) => kernel - 1 - a).filter(
      (a) => (first + before - a * dilation) % stride === 0,
    );
    return {
      first,
      count: Math.ceil((input - first) / stride),
      taps,
      before: taps.length > 0 ? -(first + before - taps[0] * dilation) / stride : 0,
      dilation: taps.length > 1 ? ((taps[0] - taps[1]) * dilation) / stride : 1,
    };
  });
}

/** The window of one pair of phases sliding over dy, writing their pixels of dx. */
export function slideOverGradient(
  shape: Conv2dShape,
  at: { dx: number; dy: number },
  row: Phase,
  column: Phase,
): Sliding {
  const { batch, inputChannels, outputChannels, groups, window } = shape;
  const { height, width } = window;
  const written = imagesWritten(at.dx, height.input, width.input, inputChannels);
  return {
    ...imagesRead(at.dy, height.output, width.output, outputChannels, groups),
    batch,
    outputHeight: row.count,
    outputWidth: column.count,
    output: at.dx + row.first * written.outputRow + column.first * written.outputPixel,
    outputImage: written.outputImage,
    outputRow: written.outputRow * height.stride,
    outputPixel: written.outputPixel * width.stride,
    kernelHeight: row.taps.length,
    kernelWidth: column.taps.length,
    strideHeight: 1,
    strideWidth: 1,
    dilationHeight: row.dilation,
    dilationWidth: column.dilation,
    top: row.before,
    left: column.before,
  };
}

function imagesRead(
  input: number,
  height: number,
  width: number,
  channels: number,
  groups: number,
) {
  const inputPixel = channels * FLOAT;
  const inputRow = width * inputPixel;
  const inputImage = height * inputRow;
  return { input, inputImage, inputRow, inputPixel, height, width, channels: channels / groups };
}

function imagesWritten(
  output: number,
  outputHeight: number,
  outputWidth: number,
  channels: number,
) {
  const outputPixel = channels * FLOAT;
  const outputRow = outputWidth * outputPixel;
  const outputImage = outputHeight * outputRow;
  return { output, outputImage, outputRow, outputPixel, outputHeight, outputWidth };
}

export function inputLength({ batch, inputChannels, window }: Conv2dShape): number {
  return batch * window.height.input * window.width.input * inputChannels;
}

export function outputLength({ batch, outputChannels, window }: Conv2dShape): number {
  return batch * window.height.output * window.width.output * outputChannels;
}

/** Taps of the kernel. */
export function kernelArea({ window }: Conv2dShape): number {
  return window.height.kernel * window.width.kernel;
}

/** The axis of a 1x1 convolution: each output sees the one input at its position. */
export function onlyTap(length: number): WindowAxis {
  return {
    input: length,
    output: length,
    kernel: 1,
    stride: 1,
    dilation: 1,
    before: 0,
    after: 0,
  };
}

/** A dense layer as the 1x1 convolution that it is. */
export function onePixelImages(batch: number, inputs: number, units: number): Conv2dShape {
  const axis = onlyTap(1);
  const window = { height: axis, width: axis };
  return { batch, inputChannels: inputs, outputChannels: units, groups: 1, window };
}
