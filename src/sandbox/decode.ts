import { type NetworkData, networkFromData } from "../network";
import { sizeOf, Tensor } from "../tensor";
import {
  type AnyTypedArray,
  DEEPEST,
  LARGEST_MESSAGE,
  LONGEST_TEXT,
  MOST_AXES,
  MOST_LAYERS,
  MOST_KEYS,
  MOST_VALUES,
  Tag,
  TYPED_ARRAYS,
  WireError,
} from "./wire";

/**
 * The data that the bytes stand for, made new on this side: plain values, arrays and records, tensors and
 * networks of our own classes. The bytes may come from an enemy. Every length is checked against the bytes
 * that are there before anything is allocated, and nothing of what is read is ever run.
 *
 * @throws WireError when the bytes are not exactly one value within the limits
 */
export function decode(bytes: Uint8Array): unknown {
  return weighedDecode(bytes).value;
}

/** What an array or an object takes in memory, roughly, however few bytes stand for it. */
const BYTES_OF_PART = 64;

/** What a typed array, and a tensor besides the one in it, takes more than that, in parts. */
const PARTS_OF_TYPED_ARRAY = 4;
const PARTS_OF_TENSOR = 6;
/** A record with a number as its key may have room for that many values, an eighth of a part each. */
const ROOM_OF_PART = 4;

/** Decodes, and says how much memory the value takes, roughly, in bytes. */
export function weighedDecode(bytes: Uint8Array): { value: unknown; weight: number } {
  const reader = new Reader(bytes);
  const value = reader.value(0);
  reader.end();
  return { value, weight: bytes.length + BYTES_OF_PART * reader.count };
}

class Reader {
  private readonly buffer: Buffer;
  private at = 0;
  /** Values so far. */
  count = 0;

  constructor(bytes: Uint8Array) {
    if (bytes.length > LARGEST_MESSAGE) throw new WireError("is too large");
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  end(): void {
    if (this.at !== this.buffer.length) throw new WireError("goes on behind its end");
  }

  value(depth: number): unknown {
    if (depth > DEEPEST) throw new WireError("is nested too deep");
    this.spend(1);
    const tag: Tag = this.byte();
    switch (tag) {
      case Tag.Undefined:
        return undefined;
      case Tag.Null:
        return null;
      case Tag.False:
        return false;
      case Tag.True:
        return true;
      case Tag.Number:
        return this.take(8).readDoubleLE(0);
      case Tag.String:
        return this.text();
      case Tag.Array:
        return this.list(() => this.value(depth + 1));
      case Tag.Record:
        return this.record(depth);
      case Tag.Tensor:
        return this.tensor();
      case Tag.TypedArray:
        return this.typedArray();
      case Tag.Network:
        return this.network(depth);
      case Tag.BigInt:
        return this.bigInt();
      case Tag.Function:
        // Nothing that can be called comes over: under the key "then" or "toJSON" somebody would.
        return Symbol(`the function ${this.text()}`);
      case Tag.Symbol:
        return Symbol("a symbol");
      default:
        throw new WireError(`has an unknown part (${String(tag)})`);
    }
  }

  /** Parts one after the other. A part has at least one byte, so a count that lies is seen at once. */
  private list<T>(part: () => T, most = Infinity): T[] {
    const count = this.integer();
    if (count > most) throw new WireError(`has a record of ${count} keys`);
    if (count > this.buffer.length - this.at) throw new WireError("is cut off");
    const parts: T[] = [];
    for (let i = 0; i < count; i++) parts.push(part());
    return parts;
  }

  private record(depth: number): Record<string, unknown> {
    const entries = this.list(() => [this.text(), this.value(depth + 1)] as const, MOST_KEYS);
    const numbers = entries.filter(([key]) => /^\d{1,4}$/.test(key)).map(([key]) => Number(key));
    this.spend(Math.ceil(numbers.reduce((most, n) => Math.max(most, n), 0) / ROOM_OF_PART));
    // fromEntries defines own properties: also a key "__proto__" is then only a key.
    return Object.fromEntries(entries);
  }

  private tensor(): Tensor {
    this.spend(PARTS_OF_TENSOR);
    const rank = this.byte();
    if (rank > MOST_AXES) throw new WireError(`is a tensor with ${rank} axes`);
    const shape = Array.from({ length: rank }, () => this.integer());
    const data = this.typedArray();
    if (!(data instanceof Float32Array || data instanceof Float64Array))
      throw new WireError("is a tensor without numbers");
    // An empty axis makes the others cost nothing, yet whoever walks them would walk long.
    const walked = data.length > 0 ? 0 : sizeOf(shape.filter((axis) => axis > 0));
    if (sizeOf(shape) !== data.length || walked > MOST_VALUES)
      throw new WireError(
        `is a tensor whose shape [${shape.join(", ")}] does not hold its ${data.length} values`,
      );
    return new Tensor(data, shape);
  }

  private typedArray(): AnyTypedArray {
    this.spend(PARTS_OF_TYPED_ARRAY);
    const type = TYPED_ARRAYS[this.byte()];
    if (!type) throw new WireError("has numbers of an unknown kind");
    const bytes = this.take(this.integer());
    if (bytes.length % type.BYTES_PER_ELEMENT !== 0) throw new WireError("has half a number");
    return new type(new Uint8Array(bytes).buffer);
  }

  private network(depth: number): unknown {
    const data = this.value(depth + 1) as NetworkData;
    if (data?.layers?.length > MOST_LAYERS) throw new WireError("is a network of too many layers");
    try {
      return networkFromData(data);
    } catch (error) {
      throw new WireError(`is no network: ${(error as Error).message}`);
    }
  }

  private bigInt(): bigint {
    const digits = this.text();
    // Reading decimal digits takes more than linear time.
    if (!/^-?\d{1,1000}$/.test(digits)) throw new WireError("has an integer that is too large");
    return BigInt(digits);
  }

  private text(): string {
    const length = this.integer();
    if (length > LONGEST_TEXT) throw new WireError("has a text that is too long");
    return this.take(length).toString("utf8");
  }

  private integer(): number {
    return this.take(4).readUInt32LE(0);
  }

  private spend(parts: number): void {
    this.count += parts;
    if (this.count > MOST_VALUES) throw new WireError("has too many parts");
  }

  private byte(): number {
    return this.take(1)[0];
  }

  private take(bytes: number): Buffer {
    const end = this.at + bytes;
    if (end > this.buffer.length) throw new WireError("is cut off");
    const taken = this.buffer.subarray(this.at, end);
    this.at = end;
    return taken;
  }
}
