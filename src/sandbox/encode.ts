import { Network, networkToData } from "../network";
import { Tensor } from "../tensor";
import {
  DEEPEST,
  LARGEST_MESSAGE,
  LONGEST_TEXT,
  MOST_AXES,
  MOST_KEYS,
  MOST_VALUES,
  Tag,
  TYPED_ARRAYS,
  WireError,
} from "./wire";

/**
 * Data as bytes, for the other side of the boundary. As where the notebook copies a result, an object of any
 * other class becomes a record of what it has itself.
 *
 * @throws WireError when it is too large or too deep, which a value that contains itself is too
 */
export function encode(value: unknown): Uint8Array {
  const writer = new Writer();
  writer.value(value, 0);
  return writer.bytes();
}

class Writer {
  private buffer = Buffer.allocUnsafe(4096);
  private length = 0;
  private count = 0;

  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  value(value: unknown, depth: number): void {
    if (depth > DEEPEST)
      throw new WireError(`is nested more than ${DEEPEST} deep, or holds itself`);
    if (++this.count > MOST_VALUES) throw new WireError(`has more than ${MOST_VALUES} parts`);
    switch (typeof value) {
      case "undefined":
        return this.byte(Tag.Undefined);
      case "boolean":
        return this.byte(value ? Tag.True : Tag.False);
      case "number":
        this.byte(Tag.Number);
        this.length = this.room(8).writeDoubleLE(value, this.length);
        return;
      case "string":
        this.byte(Tag.String);
        return this.text(value);
      case "bigint":
        this.byte(Tag.BigInt);
        return this.text(String(value));
      case "function":
        this.byte(Tag.Function);
        return this.text(String(value.name).slice(0, 100));
      case "symbol":
        return this.byte(Tag.Symbol);
      default:
        return value === null ? this.byte(Tag.Null) : this.object(value as object, depth);
    }
  }

  private object(value: object, depth: number): void {
    if (value instanceof Tensor) {
      if (value.shape.length > MOST_AXES)
        throw new WireError(`is a tensor with ${value.shape.length} axes`);
      this.byte(Tag.Tensor);
      this.byte(value.shape.length);
      for (const axis of value.shape) this.integer(axis);
      this.typedArray(value.data);
    } else if (value instanceof Network) {
      this.byte(Tag.Network);
      this.value(networkToData(value), depth + 1);
    } else if (ArrayBuffer.isView(value)) {
      this.byte(Tag.TypedArray);
      this.typedArray(value);
    } else if (Array.isArray(value)) {
      this.byte(Tag.Array);
      this.integer(value.length);
      for (const part of value as unknown[]) this.value(part, depth + 1);
    } else {
      const entries = Object.entries(value);
      if (entries.length > MOST_KEYS)
        throw new WireError(`has a record of ${entries.length} keys, and ${MOST_KEYS} is the most`);
      this.byte(Tag.Record);
      this.integer(entries.length);
      for (const [key, part] of entries) {
        this.text(key);
        this.value(part, depth + 1);
      }
    }
  }

  private typedArray(view: ArrayBufferView): void {
    const kind = TYPED_ARRAYS.findIndex((type) => view instanceof type);
    if (kind === -1)
      throw new WireError(`is a ${view.constructor.name}, which is no list of numbers`);
    this.byte(kind);
    this.integer(view.byteLength);
    this.raw(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  }

  private text(text: string): void {
    const bytes = Buffer.from(text, "utf8");
    if (bytes.length > LONGEST_TEXT) throw new WireError(`has a text of ${bytes.length} bytes`);
    this.integer(bytes.length);
    this.raw(bytes);
  }

  private raw(bytes: Uint8Array): void {
    this.room(bytes.length).set(bytes, this.length);
    this.length += bytes.length;
  }

  private integer(value: number): void {
    if (!(Number.isInteger(value) && value >= 0 && value < 2 ** 32))
      throw new WireError(`has a length of ${value}`);
    this.length = this.room(4).writeUInt32LE(value, this.length);
  }

  private byte(value: number): void {
    this.length = this.room(1).writeUInt8(value, this.length);
  }

  /** The buffer, with room for more bytes. */
  private room(bytes: number): Buffer {
    const needed = this.length + bytes;
    if (needed > LARGEST_MESSAGE)
      throw new WireError(`is larger than ${LARGEST_MESSAGE / 2 ** 20} MB`);
    if (needed > this.buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.buffer.length));
      this.buffer.copy(larger, 0, 0, this.length);
      this.buffer = larger;
    }
    return this.buffer;
  }
}
