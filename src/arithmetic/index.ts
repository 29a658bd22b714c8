export {
  type AxisOptions,
  type AxisPadding,
  coveredLength,
  entriesUnder,
  type Pair,
  pairOf,
  slideAlong,
  type Tap,
  tapsOnInput,
  tapsOnPadded,
  unseenEntries,
  type WindowAxis,
} from "./axis";
export * from "./borderCoverage";
export * from "./conv2dShape";
export * from "./conv2dTransposeShape";
export * from "./formula";
export * from "./linearAlgebra";
export * from "./denseShape";
export * from "./outputSize";
export * from "./padding";
export * from "./pool2dShape";
export * from "./receptiveField";
export * from "./transposed";
export {
  hangsOver,
  type Padding,
  slidingWindow,
  type Window,
  windowOptions,
  type WindowOptions,
} from "./window";
export * from "./resizing";
