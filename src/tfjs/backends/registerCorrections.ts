import * as tf from "@tensorflow/tfjs";
import { cpuGradientsOf } from "./cpuGradients";
import { registerDilatedGradients } from "./dilatedGradients";
import { windowKernelsOf } from "./windowKernels";
import { kernelsInLoops } from "./windows";

let registered = false;

/** Puts right what is wrong in tfjs itself and in its plain JavaScript: what every backend of this process shares. */
export function registerCorrections(): void {
  if (registered) return;
  for (const kernel of [...windowKernelsOf("cpu"), ...cpuGradientsOf(), ...kernelsInLoops("cpu")]) {
    tf.unregisterKernel(kernel.kernelName, "cpu");
    tf.registerKernel(kernel);
  }
  registerDilatedGradients();
  registered = true;
}
