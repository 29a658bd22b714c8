export { type BackendInUse, type BackendName, useBackend } from "./backends/useBackend";
export * from "./LayersModel";
export * from "./loadLayersModel";
export * from "./runNetwork";
export * from "./timings";
export * from "./toLayersModel";
export * from "./weights";
export * from "./weightsOf";
