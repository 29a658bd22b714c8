import { existsSync } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type Layer, type Network, requireNetwork, type Weight } from "../network";
import { NotWritten, replaceFile } from "../project";
import {
  layersWithWeights,
  type LayerWeights,
  type NetworkWeights,
  requireWeights,
} from "../running";
import { ArgumentError, type Tensor } from "../tensor";
import {
  headerEnd,
  readHeader,
  readSafetensors,
  type SafeTensors,
  writeSafetensors,
} from "./safetensors";

/** Larger files are not read: the largest network of the zoo has some 600 MB. */
const MOST_BYTES = 2 ** 31 - 1;

/**
 * Writes the weights of a network to a file in the safetensors format, which Python reads too
 * (`safetensors.numpy.load_file`). A tensor's name is the layer's path and its own, `conv1/conv1.filter`; filters are
 * [kh, kw, cin / groups, cout], matrices [n, units]. The network itself is not in the file, only its name.
 *
 * @param path ends in `.safetensors` by custom. What stood there is replaced in one step.
 * @param weights those of auxiliary heads are written if they are there
 * @throws ArgumentError when weights are missing or do not fit the network
 *
 * @example
 * const net = network("net", [4], layers.dense({ units: 2 }));
 * const file = require("node:path").join(require("node:os").tmpdir(), "net.safetensors");
 * await saveWeights(file, net, initialWeights(net, 7));
 * allClose((await loadWeights(file, net))["dense1"].matrix, initialWeights(net, 7)["dense1"].matrix) // → true
 */
export async function saveWeights(
  path: string,
  network: Network,
  weights: NetworkWeights,
): Promise<void> {
  requirePath("saveWeights", path);
  requireNetwork("saveWeights", network);
  const layers = layersWithWeights(network).filter(
    ({ auxiliary, path }) => !auxiliary || weights?.[path] !== undefined,
  );
  requireWeights("saveWeights", network, layers, weights);
  const tensors = new Map(
    weightsOfLayers(layers).map(({ key, layer, weight }) => [
      key,
      weights[layer.path][weight.name]!,
    ]),
  );
  const bytes = writeSafetensors(tensors, { network: network.name, library: "convbook" });
  await replaceFile(path, bytes).catch((error: unknown) => {
    if (!(error instanceof NotWritten)) throw error;
    const folder = dirname(resolve(path));
    const isMissing = !existsSync(folder);
    throw new ArgumentError({
      call: "saveWeights",
      argument: "path",
      expected: "of a file that can be written",
      received: path,
      receivedAs: `${JSON.stringify(path)}: ${isMissing ? "its folder is not there" : error.reason}`,
      remedy: isMissing
        ? `Make it first: require("node:fs").mkdirSync(${JSON.stringify(folder)}, { recursive: true }).`
        : undefined,
    });
  });
}

/**
 * Reads the weights of a network from a safetensors file that `saveWeights` wrote, or another program under the same
 * names. Half precision becomes float32. Every name and shape is compared; auxiliary heads may be left out.
 *
 * @throws ArgumentError that lists what differs, or says what is wrong with the file
 *
 * @example
 * await loadWeights("nowhere.safetensors", zoo.lenet5()) // throws path must be a file of weights
 */
export async function loadWeights(path: string, network: Network): Promise<NetworkWeights> {
  requirePath("loadWeights", path);
  requireNetwork("loadWeights", network);
  const { tensors, others } = await tensorsOf("loadWeights", path);
  const layers = layersWithWeights(network).filter(
    ({ auxiliary, path, weights }) =>
      !auxiliary || weights.some(({ name }) => tensors.has(keyOf(path, name))),
  );
  const expected = weightsOfLayers(layers);
  const keys = new Set(expected.map(({ key }) => key));
  const differences = [
    ...expected.flatMap(({ key, weight }) =>
      difference(key, weight, tensors.get(key), others.get(key)),
    ),
    ...[...tensors.keys(), ...others.keys()]
      .filter((key) => !keys.has(key))
      .map((key) => `${shortened(key)} is not the network's`),
  ];
  if (differences.length > 0)
    throw new ArgumentError({
      call: "loadWeights",
      argument: "path",
      expected: `a file with the weights of ${network.name}`,
      received: path,
      remedy: `${differences.length} of them differ: ${listed(differences)}.`,
    });
  return collected(expected, tensors);
}

/** Its header is checked before the rest is read: a file of gigabytes that says nothing takes no memory. */
async function tensorsOf(call: string, path: string): Promise<SafeTensors> {
  const size = await sizeOfFile(call, path);
  try {
    const handle = await open(path);
    try {
      const start = await firstBytes(handle, headerEnd(await firstBytes(handle, 8), size));
      const header = readHeader(start, size);
      return readSafetensors(await handle.readFile(), header);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const remedy = `${path} cannot be read as weights: ${(error as Error).message}.`;
    const expected = "a file in the safetensors format";
    throw new ArgumentError({ call, argument: "path", expected, received: path, remedy });
  }
}

async function firstBytes(handle: FileHandle, length: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, 0);
  return buffer.subarray(0, bytesRead);
}

interface Entry {
  key: string;
  layer: Layer;
  weight: Weight;
}

function weightsOfLayers(layers: readonly Layer[]): Entry[] {
  return layers.flatMap((layer) =>
    layer.weights.map((weight) => ({ key: keyOf(layer.path, weight.name), layer, weight })),
  );
}

function keyOf(path: string, name: string): string {
  return `${path}.${name}`;
}

function difference(
  key: string,
  { shape }: Weight,
  received: Tensor | undefined,
  otherType: string | undefined,
): string[] {
  if (otherType) return [`${key} is ${otherType}, and floats are read: F32, F64, F16 or BF16`];
  if (!received) return [`${key} is missing`];
  if (String(received.shape) === String(shape)) return [];
  return [`${key} is [${received.shape.join(", ")}] in place of [${shape.join(", ")}]`];
}

function collected(
  entries: readonly Entry[],
  tensors: ReadonlyMap<string, Tensor>,
): NetworkWeights {
  const weights: Record<string, LayerWeights> = {};
  for (const { key, layer, weight } of entries)
    weights[layer.path] = { ...weights[layer.path], [weight.name]: tensors.get(key)! };
  return weights;
}

/** This many differences are written out: more are of the same kind as a rule. */
const MOST_LISTED = 8;

function listed(differences: readonly string[]): string {
  const more = differences.length - MOST_LISTED;
  const shown = differences.slice(0, MOST_LISTED).join("; ");
  return more > 0 ? `${shown}; and ${more} more` : shown;
}

function shortened(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}

function requirePath(call: string, path: unknown): void {
  if (typeof path === "string" && path !== "") return;
  throw new ArgumentError({
    call,
    argument: "path",
    expected: "the path of a file",
    received: path,
  });
}

async function sizeOfFile(call: string, path: string): Promise<number> {
  const refuse = (remedy: string) =>
    new ArgumentError({
      call,
      argument: "path",
      expected: "a file of weights",
      received: path,
      remedy,
    });
  const found = await stat(path).catch(() => undefined);
  if (!found) throw refuse("There is no such file.");
  if (!found.isFile()) throw refuse("It is no file, but a folder or something else.");
  if (found.size > MOST_BYTES) throw refuse(`It has ${found.size} bytes, more than are read.`);
  return found.size;
}
