/** What of an ONNX file describes a network: names, operations and shapes. Weights stay unread. */
export interface OnnxModel extends Graph {
  readonly producer: string;
}

/** The whole of it, or the part that an If, Loop or Scan runs. */
export interface Graph {
  readonly nodes: readonly OnnxNode[];
  readonly constants: ReadonlyMap<string, Constant>;
  /** What the graph is given, constants apart. */
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** The shapes that the file gives for what flows between nodes. */
  readonly shapes: ReadonlyMap<string, readonly Dimension[]>;
}

export interface OnnxNode {
  readonly name: string;
  readonly type: string;
  /** `""` for ONNX's own operations. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** What the graphs within an If, Loop or Scan read and own; of the outermost graph's nodes alone. */
  readonly within?: Within | undefined;
}

export interface Within {
  /** Names that inner nodes read; those of the outer graph are among them. */
  readonly reads: readonly string[];
  /** Numbers that the inner graphs own. */
  readonly params: number;
}

export interface OnnxValue {
  readonly name: string;
  readonly shape: readonly Dimension[] | undefined;
}

/** A number, or the name of a size that the file leaves open. */
export type Dimension = number | string;

export interface Attribute {
  readonly float?: number;
  readonly integer?: number;
  readonly text?: string;
  readonly floats: readonly number[];
  readonly integers: readonly number[];
  readonly tensor?: Constant;
  readonly graphs?: readonly Graph[];
}

export interface Constant {
  readonly shape: readonly number[];
  /** Its values, where there are few of them: sizes, axes, pads. */
  readonly values?: readonly number[] | undefined;
  /** Whether its values are whole by type, so that a quotient is cut off. */
  readonly whole?: boolean;
  /** The initializer it came from, for weights that two nodes share. */
  readonly source?: string | undefined;
}
