import { ArgumentError, type ArgumentProblem } from "../tensor";
import type { Layer, Operation, Weight } from "./description";
import { formatShape } from "./format";
import { requireName } from "./requireName";

/**
 * What flows between layers while a network is described: no numbers, only the shape they will have and
 * the layer they come out of.
 */
export class SymbolicTensor {
  constructor(
    readonly layer: Layer,
    readonly graph: Graph,
  ) {}

  /** [h, w, c] for maps, [n] for a vector. */
  get shape(): readonly number[] {
    return this.layer.shape;
  }
}

/**
 * A part of a network: from one symbolic tensor to another. Layers, blocks and whole nets all are, and
 * so is any function you write.
 */
export type Module = (x: SymbolicTensor) => SymbolicTensor;

/** A description that does not fit, with the path in the network and the shapes that came in. */
export class NetworkError extends ArgumentError {
  constructor(
    problem: ArgumentProblem,
    /** Where: the network's name and the layer's path. */
    readonly path: string,
    readonly inputShapes: readonly (readonly number[])[],
  ) {
    super(problem);
    this.name = "NetworkError";
    this.message = `${path}: ${this.message} (Input ${inputShapes.map(formatShape).join(" and ")}.)`;
  }
}

/** What one layer function decides; the graph adds the name and the path. */
export interface LayerDraft {
  operation: Operation;
  shape: readonly number[];
  weights?: readonly Weight[];
}

/**
 * The layers described so far, in order, and the blocks that are open. One graph belongs to one call of
 * `network`, and nobody sees it afterwards.
 */
export class Graph {
  readonly layers: Layer[] = [];
  readonly auxiliaryOutputs: Layer[] = [];
  private blocks: readonly string[] = [];
  /** The open blocks as the beginning of a path: `"conv3_1/"`. */
  private prefix = "";
  private auxiliaryDepth = 0;
  /** Layers that lend their weights to those made from an index on, one after the other. */
  private lending: { readonly lenders: readonly Layer[]; readonly from: number } | undefined;
  /** In the open block, how often each name was wanted. */
  private names = new Map<string, number>();

  constructor(readonly networkName: string) {}

  /**
   * Adds the layer that `draft` decides on. An ArgumentError from there gets the path and the input shapes.
   *
   * @param call the function of `layers` that is being used; also the stem of a name that was not given
   */
  add(
    call: string,
    givenName: string | undefined,
    inputs: readonly SymbolicTensor[],
    draft: () => LayerDraft,
  ): SymbolicTensor {
    if (givenName !== undefined) requireName(`layers.${call}`, "name", givenName);
    const name = this.uniqueName(givenName ?? call, givenName === undefined);
    const path = this.prefix + name;
    const { operation, shape, weights, sharesWith } = this.decide(call, path, inputs, () => {
      const decided = draft();
      const own = decided.weights ?? [];
      return { ...decided, weights: own, sharesWith: this.lenderFor(call, own) };
    });
    const layer: Layer = {
      index: this.layers.length,
      name,
      blocks: this.blocks,
      path,
      operation,
      inputs: inputs.map((input) => input.layer),
      shape,
      weights,
      ...(sharesWith && { sharesWith }),
      auxiliary: this.auxiliaryDepth > 0,
    };
    this.layers.push(layer);
    return new SymbolicTensor(layer, this);
  }

  /** Runs `body`, whose layers then belong to a block of this name. */
  within<T>(name: string, body: () => T): T {
    const { blocks, prefix, names } = this;
    const unique = this.uniqueName(name, false);
    this.blocks = [...blocks, unique];
    this.prefix = `${prefix}${unique}/`;
    this.names = new Map();
    try {
      return body();
    } finally {
      this.blocks = blocks;
      this.prefix = prefix;
      this.names = names;
    }
  }

  /** Runs `body`, whose layers then use the weights of these, one after the other. */
  sharing<T>(lenders: readonly Layer[], body: () => T): T {
    const before = this.lending;
    this.lending = { lenders, from: this.layers.length };
    try {
      return body();
    } finally {
      this.lending = before;
    }
  }

  /** Runs `head`, whose layers then count as auxiliary and whose end is an output of its own. */
  auxiliary(head: () => SymbolicTensor): void {
    this.auxiliaryDepth++;
    try {
      this.auxiliaryOutputs.push(head().layer);
    } finally {
      this.auxiliaryDepth--;
    }
  }

  private lenderFor(call: string, weights: readonly Weight[]): Layer | undefined {
    if (!this.lending || weights.length === 0) return undefined;
    const lender = this.lending.lenders[this.layers.length - this.lending.from];
    const described = (list: readonly Weight[]) =>
      list.map(({ name, shape }) => `${name} ${formatShape(shape)}`).join(", ");
    if (lender && described(lender.weights) === described(weights))
      return lender.sharesWith ?? lender;
    throw new ArgumentError({
      call,
      argument: "shared weights",
      expected: lender
        ? `${described(lender.weights)}, as they were the first time`
        : "made the first time",
      received: weights,
      receivedAs: described(weights),
      remedy:
        "What is shared must make the same layers each time, of inputs with as many channels.",
    });
  }

  private decide<Draft extends LayerDraft>(
    call: string,
    path: string,
    inputs: readonly SymbolicTensor[],
    draft: () => Draft,
  ): Draft {
    try {
      for (const input of inputs) this.requireOwn(call, input);
      return draft();
    } catch (error) {
      if (!(error instanceof ArgumentError)) throw error;
      const problem = { ...error.problem, call: `layers.${call}` };
      const shapes = inputs.map((input) => input.shape);
      throw new NetworkError(problem, `${this.networkName}/${path}`, shapes);
    }
  }

  private requireOwn(call: string, input: SymbolicTensor): void {
    if (input.graph === this) return;
    const expected = "a symbolic tensor of the same network";
    const receivedAs = `one of "${input.graph.networkName}"`;
    throw new ArgumentError({ call, argument: "input", expected, received: input, receivedAs });
  }

  /** `conv1`, `conv2`, ... for names of our own choice; `stem`, `stem_2`, ... for given ones. */
  private uniqueName(stem: string, numbered: boolean): string {
    const { names } = this;
    for (let count = (names.get(stem) ?? 0) + 1; ; count++) {
      const name = numbered ? stem + count : count === 1 ? stem : `${stem}_${count}`;
      names.set(stem, count);
      if (name === stem) return name;
      if (names.has(name)) continue;
      names.set(name, 1);
      return name;
    }
  }
}
