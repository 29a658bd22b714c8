export * from "./exercises/poolForward";
export * from "./exercises/shapesThrough";
export * from "./exercises/twin";
export * from "./exercises/unmovedShare";
export * from "./exercises/globalAverage";
