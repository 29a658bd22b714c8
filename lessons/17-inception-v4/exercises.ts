export * from "./exercises/reductionA";
export * from "./exercises/residualModule";
export * from "./exercises/segmentMacs";
export * from "./exercises/middleModule";
