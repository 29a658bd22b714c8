export * from "./extractFunction";
export * from "./loadFunction";
export * from "./readNotebook";
/** @internal */
export { declaredIdentifiers, declaredNames } from "./declaredNames";
/** @internal */
export { importsOf } from "./imports";
/** @internal */
export { nearMisses } from "./nearMisses";
/** @internal */
export { parseSource, syntaxErrorsIn } from "./parse";
/** @internal */
export { loadTypeScript } from "./typescript";
