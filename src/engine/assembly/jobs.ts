/**
 * What a job needs to know, as the main thread writes it to shared memory: 32-bit integers one after the
 * other, in exactly this order. `src/engine/jobs.ts` names the same fields for the writing side, and a
 * test holds the two against each other.
 *
 * Addresses and distances are in bytes, everything else counts elements.
 */

/** Where a window's values come from: images in rows of pixels, and how the window moves over them. */
@unmanaged
export class Sliding {
  input: usize;
  inputImage: usize; // from one image to the next
  inputRow: usize;
  inputPixel: usize;
  height: i32;
  width: i32;
  channels: i32; // of one group
  kernelHeight: i32;
  kernelWidth: i32;
  strideHeight: i32;
  strideWidth: i32;
  dilationHeight: i32;
  dilationWidth: i32;
  top: i32; // zeros above; negative when the window begins below the first row
  left: i32;
  batch: i32;
  outputHeight: i32;
  outputWidth: i32;
  output: usize;
  outputImage: usize;
  outputRow: usize;
  outputPixel: usize;
}

/** What becomes of the sums before they are stored, as it is with most jobs that write maps. */
@unmanaged
export class Finishing extends Sliding {
  added: usize; // maps that are added to the sums, like the output; 0 for none
  addedImage: usize;
  addedRow: usize;
  addedPixel: usize;
  low: f32; // the least value that is let through, and the largest
  high: f32;
  activation: i32; // a function that is applied then, as in activation.ts; 0 for none
}

/** Forward convolution by blocked matrix product, and every gradient that can be written as one. */
@unmanaged
export class Convolution extends Finishing {
  panels: usize; // the filters, packed: [groups, columns / 8, kh, kw, channels, 8]
  bias: usize; // [groups, columns rounded up to 8]
  columns: i32; // output channels of one group
  pixelBlock: i32; // output pixels of a tile
  columnBlock: i32; // output channels of a tile, a multiple of 8
  depthBlock: i32; // products added up before the next block of the panels is fetched
}

/**
 * A 3x3 convolution at stride 1 by Winograd's method. The window is a 6x6 patch of the input, sliding by 4; the
 * "output pixels" of Sliding are patches of 4x4, while outputRow and outputPixel still go by single pixels.
 */
@unmanaged
export class Winograd extends Finishing {
  resultHeight: i32; // of the output, in pixels
  resultWidth: i32;
  panels: usize; // the transformed filters, [columns / 8, 36, channels, 8]
  bias: usize; // [columns rounded up to 8]
  columns: i32;
  patchBlock: i32; // patches of a tile
  columnBlock: i32; // output channels of a tile, a multiple of 8
  depthBlock: i32;
}

/** The gradient to the filter: the product of the transposed window matrix with dy. */
@unmanaged
export class FilterGradient extends Sliding {
  gradient: usize; // dFilter, [kh, kw, channels, groups * columns]
  gradientRow: usize;
  columns: i32;
  pixelBlock: i32;
  depthBlock: i32; // rows of the gradient in a tile
  columnBlock: i32;
}

/** Depthwise convolution, one filter a channel. */
@unmanaged
export class Depthwise extends Finishing {
  filter: usize; // [kh, kw, channels]
  bias: usize; // [channels]
  rowBlock: i32; // output rows of a tile
}

/** The gradient of a depthwise convolution to its filter; Depthwise's fields, with dy for the output. */
@unmanaged
export class DepthwiseFilterGradient extends Sliding {
  gradient: usize; // [kh, kw, channels]
}

/** Pooling, and its gradient: `channels` is all of them, and `output` is y or dy. */
@unmanaged
export class Pooling extends Sliding {
  maximum: i32; // 1 for the largest value, 0 for the average
  countPadding: i32; // whether the average counts zeros of the padding
  paddedHeight: i32; // of the image with its padding
  paddedWidth: i32;
  gradient: usize; // dx, like the input; 0 in the forward pass
}

/** col2im: `input` is what is written, `output` the matrix of windows, one a row. */
@unmanaged
export class Folding extends Sliding {
  bias: usize; // [channels]
}

/** Packing of a filter into panels of eight columns. */
@unmanaged
export class Packing {
  source: usize;
  sourceGroup: usize;
  sourceRow: usize; // from one row of the matrix (an input channel) to the next
  sourceColumn: usize; // from one column (an output channel) to the next
  taps: usize; // where each tap's matrix begins, i32 offsets from source
  tapCount: i32;
  rows: i32; // of each tap
  columns: i32;
  panels: usize;
}

/** Maps of pixels that are all equally far apart, and the same with a function applied to each value. */
@unmanaged
export class Mapping {
  input: usize;
  inputPixel: usize;
  second: usize; // of what takes two inputs
  secondPixel: usize;
  output: usize;
  outputPixel: usize;
  pixels: i32;
  channels: i32;
  pixelBlock: i32; // pixels of a tile
  operation: i32; // as in mapping.ts
  repeat: i32; // pixels that meet the same pixel of the second input
  scale: f32; // of the second input, where it is added
  factors: usize; // [channels]
  shifts: usize; // [channels]
  low: f32;
  high: f32;
  activation: i32;
}

/** A block of maps copied from one address to another. */
@unmanaged
export class Copying {
  input: usize;
  inputImage: usize;
  inputRow: usize;
  inputPixel: usize;
  output: usize;
  outputImage: usize;
  outputRow: usize;
  outputPixel: usize;
  batch: i32;
  height: i32;
  width: i32;
  channels: i32;
  groups: i32; // above 1, channels are dealt out as a channel shuffle does
}

/** Zeros. */
@unmanaged
export class Filling {
  output: usize;
  length: i32; // floats
  block: i32; // floats of a tile
}

/** The averages or maxima of cells of the maps: of the whole, or of a grid of them. */
@unmanaged
export class Reduction {
  input: usize;
  inputImage: usize;
  inputRow: usize;
  inputPixel: usize;
  height: i32;
  width: i32;
  channels: i32;
  output: usize;
  outputImage: usize;
  outputPixel: usize;
  rows: i32; // of the grid
  columns: i32;
  maximum: i32; // 1 for the largest value, 0 for the average
  channelBlock: i32; // channels of a tile
}

/** What is computed along the channels of each pixel. */
@unmanaged
export class AlongChannels {
  input: usize;
  inputPixel: usize;
  output: usize;
  outputPixel: usize;
  pixels: i32;
  channels: i32;
  pixelBlock: i32;
  size: i32; // of local response normalisation
  alpha: f32;
  exponent: f32;
  constant: f32;
}
