/** @internal */
export { andList } from "./andList";
export * from "./ArgumentError";
export * from "./combine";
export * from "./compare";
export * from "./create";
export * from "./extremes";
export * from "./format";
export * from "./html";
export { inspectCustom } from "./inspectCustom";
export * from "./intervalText";
export { didYouMean, nearest } from "./nearest";
export { normals, type NormalSource } from "./normals";
/** @internal */
export { planeAxes } from "./planes";
export * from "./quantile";
export * from "./random";
export { rankCorrelation } from "./rankCorrelation";
export * from "./require";
export * from "./requireOptions";
export * from "./requireTensor";
export { type DType, type NestedArray, type Shape, sizeOf, type TensorData } from "./shape";
export { studentInterval, type StudentInterval } from "./studentInterval";
export * from "./Tensor";
