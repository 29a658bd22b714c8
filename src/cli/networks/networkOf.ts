import { existsSync } from "node:fs";
import { readModel } from "../../models";
import type { Network } from "../../network";
import { find } from "../../zoo";

export interface Described {
  readonly network: Network;
  /** What a model file holds that is not counted, each in a sentence. */
  readonly remarks: readonly string[];
}

/** The network that a command line means: a model file, or a name of the zoo with whatever punctuation. */
export function networkOf(text: string, input?: readonly number[]): Described {
  if (/\.(onnx|json)$/i.test(text) || existsSync(text)) return readModel(text, { input });
  if (input)
    throw new Error("--input goes with a model file: a network of the zoo has a size of its own.");
  return { network: find(text).build(), remarks: [] };
}

/** Reads `--input 224x224x3` (height, width, channels) or `--input 784`. */
export function inputShape(text: string): number[] {
  const shape = text.split(/[x×,]/).map(Number);
  const fits =
    (shape.length === 3 || shape.length === 1) && shape.every((n) => Number.isInteger(n) && n > 0);
  if (fits) return shape;
  throw new Error(`--input takes height, width and channels, like 224x224x3, but got "${text}".`);
}

/** What all these commands say of their network. */
export const NETWORK_ARGUMENT =
  'a model file (.onnx, or a Keras or tfjs model.json), or a network of the zoo: resnet50, "ResNet-50 v1.5", mobilenet_v2';
