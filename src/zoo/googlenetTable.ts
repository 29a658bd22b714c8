/** A row of table 1 of the GoogLeNet paper. */
export interface GooglenetRow {
  readonly name: string;
  /** [h, w, c] of what comes in. */
  readonly input: readonly [height: number, width: number, channels: number];
  /**
   * Filters of a module: of the 1×1, of the reduction before the 3×3, of the 3×3, of the reduction before the
   * 5×5, of the 5×5, and of the 1×1 behind the pool. Missing where the row is no module.
   */
  readonly widths?: readonly number[];
  /** Weights as printed, in units of 1024. */
  readonly kilo: number;
  /** Multiply-adds as printed, in millions. */
  readonly mega: number;
}

/**
 * The rows with weights of table 1 as the paper prints them, mistakes included: conv1, 4c and 5a do not agree
 * with their own widths.
 *
 * @see Szegedy et al., Going deeper with convolutions, 2014, arXiv 1409.4842
 */
export const googlenetTable: readonly GooglenetRow[] = [
  { name: "conv1", input: [224, 224, 3], kilo: 2.7, mega: 34 },
  { name: "conv2", input: [56, 56, 64], kilo: 112, mega: 360 },
  { name: "3a", input: [28, 28, 192], widths: [64, 96, 128, 16, 32, 32], kilo: 159, mega: 128 },
  { name: "3b", input: [28, 28, 256], widths: [128, 128, 192, 32, 96, 64], kilo: 380, mega: 304 },
  { name: "4a", input: [14, 14, 480], widths: [192, 96, 208, 16, 48, 64], kilo: 364, mega: 73 },
  { name: "4b", input: [14, 14, 512], widths: [160, 112, 224, 24, 64, 64], kilo: 437, mega: 88 },
  { name: "4c", input: [14, 14, 512], widths: [128, 128, 256, 24, 64, 64], kilo: 463, mega: 100 },
  { name: "4d", input: [14, 14, 512], widths: [112, 144, 288, 32, 64, 64], kilo: 580, mega: 119 },
  { name: "4e", input: [14, 14, 528], widths: [256, 160, 320, 32, 128, 128], kilo: 840, mega: 170 },
  { name: "5a", input: [7, 7, 832], widths: [256, 160, 320, 32, 128, 128], kilo: 1072, mega: 54 },
  { name: "5b", input: [7, 7, 832], widths: [384, 192, 384, 48, 128, 128], kilo: 1388, mega: 71 },
  { name: "linear", input: [1, 1, 1024], kilo: 1000, mega: 1 },
];
