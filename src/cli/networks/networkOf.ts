import { existsSync, statSync } from "node:fs";
import { readModel } from "../../models";
import type { Network } from "../../network";
import { ArgumentError } from "../../tensor";
import { find, type ZooEntry } from "../../zoo";

export interface Described {
  readonly network: Network;
  /** What sets a network of the zoo apart from others of nearly that name. */
  readonly note?: string;
  /** What a model file holds that is not counted, each in a sentence. */
  readonly remarks: readonly string[];
}

/** The network that a command line means: a model file, or a name of the zoo with whatever punctuation. */
export function networkOf(text: string, input?: readonly number[]): Described {
  if (/\.(onnx|json)$/i.test(text) || existsSync(text)) return inFile(text, input);
  if (input)
    throw new Error("--input goes with a model file: a network of the zoo has a size of its own.");
  const { note, build } = inZoo(text);
  return { network: build(), remarks: [], ...(note !== undefined && { note }) };
}

function inFile(file: string, input?: readonly number[]): Described {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw new Error(`There is no file ${file}.`);
  if (found.isDirectory())
    throw new Error(`${file} is a folder. Name the model file in it: .onnx, or model.json.`);
  try {
    return readModel(file, input && { input });
  } catch (error) {
    throw inWords(error, (words) => `${file}: ${words}`);
  }
}

function inZoo(name: string): ZooEntry {
  try {
    return find(name);
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    const { remedy = "" } = error.problem;
    const near = remedy.replace("zoo.all() lists", "npx convbook zoo lists");
    throw new Error(`There is no network "${name}" in the zoo, and no file of that name. ${near}`, {
      cause: error,
    });
  }
}

/** What a function says of its arguments, to somebody who has called a command and knows of no function. */
function inWords(error: unknown, say: (words: string) => string): unknown {
  if (!(error instanceof ArgumentError)) return error;
  return new Error(say(error.message.replace(/^[\w.]+\(\): /, "")), { cause: error });
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
  'a model file (.onnx, or a Keras or tfjs model.json), or a network of the zoo: resnet50, "ResNet-50 v1.5", mobilenet_v2 (`convbook zoo` lists them)';
