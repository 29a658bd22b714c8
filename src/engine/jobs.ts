/**
 * The kernels that run in WebAssembly, each with the fields of its job in the order in which `assembly/jobs.ts`
 * declares them. All are 32-bit integers; addresses and distances are in bytes.
 */
const sliding = [
  "input",
  "inputImage",
  "inputRow",
  "inputPixel",
  "height",
  "width",
  "channels",
  "kernelHeight",
  "kernelWidth",
  "strideHeight",
  "strideWidth",
  "dilationHeight",
  "dilationWidth",
  "top",
  "left",
  "batch",
  "outputHeight",
  "outputWidth",
  "output",
  "outputImage",
  "outputRow",
  "outputPixel",
] as const;

/** What becomes of sums before they are stored. */
const finishing = [
  ...sliding,
  "added",
  "addedImage",
  "addedRow",
  "addedPixel",
  "low",
  "high",
  "activation",
] as const;

const pooling = ["maximum", "countPadding", "paddedHeight", "paddedWidth", "gradient"] as const;

const packing = [
  "source",
  "sourceGroup",
  "sourceRow",
  "sourceColumn",
  "taps",
  "tapCount",
  "rows",
  "columns",
  "panels",
] as const;

const alongChannels = [
  "input",
  "inputPixel",
  "output",
  "outputPixel",
  "pixels",
  "channels",
  "pixelBlock",
  "size",
  "alpha",
  "exponent",
  "constant",
] as const;

export const jobFields = {
  convolveTile: [
    ...finishing,
    "panels",
    "bias",
    "columns",
    "pixelBlock",
    "columnBlock",
    "depthBlock",
  ],
  filterGradientTile: [
    ...sliding,
    "gradient",
    "gradientRow",
    "columns",
    "pixelBlock",
    "depthBlock",
    "columnBlock",
  ],
  depthwiseTile: [...finishing, "filter", "bias", "rowBlock"],
  depthwiseFilterGradientTile: [...sliding, "gradient"],
  poolTile: [...sliding, ...pooling],
  poolGradientTile: [...sliding, ...pooling],
  foldTile: [...sliding, "bias"],
  packPanel: packing,
  transformFilterPanel: packing,
  winogradTile: [
    ...finishing,
    "resultHeight",
    "resultWidth",
    "panels",
    "bias",
    "columns",
    "patchBlock",
    "columnBlock",
    "depthBlock",
  ],
  mapTile: [
    "input",
    "inputPixel",
    "second",
    "secondPixel",
    "output",
    "outputPixel",
    "pixels",
    "channels",
    "pixelBlock",
    "operation",
    "repeat",
    "scale",
    "factors",
    "shifts",
    "low",
    "high",
    "activation",
  ],
  copyTile: [
    "input",
    "inputImage",
    "inputRow",
    "inputPixel",
    "output",
    "outputImage",
    "outputRow",
    "outputPixel",
    "batch",
    "height",
    "width",
    "channels",
    "groups",
  ],
  fillTile: ["output", "length", "block"],
  reduceTile: [
    "input",
    "inputImage",
    "inputRow",
    "inputPixel",
    "height",
    "width",
    "channels",
    "output",
    "outputImage",
    "outputPixel",
    "rows",
    "columns",
    "maximum",
    "channelBlock",
  ],
  softmaxTile: alongChannels,
  localResponseNormTile: alongChannels,
} as const;

/** The fields that are float32; all others are integers. */
export const floatFields: ReadonlySet<string> = new Set([
  "low",
  "high",
  "scale",
  "alpha",
  "exponent",
  "constant",
]);

export type Kernel = keyof typeof jobFields;
export type Job<K extends Kernel> = Record<(typeof jobFields)[K][number], number>;

/** Where a window's values come from, and where its results go: the fields that most jobs share. */
export type Sliding = Record<(typeof sliding)[number], number>;

/** The kernels' numbers in messages between threads. */
export const kernelNames = Object.keys(jobFields) as Kernel[];
