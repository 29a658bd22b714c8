import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { makeFolder, replaceFile } from "../../project";
import { ArgumentError } from "../../tensor";

/*
 * `file://` for tfjs, as tfjs-node has it, without tfjs-node: a folder with model.json and weights.bin.
 */

const SCHEME = "file://";
const MODEL = "model.json";
const WEIGHTS = "weights.bin";
/** A topology is never larger; weights as far as one buffer holds. */
const MOST_JSON = 50_000_000;
const MOST_WEIGHTS = 2 ** 31 - 1;

/** Lets `model.save("file://folder")` and `tf.loadLayersModel("file://folder/model.json")` work. */
export function registerFileHandlers(): void {
  if (registered) return;
  registered = true;
  tf.io.registerSaveRouter((url) =>
    ours(url, (path) => ({ save: (artifacts) => save(path, artifacts) })),
  );
  tf.io.registerLoadRouter((url) => ours(url, (path) => ({ load: () => load(path) })));
}

let registered = false;

/**
 * What reads a folder or file of this computer, named by its path or a `file://` address; also where tfjs-node is
 * loaded, whose own handler reads no folders. Undefined for another address.
 */
export function folderHandler(source: string): tf.io.IOHandler | undefined {
  const isAddress = /^[a-z]+:\/\//i.test(source);
  if (isAddress && !source.startsWith(SCHEME)) return undefined;
  const path = isAddress ? pathOf(source) : resolve(source);
  // tfjs-node takes an address as it stands for a path: what it saves to "my%20model" has the percent sign in its name.
  const written = isAddress ? resolve(source.slice(SCHEME.length)) : encodeURI(path);
  const found = [path, written].find((candidate) => existsSync(candidate));
  return { load: () => load(found ?? path) };
}

function ours(url: string | string[], handler: (path: string) => tf.io.IOHandler): tf.io.IOHandler {
  // tfjs asks each router in turn, and takes null for "not mine"; its types do not know it.
  const notOurs = null as unknown as tf.io.IOHandler;
  if (typeof url !== "string" || !url.startsWith(SCHEME)) return notOurs;
  if (tf.findBackendFactory("tensorflow")) return notOurs; // tfjs-node has its own
  return handler(pathOf(url));
}

/** @internal The path that a `file://` address means; after the two slashes, a relative one may stand as well. */
export function pathOf(url: string): string {
  const rest = url.slice(SCHEME.length);
  return resolve(rest.startsWith("/") ? fileURLToPath(url) : decodeURIComponent(rest));
}

async function save(folder: string, artifacts: tf.io.ModelArtifacts): Promise<tf.io.SaveResult> {
  makeFolder(folder);
  const weights = tf.io.CompositeArrayBuffer.join(artifacts.weightData);
  const manifest = [{ paths: [`./${WEIGHTS}`], weights: artifacts.weightSpecs ?? [] }];
  const { modelTopology, format, generatedBy, convertedBy, trainingConfig } = artifacts;
  const description = {
    modelTopology,
    format,
    generatedBy,
    convertedBy,
    ...(trainingConfig && { trainingConfig }),
    weightsManifest: manifest,
  };
  await replaceFile(join(folder, WEIGHTS), new Uint8Array(weights));
  await replaceFile(join(folder, MODEL), JSON.stringify(description));
  return {
    modelArtifactsInfo: {
      dateSaved: new Date(),
      modelTopologyType: "JSON",
      weightDataBytes: weights.byteLength,
    },
  };
}

/** @param path of the folder, or of the model.json in it */
async function load(path: string): Promise<tf.io.ModelArtifacts> {
  const file = existsSync(path) && statSync(path).isDirectory() ? join(path, MODEL) : path;
  if (!existsSync(file))
    throw new ArgumentError({
      call: "loadLayersModel",
      argument: "source",
      expected: "the path of a folder or file that exists, or a URL",
      received: path,
      receivedAs: `one where there is no ${file}`,
      remedy: 'model.save("file://folder") writes one.',
    });
  const description = jsonOf(await bounded(file, MOST_JSON)) as tf.io.ModelJSON | undefined;
  const groups = description?.weightsManifest;
  if (!Array.isArray(groups) || !groups.every(isGroup) || !description?.modelTopology)
    throw new Error(`loadLayersModel(): ${file} is not the model.json of a tfjs layers model.`);
  const parts: Buffer[] = [];
  for (const name of groups.flatMap(({ paths }) => paths)) {
    if (typeof name !== "string" || /(^|[\\/])\.\.([\\/]|$)|^[\\/]|:/.test(name))
      throw new Error(
        `loadLayersModel(): ${file} names weights outside of its folder, ${JSON.stringify(name)}.`,
      );
    parts.push(await bounded(join(dirname(file), name), MOST_WEIGHTS));
  }
  const data = Buffer.concat(parts);
  requireBytes(
    file,
    groups.flatMap(({ weights }) => weights),
    data.byteLength,
  );
  const { modelTopology, format, generatedBy, convertedBy, trainingConfig } = description;
  return {
    modelTopology,
    ...(format !== undefined && { format }),
    ...(generatedBy !== undefined && { generatedBy }),
    ...(convertedBy !== undefined && { convertedBy }),
    ...(trainingConfig && { trainingConfig }),
    weightSpecs: groups.flatMap(({ weights }) => weights),
    weightData: new Uint8Array(data).buffer,
  };
}

/** A group of weights as tfjs writes it: files, and what stands in them one after the other. */
function isGroup(group: unknown): boolean {
  const { paths, weights } = (group ?? {}) as { paths?: unknown; weights?: unknown };
  const isSpec = (spec: Partial<tf.io.WeightsManifestEntry> | null): boolean =>
    typeof spec?.name === "string" && typeof spec.dtype === "string" && Array.isArray(spec.shape);
  return Array.isArray(paths) && Array.isArray(weights) && weights.every(isSpec);
}

async function bounded(file: string, most: number): Promise<Buffer> {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new Error(`loadLayersModel(): there is no file ${file}.`);
  const { size } = found;
  if (size > most)
    throw new Error(`loadLayersModel(): ${file} has ${size} bytes, more than are read.`);
  return readFile(file);
}

const widths: Partial<Record<string, number>> = { float32: 4, int32: 4, bool: 1, complex64: 8 };

/** The shapes in model.json and the bytes of the weights have to go together. */
function requireBytes(
  file: string,
  specs: readonly tf.io.WeightsManifestEntry[],
  bytes: number,
): void {
  let expected = 0;
  for (const { dtype, shape, quantization } of specs) {
    const width = widths[dtype];
    if (width === undefined || quantization) return; // texts and quantised weights: tfjs counts them itself
    expected += width * shape.reduce((product, n) => product * n, 1);
  }
  if (expected !== bytes)
    throw new Error(
      `loadLayersModel(): the weights beside ${file} have ${bytes} bytes, its shapes ask for ${expected}: one of the files is another model's, or cut off.`,
    );
}

/** What these bytes say, or nothing where they are no JSON. */
function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}
