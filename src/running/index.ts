export { compile, CompiledNetwork, type CompiledMemory, type CompileOptions } from "./compile";
export {
  networkGradients,
  type NetworkGradients,
  type NetworkGradientsOptions,
} from "./networkGradients";
export { layerTimings, type LayerTimingsOptions } from "./layerTimings";
export type { NetworkInputs } from "./networkInputs";
export * from "./connectivity";
/** @internal */
export { leastDeviation } from "./leastDeviation";
export { runNetwork, type RunNetworkOptions, type NetworkOperations } from "./runNetwork";
export { scoreGradients, type ScoreGradients, type ScoreGradientsOptions } from "./scoreGradients";
export * from "./steps";
export * from "./timeRatio";
export * from "./timings";
export * from "./NetworkWeights";
/** @internal */
export { layersWithWeights, requireWeights } from "./requireWeights";
export * from "./weights";
