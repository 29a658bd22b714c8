export * from "./exercises/shareSaved";
export * from "./exercises/asymmetricModule";
export * from "./exercises/halve";
export * from "./exercises/smoothTargets";
