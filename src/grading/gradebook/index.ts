export * from "./fillGradebook";
export { readTimes } from "./submittedInWorksheet";
export { type Gradebook, readGradebook } from "./readGradebook";
