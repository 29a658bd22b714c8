export * from "./exercises/countValues";
export * from "./exercises/negative";
export * from "./exercises/brightest";
