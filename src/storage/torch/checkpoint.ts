import { sizeOf, Tensor } from "../../tensor";
import { unpickle, type UnpickleOptions } from "./unpickle";

/** The numbers behind tensors, as the file has them: kind, key and length; where they lie is known at the end. */
interface Storage {
  kind: string;
  key: string;
  length: number;
  offset?: number;
}

interface Described {
  storage: Storage;
  offset: number;
  shape: number[];
  strides: number[];
}

const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;
const MOST_AXES = 16;

/** Bytes of a number; those that are no floats are passed over. */
const widths: Record<string, number> = {
  FloatStorage: 4,
  DoubleStorage: 8,
  LongStorage: 8,
  IntStorage: 4,
};

/**
 * The float tensors of a checkpoint that `torch.save` wrote before version 1.6 of 2020 (four pickles, then
 * the numbers), in the order of the file. Nothing that the pickles ask for is run: see `unpickle`.
 *
 * @param bytes the whole file
 * @returns tensors in PyTorch's layout, by their names; integers, such as counters of batches, are left out
 * @throws Error that says what is wrong with the file
 */
export function readTorchCheckpoint(bytes: Uint8Array): Map<string, Tensor> {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    throw new Error("it is a checkpoint of PyTorch 1.6 or later; save it as safetensors in Python");
  const storages = new Map<string, Storage>();
  const options = tensorsOnly(storages);
  let at = 0;
  const next = (): unknown => {
    const { value, end } = unpickle(bytes, at, options);
    at = end;
    return value;
  };
  if (next() !== MAGIC || next() !== PROTOCOL) throw new Error("it is no checkpoint of PyTorch");
  next(); // what machine wrote it
  const named = next();
  const keys = next();
  if (!(named instanceof Map) || !Array.isArray(keys))
    throw new Error("it holds no table of tensors");
  findStorages(bytes, at, keys, storages);
  const tensors = new Map<string, Tensor>();
  for (const [name, described] of named) {
    if (typeof name !== "string" || !isDescribed(described))
      throw new Error("it holds something else than tensors by name");
    const tensor = toTensor(bytes, described);
    if (tensor) tensors.set(name, tensor);
  }
  return tensors;
}

/** The names that a table of tensors needs, as records. */
function tensorsOnly(storages: Map<string, Storage>): UnpickleOptions {
  const known: Record<string, (args: readonly unknown[]) => unknown> = {
    "collections OrderedDict": () => new Map(),
    "torch._utils _rebuild_tensor_v2": ([storage, offset, shape, strides]) => {
      const described = { storage, offset, shape, strides };
      if (!isDescribed(described)) throw new Error("a tensor of it is described without sense");
      return described;
    },
    "torch._utils _rebuild_parameter": ([described]) => described,
  };
  for (const kind of Object.keys(widths))
    known[`torch ${kind}`] = Object.assign(() => undefined, { kind });
  return {
    find: (name) => (Object.hasOwn(known, name) ? known[name] : undefined),
    load([tag, type, key, , length]) {
      const kind = (type as { kind?: unknown } | null)?.kind;
      if (
        tag !== "storage" ||
        typeof kind !== "string" ||
        typeof key !== "string" ||
        !isCount(length)
      )
        throw new Error("its numbers are described without sense");
      const storage = storages.get(key) ?? { kind, key, length };
      storages.set(key, storage);
      return storage;
    },
  };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isDescribed(value: unknown): value is Described {
  const { storage, offset, shape, strides } = (value ?? {}) as Described;
  return (
    typeof storage?.key === "string" &&
    isCount(offset) &&
    [shape, strides].every(
      (list) => Array.isArray(list) && list.length <= MOST_AXES && list.every(isCount),
    ) &&
    shape.length === strides.length
  );
}

/** Behind the pickles lie the storages, in the order of their keys: eight bytes of length, then the numbers. */
function findStorages(
  bytes: Uint8Array,
  start: number,
  keys: readonly unknown[],
  storages: ReadonlyMap<string, Storage>,
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = start;
  for (const key of keys) {
    const storage = storages.get(key as string);
    if (!storage || storage.offset !== undefined) throw new Error("its list of numbers is wrong");
    const end = at + 8 + storage.length * widths[storage.kind];
    if (end > bytes.byteLength) throw new Error("it is cut off");
    if (view.getBigInt64(at, true) !== BigInt(storage.length))
      throw new Error("its numbers are wrong in length");
    storage.offset = at + 8;
    at = end;
  }
}

function toTensor(
  bytes: Uint8Array,
  { storage, offset, shape, strides }: Described,
): Tensor | null {
  if (storage.offset === undefined) throw new Error("numbers of a tensor are missing");
  const size = sizeOf(shape);
  const last =
    size === 0
      ? 0
      : shape.reduce((furthest, n, axis) => furthest + (n - 1) * strides[axis], offset);
  if (size > storage.length || last >= Math.max(1, storage.length))
    throw new Error("a tensor of it reaches beyond its numbers");
  if (storage.kind !== "FloatStorage" && storage.kind !== "DoubleStorage") return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + storage.offset);
  const isDouble = storage.kind === "DoubleStorage";
  const data = isDouble ? new Float64Array(size) : new Float32Array(size);
  const index = shape.map(() => 0);
  let at = offset;
  for (let i = 0; i < size; i++) {
    data[i] = isDouble ? view.getFloat64(at * 8, true) : view.getFloat32(at * 4, true);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += strides[axis];
      if (++index[axis] < shape[axis]) break;
      at -= index[axis] * strides[axis];
      index[axis] = 0;
    }
  }
  return new Tensor(data, shape);
}
