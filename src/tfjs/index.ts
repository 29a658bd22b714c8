export { type BackendName } from "./backends/backendNames";
/** @internal */
export { tryBackend } from "./backends/tryBackend";
export { type BackendInUse, useBackend } from "./backends/useBackend";
/** @internal */
export { requireBackend } from "./backends/useBackend";
export * from "./LayersModel";
export * from "./loadLayersModel";
export * from "./toLayersModel";
export * from "./weightsOf";
