export * from "./leastSquares";
export * from "./svd";
