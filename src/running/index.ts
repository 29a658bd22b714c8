export { compile, CompiledNetwork, type CompiledMemory, type CompileOptions } from "./compile";
export * from "./networkGradients";
export * from "./reach";
export { runNetwork, type RunNetworkOptions, type NetworkOperations } from "./runNetwork";
export * from "./steps";
export * from "./timings";
export * from "./weights";
