export { doctor, examine } from "./doctor";
export type { Finding } from "./Finding";
export { findingsText } from "./report";
