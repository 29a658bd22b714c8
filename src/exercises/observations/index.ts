export * from "./Observed";
export * from "./observe";
export * from "./parameterNames";
