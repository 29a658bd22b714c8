import type { Tensor } from "convbook";

/** One convolution as an ONNX model. */
interface Convolution {
  /** [m, cin, h, w] */
  input: readonly number[];
  /** [m, oh, ow, cout] */
  output: readonly number[];
  /** [cout, cin / groups, kh, kw] */
  filter: Tensor;
  kernel: readonly number[];
  stride: number;
  groups: number;
  padding: "same" | "valid";
}

/**
 * The bytes of an ONNX model that is a single convolution with a constant filter. ONNX files are protocol
 * buffers: fields of a number and a type, nested. The numbers are those of onnx.proto.
 */
export function convolutionModel(convolution: Convolution): Uint8Array {
  const { input, output, filter, kernel, stride, groups, padding } = convolution;
  const node = [
    text(1, "x"),
    text(1, "filter"),
    text(2, "y"),
    text(4, "Conv"),
    message(5, integersAttribute("kernel_shape", kernel)),
    message(5, integersAttribute("strides", [stride, stride])),
    message(5, [text(1, "group"), integer(3, groups), integer(20, 2)]),
    message(5, [
      text(1, "auto_pad"),
      bytes(4, Buffer.from(padding === "same" ? "SAME_UPPER" : "VALID")),
      integer(20, 3),
    ]),
  ];
  const initializer = [
    ...filter.shape.map((n) => integer(1, n)),
    integer(2, 1), // float
    text(8, "filter"),
    bytes(9, Buffer.from(filter.data.buffer, filter.data.byteOffset, filter.data.byteLength)),
  ];
  const [m, oh, ow, cout] = output;
  const graph = [
    message(1, node),
    text(2, "convolution"),
    message(5, initializer),
    message(11, valueInfo("x", input)),
    message(12, valueInfo("y", [m, cout, oh, ow])),
  ];
  const opset = [text(1, ""), integer(2, 13)];
  return Buffer.concat([integer(1, 8), message(7, graph), message(8, opset)]);
}

export function integersAttribute(name: string, values: readonly number[]): Buffer[] {
  return [text(1, name), ...values.map((value) => integer(8, value)), integer(20, 7)];
}

export function valueInfo(name: string, shape: readonly number[]): Buffer[] {
  const dimensions = shape.map((n) => message(1, [integer(1, n)]));
  const tensorType = [integer(1, 1), message(2, dimensions)];
  return [text(1, name), message(2, [message(1, tensorType)])];
}

export function message(field: number, parts: readonly Buffer[]): Buffer {
  return bytes(field, Buffer.concat(parts));
}

export function text(field: number, value: string): Buffer {
  return bytes(field, Buffer.from(value));
}

export function bytes(field: number, value: Buffer): Buffer {
  return Buffer.concat([variableLength(field * 8 + 2), variableLength(value.length), value]);
}

export function integer(field: number, value: number): Buffer {
  return Buffer.concat([variableLength(field * 8), variableLength(value)]);
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function variableLength(value: number): Buffer {
  const digits: number[] = [];
  if (value < 0) return variableLengthOfNegative(value);
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    digits.push((rest % 128) | (rest >= 128 ? 128 : 0));
    if (rest < 128) return Buffer.from(digits);
  }
}

/** A negative number is that of 64 bits with the same lowest ones. */
function variableLengthOfNegative(value: number): Buffer {
  const digits: number[] = [];
  for (let rest = BigInt.asUintN(64, BigInt(value)); ; rest >>= 7n) {
    digits.push(Number(rest & 127n) | (rest >= 128n ? 128 : 0));
    if (rest < 128n) return Buffer.from(digits);
  }
}
