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

export const jobFields = {
  convolveTile: [
    ...sliding,
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
  depthwiseTile: [...sliding, "filter", "bias", "rowBlock"],
  depthwiseFilterGradientTile: [...sliding, "gradient"],
  poolTile: [...sliding, ...pooling],
  poolGradientTile: [...sliding, ...pooling],
  foldTile: [...sliding, "bias"],
  packPanel: packing,
  transformFilterPanel: packing,
  winogradTile: [
    ...sliding,
    "resultHeight",
    "resultWidth",
    "panels",
    "bias",
    "columns",
    "patchBlock",
    "columnBlock",
    "depthBlock",
  ],
} as const;

export type Kernel = keyof typeof jobFields;
export type Job<K extends Kernel> = Record<(typeof jobFields)[K][number], number>;

/** Where a window's values come from, and where its results go: the fields that most jobs share. */
export type Sliding = Record<(typeof sliding)[number], number>;

/** The kernels' numbers in messages between threads. */
export const kernelNames = Object.keys(jobFields) as Kernel[];
