export * from "./fillGradebook";
export { type Gradebook, readGradebook } from "./readGradebook";
