/**
 * How data crosses the boundary between the grader and a learner's code: a tag of one byte, then what the tag
 * calls for. Both sides write it; the grader reads it as something that an enemy may have written, so the
 * reader evaluates nothing, allocates nothing that the bytes do not pay for, and has its limits here.
 */
export enum Tag {
  Undefined,
  Null,
  False,
  True,
  /** 8 bytes, little-endian: NaN, the infinities and -0 as they are. */
  Number,
  /** Length in bytes, then UTF-8. */
  String,
  /** Count, then the values. */
  Array,
  /** Count, then for each a key as a string without its tag, and a value. */
  Record,
  /** Rank (1 byte), the axes, then the values as a typed array. */
  Tensor,
  /** Index in `TYPED_ARRAYS` (1 byte), length in bytes, the bytes. */
  TypedArray,
  /** A record, as networkToData gives it. */
  Network,
  /** Decimal digits as a string without its tag. */
  BigInt,
  /** Name as a string without its tag: that a function was there is all that crosses. */
  Function,
  Symbol,
}

/** The largest message, in bytes. */
export const LARGEST_MESSAGE = 64 * 2 ** 20;
/** The deepest nesting of arrays and records. */
export const DEEPEST = 64;
/** Values in one message, those in tensors and typed arrays aside. */
export const MOST_VALUES = 500_000;
/** The most keys of one record: whoever compares large ones, or shows them, takes long over each key. */
export const MOST_KEYS = 10_000;
/** The most layers of a network. The largest in the zoo has 4,211. */
export const MOST_LAYERS = 10_000;
/** The longest text in one message, in bytes: nobody wants to read it in a report. */
export const LONGEST_TEXT = 2 ** 20;
/** The most axes of a tensor. */
export const MOST_AXES = 16;

/** Their order is part of the format. */
export const TYPED_ARRAYS = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
] as const;

export type AnyTypedArray = InstanceType<(typeof TYPED_ARRAYS)[number]>;

/** A value that cannot cross, or bytes that are no value. The message stands behind "it returned a value that". */
export class WireError extends Error {
  override readonly name = "WireError";
}

/** The file descriptor of a child's end of the channel. It is none of the three that programs print to. */
export const CHANNEL = 3;
/** Each message begins with its length, and each call with this many random bytes that its answer repeats. */
export const LENGTH_BYTES = 4;
export const CALL_ID_BYTES = 16;

/** The first byte of an answer, behind the id of its call. */
export enum Reply {
  /** Then 1 where the function wrote into its input, else 0; then the value. */
  Value,
  /** Then a record of name and message. */
  Error,
  /** Nothing is left that could settle the promise. */
  Unsettled,
  /**
   * Not the answer yet: a photograph is needed, then a list of its name and options. What comes back is the picture, or
   * undefined, under a new id, which the answer repeats.
   */
  Picture,
}

/** What a child is asked first: to load an answer. Every later message is the list of a call's arguments, or a picture that it asked for. */
export interface LoadRequest {
  /** JavaScript, a CommonJS module. */
  code: string;
  /** The name under which it exports the function. */
  entry: string;
}

/** What a child answers in place of a value, and what it is cut to. */
export interface ThrownError {
  name: string;
  message: string;
}
export const LONGEST_ERROR = 4096;

/** What a submission may print, in bytes. The rest is dropped. */
export const MOST_OUTPUT = 64 * 1024;
