import * as tf from "@tensorflow/tfjs";
import { productWithDenseGradients } from "./wasmDenseGradients";
import { convolutionGradients } from "./wasmGradients";

let registered = false;

/** Gives tfjs our kernels for its wasm backend, whose own have to be there already. */
export function registerWasmKernels(): void {
  if (registered) return;
  const product = productWithDenseGradients(tf.getKernel("BatchMatMul", "wasm"));
  for (const kernel of [...convolutionGradients, product]) {
    if (tf.getKernel(kernel.kernelName, "wasm")) tf.unregisterKernel(kernel.kernelName, "wasm");
    tf.registerKernel(kernel);
  }
  registered = true;
}
