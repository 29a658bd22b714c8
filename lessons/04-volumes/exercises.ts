export * from "./exercises/convSingleStep";
export * from "./exercises/convForward";
export * from "./exercises/parameterCounts";
export * from "./exercises/equivarianceError";
