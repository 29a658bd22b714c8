export { Derivation, type Step } from "./Derivation";
export type { Given, Letter } from "./given";
export { outputSizeFormula } from "./outputSizeFormula";
export type { Interval } from "./relation";
export { Solution } from "./Solution";
