import type { Reader } from "protobufjs/minimal";
import { ArgumentError, sizeOf } from "../../tensor";
import type {
  Attribute,
  Constant,
  Dimension,
  Graph,
  OnnxModel,
  OnnxNode,
  OnnxValue,
} from "./OnnxModel";

/** Constants of more values than this are weights: their shape is all that a description needs. */
const MOST_VALUES = 64;
/** More operations than any network that is counted here; beyond it a file is made to keep us busy. */
const MOST_NODES = 200_000;

/**
 * Reads an ONNX file as far as it describes a network: weights are skipped, so that memory and time follow the
 * number of operations. The numbers are the fields of onnx.proto3.
 *
 * @throws ArgumentError when the bytes are no ONNX file
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3
 */
export function readOnnx(bytes: Uint8Array): OnnxModel {
  // Loaded when it is needed: importing the package shall take no longer for it.
  const protobuf = require("protobufjs/minimal") as typeof import("protobufjs/minimal");
  try {
    const model = readModel(protobuf.Reader.create(bytes));
    if (model) return model;
  } catch (error) {
    if (error instanceof ArgumentError) throw error;
    throw notOnnx(`${(error as Error).message}`);
  }
  throw notOnnx("there is no graph in it");
}

function notOnnx(why: string): ArgumentError {
  return new ArgumentError({
    call: "networkFromOnnx",
    argument: "bytes",
    expected: "an ONNX file",
    received: why,
    receivedAs: `something else (${why})`,
  });
}

/** Calls the handler of each field of a message; fields without one are skipped, unread. */
function fields(
  reader: Reader,
  end: number,
  handlers: Readonly<Record<number, (wireType: number) => void>>,
): void {
  while (reader.pos < end) {
    const tag = reader.uint32();
    const handle = handlers[tag >>> 3];
    if (handle) handle(tag & 7);
    else reader.skipType(tag & 7);
  }
}

/** The end of the message that begins here. */
function endOf(reader: Reader): number {
  const length = reader.uint32();
  if (reader.pos + length > reader.len) throw new RangeError("it is cut off");
  return reader.pos + length;
}

function readModel(reader: Reader): OnnxModel | undefined {
  let producer = "";
  let graph: Graph | undefined;
  fields(reader, reader.len, {
    2: () => (producer = reader.string()),
    7: () => (graph = readGraph(reader)),
  });
  return graph && { producer, ...graph, nodes: graph.nodes.map(withInner) };
}

function readGraph(reader: Reader): Graph {
  const nodes: OnnxNode[] = [];
  const constants = new Map<string, Constant>();
  const inputs: OnnxValue[] = [];
  const outputs: OnnxValue[] = [];
  const values: OnnxValue[] = [];
  fields(reader, endOf(reader), {
    1: () => {
      nodes.push(readNode(reader));
      if (nodes.length > MOST_NODES) throw notOnnx(`it has more than ${MOST_NODES} operations`);
    },
    5: () => {
      const { name, constant } = readTensor(reader);
      constants.set(name, { ...constant, source: name });
    },
    11: () => inputs.push(readValue(reader)),
    12: () => outputs.push(readValue(reader)),
    13: () => values.push(readValue(reader)),
  });
  const shapes = new Map<string, readonly Dimension[]>();
  for (const { name, shape } of [...values, ...outputs]) if (shape) shapes.set(name, shape);
  return {
    nodes,
    constants,
    inputs: inputs.filter(({ name }) => !constants.has(name)), // before IR version 4 weights are inputs too
    outputs,
    shapes,
  };
}

function readNode(reader: Reader): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, Attribute>();
  let [name, type, domain] = ["", "", ""];
  fields(reader, endOf(reader), {
    1: () => inputs.push(reader.string()),
    2: () => outputs.push(reader.string()),
    3: () => (name = reader.string()),
    4: () => (type = reader.string()),
    5: () => readAttribute(reader, attributes),
    7: () => (domain = reader.string()),
  });
  return { name, type, domain: domain === "ai.onnx" ? "" : domain, inputs, outputs, attributes };
}

function readAttribute(reader: Reader, attributes: Map<string, Attribute>): void {
  const floats: number[] = [];
  const integers: number[] = [];
  let name = "";
  const graphs: Graph[] = [];
  let rest: Pick<Attribute, "float" | "integer" | "text" | "tensor"> = {};
  fields(reader, endOf(reader), {
    1: () => (name = reader.string()),
    2: () => (rest = { ...rest, float: reader.float() }),
    3: () => (rest = { ...rest, integer: integer(reader) }),
    4: () => (rest = { ...rest, text: reader.string() }),
    5: () => (rest = { ...rest, tensor: readTensor(reader).constant }),
    6: () => graphs.push(readGraph(reader)),
    7: (wireType) => repeated(reader, wireType, () => floats.push(reader.float())),
    8: (wireType) => repeated(reader, wireType, () => integers.push(integer(reader))),
  });
  attributes.set(name, { ...rest, floats, integers, ...(graphs.length > 0 && { graphs }) });
}

/** The node with what the graphs in it read and own, however deep they lie in each other. */
function withInner(node: OnnxNode): OnnxNode {
  const graphs = graphsOf(node);
  if (graphs.length === 0) return node;
  const within = { reads: [], params: 0 };
  for (const graph of graphs) addTo(within, graph);
  return { ...node, within };
}

/** Into one list: a copy for each level would take the square of a file's size. */
function addTo(
  within: { reads: string[]; params: number },
  { nodes, constants, outputs }: Graph,
): void {
  for (const { inputs } of nodes) for (const input of inputs) within.reads.push(input);
  for (const { name } of outputs) within.reads.push(name);
  const literals = nodes.flatMap(({ attributes }) => attributes.get("value")?.tensor ?? []);
  for (const { whole, shape } of [...constants.values(), ...literals]) {
    const size = whole ? 0 : sizeOf(shape);
    if (size > 1) within.params += size;
  }
  for (const node of nodes) for (const graph of graphsOf(node)) addTo(within, graph);
}

const graphsOf = ({ attributes }: OnnxNode): Graph[] =>
  [...attributes.values()].flatMap(({ graphs }) => graphs ?? []);

function readTensor(reader: Reader): { name: string; constant: Constant } {
  const shape: number[] = [];
  const typed: number[] = [];
  let name = "";
  let dataType = 0;
  let raw: { start: number; end: number } | undefined;
  const end = endOf(reader);
  const few = (wireType: number, read: () => number) =>
    repeated(reader, wireType, () => {
      const value = read();
      if (typed.length <= MOST_VALUES) typed.push(value);
    });
  fields(reader, end, {
    1: (wireType) => repeated(reader, wireType, () => shape.push(integer(reader))),
    2: () => (dataType = reader.int32()),
    4: (wireType) => few(wireType, () => reader.float()),
    5: (wireType) => few(wireType, () => reader.int32()),
    7: (wireType) => few(wireType, () => integer(reader)),
    8: () => (name = reader.string()),
    9: () => {
      const stop = endOf(reader);
      raw = { start: reader.pos, end: stop };
      reader.skip(stop - reader.pos);
    },
    10: (wireType) => few(wireType, () => reader.double()),
  });
  const size = shape.reduce((product, n) => product * n, 1);
  const whole = WHOLE_TYPES.has(dataType);
  if (size > MOST_VALUES) return { name, constant: { shape, whole } };
  const values = raw ? rawValues(reader.buf.subarray(raw.start, raw.end), dataType, size) : typed;
  return { name, constant: { shape, whole, ...(values?.length === size && { values }) } };
}

/** Of TensorProto.DataType: int32, int64, bool. */
const WHOLE_TYPES: ReadonlySet<number> = new Set([6, 7, 9]);

/** The little-endian values of the types that sizes, axes and limits have. */
function rawValues(bytes: Uint8Array, dataType: number, size: number): number[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const readers: Record<number, readonly [width: number, read: (offset: number) => number]> = {
    1: [4, (offset) => view.getFloat32(offset, true)],
    6: [4, (offset) => view.getInt32(offset, true)],
    7: [8, (offset) => Number(view.getBigInt64(offset, true))],
    9: [1, (offset) => view.getUint8(offset)],
    11: [8, (offset) => view.getFloat64(offset, true)],
  };
  const known = readers[dataType];
  if (!known || bytes.byteLength !== size * known[0]) return undefined;
  return Array.from({ length: size }, (_, i) => known[1](i * known[0]));
}

function readValue(reader: Reader): OnnxValue {
  let name = "";
  let shape: Dimension[] | undefined;
  fields(reader, endOf(reader), {
    1: () => (name = reader.string()),
    2: () =>
      fields(reader, endOf(reader), {
        1: () => fields(reader, endOf(reader), { 2: () => (shape = readShape(reader)) }),
      }),
  });
  return { name, shape };
}

function readShape(reader: Reader): Dimension[] {
  const dimensions: Dimension[] = [];
  fields(reader, endOf(reader), {
    1: () => {
      let dimension: Dimension = "?";
      fields(reader, endOf(reader), {
        1: () => (dimension = integer(reader)),
        2: () => (dimension = reader.string()),
      });
      dimensions.push(dimension);
    },
  });
  return dimensions;
}

/** Numbers of a repeated field, packed into one or each with a tag of its own. */
function repeated(reader: Reader, wireType: number, read: () => void): void {
  if (wireType !== 2) return read();
  const end = endOf(reader);
  while (reader.pos < end) read();
}

function integer(reader: Reader): number {
  const value = reader.int64() as unknown as number | { toNumber(): number };
  return typeof value === "number" ? value : value.toNumber();
}
