export * from "./exercises/separableCost";
export * from "./exercises/separable";
export * from "./exercises/invertedResidual";
export * from "./exercises/dials";
export * from "./exercises/hardSwish";
