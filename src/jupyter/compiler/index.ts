export type * from "./Compiler";
export type { CompilerFiles, CompilerOptions } from "./CompilerFiles";
export { createCompiler } from "./createCompiler";
