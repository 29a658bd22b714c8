import { Writer } from "protobufjs/minimal";

/** A node as `onnx.helper.make_node` takes it. */
export type NodeText = readonly [
  type: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes?: Readonly<Record<string, AttributeValue>>,
];

/** A whole number, a text, whole numbers, or a graph. */
type AttributeValue = number | string | readonly number[] | GraphText;

export interface GraphText {
  readonly nodes: readonly NodeText[];
  /** Weights by their shapes; the values of none of them are written. */
  readonly weights?: Readonly<Record<string, readonly number[]>>;
  /** int64 constants. */
  readonly integers?: Readonly<Record<string, readonly number[]>>;
  /** float constants. */
  readonly floats?: Readonly<Record<string, readonly number[]>>;
  readonly inputs?: Readonly<Record<string, readonly (number | string)[]>>;
  readonly outputs?: Readonly<Record<string, readonly (number | string)[]>>;
  /** Shapes of what flows between nodes. */
  readonly shapes?: Readonly<Record<string, readonly (number | string)[]>>;
}

/** An ONNX file of this graph, written field by field of onnx.proto3. */
export function onnxFile(graph: GraphText): Uint8Array {
  return Writer.create().uint32(tag(7, 2)).bytes(graphBytes(graph)).finish();
}

const tag = (field: number, wireType: number) => field * 8 + wireType;
const FLOAT = 1;
const INT64 = 7;

function graphBytes(graph: GraphText): Uint8Array {
  const writer = Writer.create();
  for (const node of graph.nodes) writer.uint32(tag(1, 2)).bytes(nodeBytes(node));
  const initializer = (name: string, shape: readonly number[], type: number, values?: number[]) =>
    writer.uint32(tag(5, 2)).bytes(tensorBytes(name, shape, type, values));
  for (const [name, shape] of Object.entries(graph.weights ?? {})) initializer(name, shape, FLOAT);
  for (const [name, values] of Object.entries(graph.integers ?? {}))
    initializer(name, [values.length], INT64, [...values]);
  for (const [name, values] of Object.entries(graph.floats ?? {}))
    initializer(name, [values.length], FLOAT, [...values]);
  for (const [field, named] of [
    [11, graph.inputs],
    [12, graph.outputs],
    [13, graph.shapes],
  ] as const)
    for (const [name, shape] of Object.entries(named ?? {}))
      writer.uint32(tag(field, 2)).bytes(valueBytes(name, shape));
  return writer.finish();
}

function nodeBytes([type, inputs, outputs, attributes = {}]: NodeText): Uint8Array {
  const writer = Writer.create();
  for (const input of inputs) writer.uint32(tag(1, 2)).string(input);
  for (const output of outputs) writer.uint32(tag(2, 2)).string(output);
  writer.uint32(tag(4, 2)).string(type);
  for (const [name, value] of Object.entries(attributes))
    writer.uint32(tag(5, 2)).bytes(attributeBytes(name, value));
  return writer.finish();
}

function attributeBytes(name: string, value: AttributeValue): Uint8Array {
  const writer = Writer.create().uint32(tag(1, 2)).string(name);
  if (typeof value === "number") return writer.uint32(tag(3, 0)).int64(value).finish();
  if (typeof value === "string") return writer.uint32(tag(4, 2)).string(value).finish();
  if ("nodes" in value) return writer.uint32(tag(6, 2)).bytes(graphBytes(value)).finish();
  for (const n of value) writer.uint32(tag(8, 0)).int64(n);
  return writer.finish();
}

function tensorBytes(
  name: string,
  shape: readonly number[],
  type: number,
  values: readonly number[] = [],
): Uint8Array {
  const writer = Writer.create();
  for (const size of shape) writer.uint32(tag(1, 0)).int64(size);
  writer.uint32(tag(2, 0)).int32(type).uint32(tag(8, 2)).string(name);
  for (const value of values)
    if (type === INT64) writer.uint32(tag(7, 0)).int64(value);
    else writer.uint32(tag(4, 5)).float(value);
  return writer.finish();
}

function valueBytes(name: string, shape: readonly (number | string)[]): Uint8Array {
  const dimensions = Writer.create();
  for (const size of shape) {
    const dimension = Writer.create();
    if (typeof size === "number") dimension.uint32(tag(1, 0)).int64(size);
    else dimension.uint32(tag(2, 2)).string(size);
    dimensions.uint32(tag(1, 2)).bytes(dimension.finish());
  }
  const tensor = Writer.create().uint32(tag(2, 2)).bytes(dimensions.finish()).finish();
  const type = Writer.create().uint32(tag(1, 2)).bytes(tensor).finish();
  return Writer.create().uint32(tag(1, 2)).string(name).uint32(tag(2, 2)).bytes(type).finish();
}
