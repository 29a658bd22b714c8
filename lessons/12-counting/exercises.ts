export * from "./exercises/layerCost";
export * from "./exercises/stackCost";
export * from "./exercises/strideGap";
export * from "./exercises/cheaperLayer";
