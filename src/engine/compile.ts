import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The compiled kernels, and whether they multiply and add in one step. */
export interface Compiled {
  module: WebAssembly.Module;
  fusedMultiplyAdd: boolean;
}

let compiled: Compiled | undefined;

/**
 * Compiles the kernels for this machine, once a process. With relaxed SIMD (Node 21 and later), each
 * multiply-add is one instruction and rounds once; without it, it is two.
 */
export function compileKernels(): Compiled {
  if (compiled) return compiled;
  const relaxed = readFileSync(join(__dirname, "kernels.relaxed.wasm"));
  const fusedMultiplyAdd = WebAssembly.validate(relaxed);
  const binary = fusedMultiplyAdd ? relaxed : readFileSync(join(__dirname, "kernels.wasm"));
  compiled = { module: new WebAssembly.Module(binary), fusedMultiplyAdd };
  return compiled;
}
