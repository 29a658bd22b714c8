export * from "./conv2d";
export * from "./conv2dTranspose";
export * from "./dense";
export * from "./depthwiseConv2d";
export * from "./im2col";
export * from "./matrixProduct";
export * from "./pool2d";
export { configure, status, type EngineSettings } from "./runtime";
export { release } from "./settings";
