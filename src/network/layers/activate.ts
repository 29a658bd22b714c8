import { requireOneOf } from "../../tensor";
import { type ActivationFunction, activationFunctions } from "../description";
import type { Module } from "../graph";
import { type Named, elementwise, requireLayerOptions } from "./draft";

/** Applies one function to every value. No weights. */
export function activation(name: ActivationFunction, options: Named = {}): Module {
  requireOneOf("layers.activation", "function", name, activationFunctions);
  return made("layers.activation", name, options);
}

/** @param call whose options these are */
function made(call: string, name: ActivationFunction, options: Named = {}): Module {
  requireLayerOptions<Named>(call, options, { name: true });
  return elementwise(name, options, { kind: "activation", function: name });
}

/** max(x, 0). */
export const relu = (options?: Named): Module => made("layers.relu", "relu", options);
/** min(max(x, 0), 6): MobileNet v1 and v2. */
export const relu6 = (options?: Named): Module => made("layers.relu6", "relu6", options);
/** 1 / (1 + e^-x). */
export const sigmoid = (options?: Named): Module => made("layers.sigmoid", "sigmoid", options);
export const tanh = (options?: Named): Module => made("layers.tanh", "tanh", options);
/** e^x over the sum of all e^x: scores to probabilities. */
export const softmax = (options?: Named): Module => made("layers.softmax", "softmax", options);
/** x · sigmoid(x), also called SiLU: EfficientNet. */
export const swish = (options?: Named): Module => made("layers.swish", "swish", options);
/** x times the fraction of a normal distribution below x, exactly: ConvNeXt and transformers. */
export const gelu = (options?: Named): Module => made("layers.gelu", "gelu", options);
/** x · relu6(x + 3) / 6: MobileNet v3. */
export const hardSwish = (options?: Named): Module =>
  made("layers.hardSwish", "hardSwish", options);
/** relu6(x + 3) / 6. */
export const hardSigmoid = (options?: Named): Module =>
  made("layers.hardSigmoid", "hardSigmoid", options);
