import { Tensor } from "../tensor";

/*
 * The safetensors format (github.com/huggingface/safetensors): eight bytes that say how long the header is, the header
 * in JSON, then the numbers of one tensor after the other. It holds nothing that could run, and where every tensor lies
 * is known before anything is read. npm has no reader that is kept up (as of 2026), and it takes less than a page.
 */

/** Tensors by name, and whatever else a file says of them. */
export interface SafeTensors {
  tensors: ReadonlyMap<string, Tensor>;
  /** Tensors of other types than float, which are left out, with their type: counters, indices. */
  others: ReadonlyMap<string, string>;
  metadata: Readonly<Record<string, string>>;
}

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [begin: number, end: number];
}

/** What a header says, found to fit the file. */
interface Header extends Pick<SafeTensors, "metadata"> {
  entries: [name: string, entry: Entry][];
  /** Where the numbers begin. */
  end: number;
}

/** Bytes of one number. Those that are no floats are passed over, but their offsets have to be right. */
const widths: Record<string, number> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  F8_E4M3: 1,
  F8_E5M2: 1,
  I64: 8,
  U64: 8,
  I32: 4,
  U32: 4,
  I16: 2,
  U16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
};

/** As much header as any network's: the format itself allows four times that. */
const MOST_HEADER = 25_000_000;
const MOST_TENSORS = 100_000;
const MOST_AXES = 16;

/** @internal The bytes of a file with these tensors, in order of their names. */
export function writeSafetensors(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  const names = [...tensors.keys()].sort();
  for (const name of names) {
    const { data, dtype, shape } = tensors.get(name)!;
    const end = offset + data.byteLength;
    const entry = { dtype: dtype === "float64" ? "F64" : "F32", shape: [...shape] };
    header[name] = { ...entry, data_offsets: [offset, end] };
    offset = end;
  }
  const text = JSON.stringify(header);
  const length = Buffer.byteLength(text);
  const padded = Math.ceil(length / 8) * 8; // spaces, so that the numbers begin at a multiple of eight
  const bytes = Buffer.alloc(8 + padded + offset, " ");
  bytes.writeBigUInt64LE(BigInt(padded), 0);
  bytes.write(text, 8);
  let at = 8 + padded;
  for (const name of names) {
    const { data } = tensors.get(name)!;
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/**
 * @internal The tensors of such a file. Its author is a stranger: nothing is allocated before sizes and offsets have
 * been found to fit the file.
 *
 * @param header where it has been read before
 * @throws Error that says what is wrong with the file
 */
export function readSafetensors(
  bytes: Uint8Array,
  header: Header = readHeader(bytes, bytes.byteLength),
): SafeTensors {
  const { metadata, entries, end } = header;
  // A Buffer's slices would share its memory, and begin where no number may.
  const body = new Uint8Array(bytes.buffer, bytes.byteOffset + end, bytes.byteLength - end);
  const tensors = new Map<string, Tensor>();
  const others = new Map<string, string>();
  for (const [name, { dtype, shape, data_offsets: range }] of entries) {
    const read = readers[dtype];
    if (read) tensors.set(name, new Tensor(read(body.slice(...range)), shape));
    else others.set(name, dtype);
  }
  return { tensors, others, metadata };
}

/** Bytes that say how long the header is. */
const LENGTH_BYTES = 8;

/**
 * @internal How many bytes at the start of a file are enough to check its header.
 *
 * @param start the first eight bytes, or all of a shorter file
 */
export function headerEnd(start: Uint8Array, size: number): number {
  if (start.byteLength < LENGTH_BYTES) throw new Error("it is too short to be a safetensors file");
  const length = new DataView(start.buffer, start.byteOffset).getBigUint64(0, true);
  if (length > BigInt(Math.min(MOST_HEADER, size - LENGTH_BYTES)))
    throw new Error(
      `its header would be ${length} bytes long: it is no safetensors file, or cut off`,
    );
  return LENGTH_BYTES + Number(length);
}

/**
 * @internal Checks the header of a file, before its numbers are read.
 *
 * @param start of the file, its header at least
 * @param size bytes of the whole file
 */
export function readHeader(start: Uint8Array, size: number): Header {
  const { header, end } = parts(start, size);
  const { __metadata__: metadata = {}, ...rest } = header;
  if (!isRecord(metadata) || !Object.values(metadata).every((text) => typeof text === "string"))
    throw new Error("its metadata is no table of texts");
  const entries = Object.entries(rest);
  if (entries.length > MOST_TENSORS)
    throw new Error(`it has ${entries.length} tensors, more than ${MOST_TENSORS}`);
  const checked = entries.map(([name, entry]): [string, Entry] => [
    name,
    requireEntry(name, entry),
  ]);
  requireGapless(checked, size - end);
  return { entries: checked, metadata: metadata as Record<string, string>, end };
}

function parts(bytes: Uint8Array, size: number): { header: Record<string, unknown>; end: number } {
  const end = headerEnd(bytes.subarray(0, LENGTH_BYTES), size);
  let header: unknown;
  try {
    header = JSON.parse(
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(LENGTH_BYTES, end)),
    );
  } catch {
    throw new Error("its header is no JSON");
  }
  if (!isRecord(header)) throw new Error("its header is no table");
  return { header, end };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function requireEntry(name: string, entry: unknown): Entry {
  const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
  const refuse = (what: string) =>
    new Error(`tensor ${JSON.stringify(name.slice(0, 100))} ${what}`);
  if (!isRecord(entry)) throw refuse("has no description");
  const { dtype, shape, data_offsets: range } = entry;
  if (typeof dtype !== "string" || !Object.hasOwn(widths, dtype))
    throw refuse(`is of a type that is not known, ${JSON.stringify(dtype)?.slice(0, 40)}`);
  if (!Array.isArray(shape) || shape.length > MOST_AXES || !shape.every(isCount))
    throw refuse("has no shape of integers");
  if (!Array.isArray(range) || range.length !== 2 || !range.every(isCount))
    throw refuse("does not say where it lies");
  const size = shape.reduce((product: number, n: number) => product * n, 1) * widths[dtype];
  if (range[1] - range[0] !== size) throw refuse("is longer or shorter than its shape");
  return { dtype, shape: shape as number[], data_offsets: range as [number, number] };
}

/** Tensors lie side by side and fill the file: nothing overlaps, and nothing hides between. */
function requireGapless(entries: readonly (readonly [string, Entry])[], length: number): void {
  const ranges = entries
    .map(([, { data_offsets }]) => data_offsets)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let at = 0;
  for (const [begin, end] of ranges) {
    if (begin !== at) throw new Error("its tensors overlap or leave gaps");
    at = end;
  }
  if (at !== length)
    throw new Error(`its tensors take ${at} bytes, the file has ${length}: it is cut off or wrong`);
}

type Reader = (bytes: Uint8Array) => Float32Array | Float64Array;

/** The machine is taken to be little-endian, as all are that Node runs on but one. Slices begin at multiples of eight. */
const readers: Partial<Record<string, Reader>> = {
  F32: (bytes) => new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4),
  F64: (bytes) => new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8),
  F16: (bytes) => words(bytes, halfValue),
  BF16: (bytes) => words(bytes, brainValue),
};

function words(bytes: Uint8Array, value: (word: number) => number): Float32Array {
  const source = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
  return Float32Array.from(source, value);
}

/** IEEE half precision: 5 bits of exponent, 10 of fraction. */
function halfValue(word: number): number {
  const sign = word & 0x8000 ? -1 : 1;
  const exponent = (word >> 10) & 31;
  const fraction = (word & 0x3ff) / 1024;
  if (exponent === 0) return sign * fraction * 2 ** -14;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction) * 2 ** (exponent - 15);
}

/** bfloat16: the upper half of a float32. */
function brainValue(word: number): number {
  scratch.setUint32(0, word * 65536);
  return scratch.getFloat32(0);
}

const scratch = new DataView(new ArrayBuffer(4));
