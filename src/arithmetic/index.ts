export * from "./window";
export * from "./conv2dShape";
