export { type BackendInUse, type BackendName, useBackend } from "./backends/useBackend";
export * from "./LayersModel";
export * from "./loadLayersModel";
export * from "./toLayersModel";
export * from "./weightsOf";
