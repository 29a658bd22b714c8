export * from "./exercises/coverage";
export * from "./exercises/zeroPad";
export * from "./exercises/samePadding";
export * from "./exercises/reflectIndex";
