import { layers, type SymbolicTensor } from "../../network";
import { ArgumentError, sizeOf } from "../../tensor";
import type { Constant, OnnxModel, OnnxNode } from "./OnnxModel";
import { type Flow, flow, shapeFrom, sizesOf, type Value } from "./values";

/** Of these, constants are settings: where to sample, how much to enlarge. */
const OWNS_NOTHING: ReadonlySet<string> = new Set(["Resize", "Upsample", "GridSample", "Pad"]);

/** What is known while the nodes of a file are gone through, in their order. */
export class Scope {
  private readonly values = new Map<string, Value>();
  private readonly consumers = new Map<string, OnnxNode[]>();
  private readonly fused = new Set<OnnxNode>();
  /** The layers that use each weight, and how many numbers it has. */
  readonly uses = new Map<string, { size: number; nodes: Set<OnnxNode> }>();
  /** Images that the file is made for at once; 1 where it leaves that open. */
  readonly batch: number;

  constructor(private readonly model: OnnxModel) {
    for (const [name, constant] of model.constants)
      this.values.set(name, { kind: "known", constant });
    for (const node of model.nodes)
      for (const input of new Set([...node.inputs, ...(node.within?.reads ?? [])])) {
        const consumers = this.consumers.get(input);
        if (consumers) consumers.push(node);
        else this.consumers.set(input, [node]);
      }
    const size = model.inputs[0]?.shape?.[0];
    this.batch = typeof size === "number" && size > 1 ? size : 1;
  }

  /** Whether something is known of the value of this name. */
  has(name: string): boolean {
    return this.values.has(name);
  }

  /** Whether a node or the file's reader takes the value of this name. */
  isTaken(name: string): boolean {
    return this.consumers.has(name) || this.model.outputs.some((output) => output.name === name);
  }

  set(name: string, value: Value): void {
    this.values.set(name, value);
  }

  /** Whether a layer before it has done this node's work already. */
  isFused(node: OnnxNode): boolean {
    return this.fused.has(node);
  }

  /** Input i of a node; undefined where it is left out. */
  input(node: OnnxNode, i: number): Value | undefined {
    const name = node.inputs[i];
    if (name === undefined || name === "") return undefined;
    const value = this.values.get(name);
    if (value) return value;
    throw this.refused(node, `its input ${JSON.stringify(name)} comes out of no node before it`);
  }

  /** Input i, which flows; undefined where it is a constant or something else. */
  flow(node: OnnxNode, i: number): Flow | undefined {
    const value = this.input(node, i);
    if (value?.kind === "scaled") {
      const made = this.flowOf(node, value);
      this.set(node.inputs[i], made); // once, though several take it
      return made;
    }
    return value?.kind === "flow" ? value : undefined;
  }

  /** Input i as constant. */
  constant(node: OnnxNode, i: number): Constant | undefined {
    const value = this.input(node, i);
    return value?.kind === "known" ? value.constant : undefined;
  }

  /** The constant of this name. */
  constantOf(name: string): Constant | undefined {
    const value = this.values.get(name);
    return value?.kind === "known" ? value.constant : undefined;
  }

  /** Input i of a layer as its weight, whose uses are counted. */
  weight(node: OnnxNode, i: number): Constant | undefined {
    const constant = this.constant(node, i);
    if (constant?.source !== undefined) {
      const used = this.uses.get(constant.source);
      if (used) used.nodes.add(node);
      else this.uses.set(constant.source, { size: sizeOf(constant.shape), nodes: new Set([node]) });
    }
    return constant;
  }

  /** The only node that takes what this one puts out; undefined where there are several, or the file's reader does. */
  onlyConsumer(node: OnnxNode): OnnxNode | undefined {
    const [output] = node.outputs;
    const consumers = this.consumers.get(output) ?? [];
    const isOutput = this.model.outputs.some(({ name }) => name === output);
    return consumers.length === 1 && !isOutput ? consumers[0] : undefined;
  }

  /** The only node that takes what this one puts out, where its other input is the value of this name. */
  onlyConsumerBeside(node: OnnxNode, other: string): OnnxNode | undefined {
    const next = this.onlyConsumer(node);
    return next?.inputs.includes(other) ? next : undefined;
  }

  /** An axis counted from the front, whichever end it is given from. */
  axis(node: OnnxNode, axis: number, rank: number): number {
    const counted = axis < 0 ? axis + rank : axis;
    if (Number.isInteger(counted) && counted >= 0 && counted < rank) return counted;
    throw this.refused(node, `axis ${axis} of a tensor of ${rank} axes`);
  }

  /** Takes a node's work over: its output is this value. */
  fuse(node: OnnxNode, value: Value): void {
    this.fused.add(node);
    this.set(node.outputs[0], value);
  }

  /** The shape that the file gives for a value, for one image; undefined where its first axis is not that of images. */
  declaredShape(name: string, axes?: Flow["axes"]): number[] | undefined {
    const declared = this.model.shapes.get(name);
    const images = declared?.[0];
    if (typeof images === "number" && images > 1 && images !== this.batch) return undefined;
    const sizes = declared?.map((size, axis) => (axis === 0 ? 1 : size));
    if (!sizes?.every((size): size is number => typeof size === "number" && size > 0))
      return undefined;
    return shapeFrom(sizes, axes);
  }

  /** A tensor out of a value that was taken for something special. */
  flowOf(node: OnnxNode, value: Value): Flow {
    if (value.kind === "flow") return value;
    if (value.kind === "scaled")
      return flow(
        unknownLayer("Mul by a number", value.flow.tensor.shape, 0, [value.flow]),
        value.flow.axes,
      );
    throw this.refused(node, "it is given something that is no tensor of maps or of features");
  }

  /**
   * A layer of which only the shapes are known. Its shape is given, or stands in the file; where neither, the
   * description ends here.
   */
  unknown(node: OnnxNode, shape?: readonly number[]): Flow {
    const read = (node.within?.reads ?? []).flatMap((name) => this.values.get(name) ?? []);
    const captured = read.flatMap((value) => (value.kind === "flow" ? value : []));
    const inputs = [...node.inputs.flatMap((_, i) => this.flow(node, i) ?? []), ...captured];
    if (inputs.length === 0)
      throw this.refused(node, "none of its inputs is a tensor of the network");
    const [{ axes }] = inputs;
    const output = shape ?? this.declaredShape(node.outputs[0], axes);
    if (!output)
      throw this.refused(
        node,
        `it is not known here, and the file does not say what shape it puts out (or one that is neither maps nor a vector)`,
        "onnx.shape_inference.infer_shapes(model) writes shapes into a file.",
      );
    const params = OWNS_NOTHING.has(node.type) ? 0 : this.paramsOf(node);
    const type = node.domain === "" ? node.type : `${node.domain}.${node.type}`;
    const tensor = unknownLayer(type, output, params, inputs);
    return flow(tensor, tensor.shape.length === 3 && axes.length === 4 ? axes : undefined);
  }

  /** Weights are vectors and matrices of fractions; single numbers are settings, whole ones sizes. */
  private paramsOf(node: OnnxNode): number {
    const constants = node.inputs.map((_, i) => this.constant(node, i));
    const quantised = /^QLinear|Integer$/.test(node.type);
    const owned = (constant: Constant | undefined) => {
      const size = sizeOf(constant?.shape ?? []);
      const isWeight = constant?.source !== undefined && (quantised || !constant.whole);
      return isWeight && size > 1 ? size : 0;
    };
    let params = node.within?.params ?? 0;
    constants.forEach((constant, i) => {
      const size = owned(constant);
      if (size > 0) this.weight(node, i);
      params += size;
    });
    for (const name of new Set(node.within?.reads)) params += owned(this.constantOf(name));
    return params;
  }

  /** The same where each value comes out of the one at its index. */
  unknownElementwise(node: OnnxNode): Flow {
    const inputs = node.inputs.flatMap((_, i) => this.flow(node, i) ?? []);
    return this.unknown(node, broadcast(inputs));
  }

  refused(node: OnnxNode, why: string, remedy?: string): ArgumentError {
    const name = node.name || node.outputs[0];
    return new ArgumentError({
      call: "networkFromOnnx",
      argument: `the node ${JSON.stringify(name)} (${node.type})`,
      expected: "one that can be described in a network of maps and vectors",
      received: why,
      receivedAs: `one that cannot: ${why}`,
      remedy,
    });
  }
}

function unknownLayer(
  type: string,
  shape: readonly number[],
  params: number,
  inputs: readonly Flow[],
): SymbolicTensor {
  return layers.unknown({ type, shape, params })(...inputs.map(({ tensor }) => tensor));
}

/** The shape of values that are combined one by one, where sizes of 1 are repeated; undefined where they do not fit. */
function broadcast(inputs: readonly Flow[]): number[] | undefined {
  const [first] = inputs;
  if (!first || inputs.some(({ axes }) => axes.join() !== first.axes.join())) return undefined;
  const all = inputs.map(sizesOf);
  const sizes = all[0].map((_, axis) => Math.max(...all.map((one) => one[axis])));
  const fit = all.every((one) => one.every((n, axis) => n === 1 || n === sizes[axis]));
  return fit ? shapeFrom(sizes, first.axes) : undefined;
}
