import { requireOneOf } from "../../tensor";
import { type ActivationFunction, activationFunctions } from "../description";
import type { Module } from "../graph";
import { type Named, elementwise, requireLayerOptions } from "./draft";

/** Applies one function to every value. No weights. */
export function activation(name: ActivationFunction, options: Named = {}): Module {
  requireLayerOptions<Named>(`layers.${name}`, options, { name: true });
  requireOneOf("layers.activation", "function", name, activationFunctions);
  return elementwise(name, options, { kind: "activation", function: name });
}

/** max(x, 0). */
export const relu = (options?: Named): Module => activation("relu", options);
/** min(max(x, 0), 6): MobileNet v1 and v2. */
export const relu6 = (options?: Named): Module => activation("relu6", options);
/** 1 / (1 + e^-x). */
export const sigmoid = (options?: Named): Module => activation("sigmoid", options);
export const tanh = (options?: Named): Module => activation("tanh", options);
/** e^x over the sum of all e^x: scores to probabilities. */
export const softmax = (options?: Named): Module => activation("softmax", options);
/** x · sigmoid(x), also called SiLU: EfficientNet. */
export const swish = (options?: Named): Module => activation("swish", options);
/** x times the share of a normal distribution below x, exactly: ConvNeXt and transformers. */
export const gelu = (options?: Named): Module => activation("gelu", options);
/** x · relu6(x + 3) / 6: MobileNet v3. */
export const hardSwish = (options?: Named): Module => activation("hardSwish", options);
/** relu6(x + 3) / 6. */
export const hardSigmoid = (options?: Named): Module => activation("hardSigmoid", options);
