export * from "./exercises/convParameters";
export * from "./exercises/denseFilter";
export * from "./exercises/smallFilters";
