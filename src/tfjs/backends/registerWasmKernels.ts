import * as tf from "@tensorflow/tfjs";
import { productWithDenseGradients } from "./wasmDenseGradients";
import { convolutionGradients } from "./wasmGradients";
import { maxPoolGradient } from "./wasmMaxPoolGradient";
import { tileByCopying } from "./wasmTile";

let registered = false;

/** Gives tfjs our kernels for its wasm backend, whose own have to be there already. */
export function registerWasmKernels(): void {
  if (registered) return;
  const own = (name: string) => tf.getKernel(name, "wasm");
  const product = productWithDenseGradients(own("BatchMatMul"));
  const tile = tileByCopying(own("Tile"));
  for (const kernel of [...convolutionGradients, maxPoolGradient, product, tile]) {
    if (own(kernel.kernelName)) tf.unregisterKernel(kernel.kernelName, "wasm");
    tf.registerKernel(kernel);
  }
  registered = true;
}
