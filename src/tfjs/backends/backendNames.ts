/** What tfjs can compute on here, the fastest first. */
export const backendNames = ["tensorflow", "wasm", "cpu"] as const;

/** Native TensorFlow, WebAssembly, or plain JavaScript. */
export type BackendName = (typeof backendNames)[number];
