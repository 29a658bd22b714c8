import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { ArgumentError } from "../tensor";
import { type DescribedModel, type ModelOptions, requireModelOptions } from "./DescribedModel";
import { networkFromKeras } from "./keras/networkFromKeras";
import { networkFromOnnx } from "./onnx/networkFromOnnx";

/** Node reads no larger file at once; larger models keep their weights in a file beside it. */
const MOST_BYTES = 2 ** 31 - 1;

/** A topology has no weights in it: some hundred bytes a layer. */
const MOST_JSON = 2 ** 26;

/**
 * The network of a model file, to be counted, drawn and explained: ONNX (`.onnx`), or the `model.json` of Keras
 * and tfjs. Its name is the file's.
 *
 * @throws ArgumentError naming what cannot be described
 *
 * @example
 * readModel("missing.onnx") // throws a file that is there
 */
export function readModel(file: string, options: ModelOptions = {}): DescribedModel {
  requireModelOptions("readModel", options);
  if (typeof file !== "string" || file === "") throw refused("the path of a model file", file);
  const { name = path.basename(file).replace(/\.[a-z]+$/i, "") } = options;
  const named = { ...options, name };
  const bytes = bytesOf(file);
  if (/\.onnx$/i.test(file)) return networkFromOnnx(bytes, named);
  if (/\.json$/i.test(file)) return networkFromKeras(jsonIn(bytes), named);
  throw refused("a model file: .onnx, or the .json of a Keras or tfjs model", file);
}

function jsonIn(bytes: Uint8Array): unknown {
  if (bytes.length > MOST_JSON)
    throw refused("a topology of at most 64 MiB", bytes, `${bytes.length} bytes`);
  const text = Buffer.from(bytes).toString("utf8");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refused("JSON", text, `something else (${(error as Error).message})`);
  }
}

function bytesOf(file: string): Uint8Array {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) throw refused("a file that is there", file);
  const { size } = found;
  if (size === 0) throw refused("a model file", file, "an empty one");
  if (size > MOST_BYTES) throw refused("a file of less than 2 GiB", file, `one of ${size} bytes`);
  return readFileSync(file);
}

function refused(expected: string, received: unknown, receivedAs?: string): ArgumentError {
  return new ArgumentError({
    call: "readModel",
    argument: "file",
    expected,
    received,
    ...(receivedAs !== undefined && { receivedAs }),
  });
}
