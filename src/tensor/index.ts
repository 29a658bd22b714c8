export * from "./ArgumentError";
export * from "./Tensor";
export * from "./format";
export * from "./random";
export * from "./require";
export * from "./requireTensor";
