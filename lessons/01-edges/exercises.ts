export * from "./exercises/predictEdge";
export * from "./exercises/correlate2d";
export * from "./exercises/sobelMagnitude";
export * from "./exercises/separate";
export * from "./exercises/findKernel";
