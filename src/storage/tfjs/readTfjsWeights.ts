import { sizeOf, Tensor } from "../../tensor";

/** Of model.json, what is read of it; all of it is to be doubted. */
interface Manifest {
  weightsManifest?: { paths?: unknown; weights?: unknown }[];
}

interface Described {
  name: string;
  shape: number[];
}

const BYTES_OF_A_NUMBER = 4;

/**
 * The tensors of a model in the format of TensorFlow.js: a `model.json` that lists them, and files in which their
 * numbers stand one after another (float32, not quantised).
 *
 * @param model the bytes of model.json
 * @param fileOf the bytes of a file that it names
 * @returns each tensor by its name, `conv1/kernel`
 * @throws Error that says what is wrong with the list or the files
 */
export function readTfjsWeights(
  model: Uint8Array,
  fileOf: (path: string) => Uint8Array,
): Map<string, Tensor> {
  const { weightsManifest } = JSON.parse(new TextDecoder().decode(model)) as Manifest;
  if (!Array.isArray(weightsManifest)) throw new Error("its model.json lists no weights");
  const tensors = new Map<string, Tensor>();
  for (const { paths, weights } of weightsManifest) {
    if (!Array.isArray(paths) || !Array.isArray(weights))
      throw new Error("its model.json names no files for its weights");
    const bytes = Buffer.concat(paths.map((path) => fileOf(String(path))));
    let offset = 0;
    for (const { name, shape } of weights.map(described)) {
      const end = offset + BYTES_OF_A_NUMBER * sizeOf(shape);
      if (end > bytes.length) throw new Error(`its files end within ${name}`);
      tensors.set(name, new Tensor(floats(bytes.subarray(offset, end)), shape));
      offset = end;
    }
    if (offset !== bytes.length)
      throw new Error(
        `its files hold ${bytes.length} bytes, of which its model.json names ${offset}`,
      );
  }
  return tensors;
}

function described(entry: unknown): Described {
  const { name, shape, dtype, quantization } = (entry ?? {}) as Record<string, unknown>;
  const isSize = (n: unknown) => Number.isSafeInteger(n) && (n as number) >= 0;
  if (typeof name !== "string" || !Array.isArray(shape) || !shape.every(isSize))
    throw new Error("its model.json lists a tensor without a name or a shape");
  if (dtype !== "float32" || quantization !== undefined)
    throw new Error(`${name} is ${String(dtype)}${quantization ? ", quantised" : ""}, not float32`);
  return { name, shape: shape as number[] };
}

/** A copy, since floats must begin at a multiple of four bytes, and a part of a file may not. */
function floats(bytes: Uint8Array): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}
