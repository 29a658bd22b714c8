export * from "./exercises/paretoFront";
export * from "./exercises/inversions";
export * from "./exercises/pick";
export * from "./exercises/contender";
