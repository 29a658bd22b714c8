export * from "./conv2d";
export * from "./conv2dTranspose";
export * from "./dense";
export * from "./depthwiseConv2d";
export * from "./im2col";
export * from "./matrixProduct";
export * from "./peakLoop";
export * from "./pool2d";
export { configure, status, type EngineSettings } from "./runtime";
export { release } from "./settings";
export type { Finish } from "./finish";
/** @internal */
export { asTheyAre, finishOf } from "./finish";
/** @internal */
export { onePixelImages } from "./geometry";
/** @internal */
export { filterGradient, inputGradient } from "./passes";
/** @internal */
export { singlePrecision } from "./precision";
