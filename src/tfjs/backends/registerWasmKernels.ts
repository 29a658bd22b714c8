import * as tf from "@tensorflow/tfjs";
import { poolGradientByEngine } from "./poolGradients";
import { productWithDenseGradients } from "./wasmDenseGradients";
import { convolutionGradients } from "./wasmGradients";
import { tileByCopying } from "./wasmTile";
import { windowKernelsOf } from "./windowKernels";
import { kernelsInLoops } from "./windows";

let registered = false;

/** Gives tfjs our kernels for its wasm backend, whose own have to be there already. */
export function registerWasmKernels(): void {
  if (registered) return;
  const own = (name: string) => tf.getKernel(name, "wasm");
  const kernels: readonly tf.KernelConfig[] = [
    ...convolutionGradients,
    poolGradientByEngine(own("MaxPoolGrad"), "max"),
    poolGradientByEngine(own("AvgPoolGrad"), "average"),
    productWithDenseGradients(own("BatchMatMul")),
    tileByCopying(own("Tile")),
    ...windowKernelsOf("wasm"),
    ...kernelsInLoops("wasm"),
  ];
  for (const kernel of kernels) {
    if (own(kernel.kernelName)) tf.unregisterKernel(kernel.kernelName, "wasm");
    tf.registerKernel(kernel);
  }
  registered = true;
}
