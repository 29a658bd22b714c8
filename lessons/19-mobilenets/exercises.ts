export * from "./exercises/separableCost";
export * from "./exercises/separable";
export * from "./exercises/invertedResidual";
export * from "./exercises/hardSwish";
export * from "./exercises/lighter";
