import { asTheyAre, type Finish, finishOf } from "../../engine";
import { type Maps, Program } from "../../engine/program";
import type { Layer, Network, OperationKind } from "../../network";
import { weightsFor } from "../requireWeights";
import type { LayerWeights, NetworkWeights } from "../NetworkWeights";
import { type Affine, affineOf, after, isMild } from "./affine";

/** What the layers behind one do to its values that the same kernel can do before it stores them. */
export interface Chain {
  /** The last layer of them, whose output is stored. */
  tail: Layer;
  /** Scaling and shifting by channel, which goes into filters and biases. */
  affine?: Affine;
  /** Maps that are added, after the scaling. */
  added?: Layer;
  finish: Finish;
}

/**
 * A network on its way to a program: which layers are computed, where their outputs lie, and which of them another
 * layer's kernel does along with its own.
 */
export class Builder {
  readonly program = new Program();
  private readonly maps = new Map<Layer, Maps>();
  private readonly consumers = new Map<Layer, Layer[]>();
  /** The concatenations into which layers write, and behind which of their channels. */
  private readonly slices = new Map<Layer, { concat: Layer; offset: number }>();
  /** The outputs that nothing else lies beside or inside, so that they may be overwritten by their only reader. */
  private readonly exclusive = new Set<Layer>();
  private readonly done = new Set<Layer>();

  /**
   * @param layers those that are computed, each behind its inputs
   * @param wanted those whose output is wanted, which must be stored as they are
   */
  constructor(
    network: Network,
    readonly layers: readonly Layer[],
    private readonly wanted: ReadonlySet<Layer>,
    private readonly weights: NetworkWeights,
    readonly winograd: boolean,
  ) {
    for (const layer of layers)
      for (const input of new Set(layer.inputs))
        this.consumers.set(input, [...(this.consumers.get(input) ?? []), layer]);
    for (const layer of layers) if (layer.operation.kind === "concat") this.assignSlices(layer);
    for (const input of Object.values(network.inputs)) {
      const maps = this.output(input);
      this.exclusive.delete(input); // it is there once, for all that read it
      this.program.keepFromStart(maps);
    }
  }

  weightsOf(layer: Layer): LayerWeights {
    return weightsFor(this.weights, layer);
  }

  isDone(layer: Layer): boolean {
    return this.done.has(layer);
  }

  /** Where the output of a layer lies that has been computed. */
  mapsOf(layer: Layer): Maps {
    return this.maps.get(layer)!;
  }

  /** Says that the output of a layer is other maps, of the same numbers. */
  alias(layer: Layer, maps: Maps): void {
    for (const input of layer.inputs) this.exclusive.delete(input);
    this.maps.set(layer, maps);
    this.done.add(layer);
    if (this.wanted.has(layer)) this.program.keepToEnd(maps);
  }

  /** Maps for the output of a layer: in the slice that a concatenation has for it, or in a buffer of their own. */
  output(layer: Layer): Maps {
    const slice = this.slices.get(layer);
    if (slice) return this.finish(layer, this.within(slice, layer));
    const [height, width, channels] = shapeOf(layer);
    this.exclusive.add(layer);
    return this.finish(layer, this.program.newMaps(height, width, channels));
  }

  /** Maps for the output of a layer that may be written over those of an input, if nothing else needs them. */
  outputOver(layer: Layer, input: Layer): Maps {
    const maps = this.mapsOf(input);
    const free =
      this.exclusive.has(input) &&
      !this.wanted.has(input) &&
      this.consumers.get(input)!.every((consumer) => consumer === layer || this.done.has(consumer));
    if (!free || this.slices.has(layer)) return this.output(layer);
    this.exclusive.delete(input);
    this.exclusive.add(layer);
    return this.finish(layer, maps);
  }

  private finish(layer: Layer, maps: Maps): Maps {
    this.maps.set(layer, maps);
    this.done.add(layer);
    if (this.wanted.has(layer)) this.program.keepToEnd(maps);
    return maps;
  }

  /** The maps of a concatenation, whether its inputs have been computed or not. */
  concatenated(concat: Layer): Maps {
    return this.maps.get(concat) ?? this.reserveConcat(concat);
  }

  private reserveConcat(concat: Layer): Maps {
    const slice = this.slices.get(concat);
    const [height, width, channels] = shapeOf(concat);
    const maps = slice ? this.within(slice, concat) : this.program.newMaps(height, width, channels);
    this.maps.set(concat, maps);
    if (this.wanted.has(concat)) this.program.keepToEnd(maps);
    return maps;
  }

  private within({ concat, offset }: { concat: Layer; offset: number }, layer: Layer): Maps {
    const whole = this.concatenated(concat);
    return { ...whole, offset: whole.offset + offset, channels: shapeOf(layer)[2] };
  }

  /** Whether an input of a concatenation is written where the concatenation has it. */
  isStoredIn(input: Layer, concat: Layer, offset: number): boolean {
    const slice = this.slices.get(input);
    return slice?.concat === concat && slice.offset === offset;
  }

  markDone(layer: Layer): void {
    this.done.add(layer);
  }

  private assignSlices(concat: Layer): void {
    let offset = 0;
    for (const input of concat.inputs) {
      const isOwn = !lyingElsewhere.has(input.operation.kind);
      if (isOwn && !this.slices.has(input)) this.slices.set(input, { concat, offset });
      offset += shapeOf(input)[2];
    }
  }

  /**
   * The layers behind one that its kernel can do along with it: each is the only reader of the one before, which
   * nobody wants. First those that scale channels, then an addition, then an activation.
   *
   * @param can what the kernel can do
   */
  chain(head: Layer, can: { affine: boolean; add: boolean }): Chain {
    const chain: Chain = { tail: head, finish: asTheyAre };
    for (;;) {
      const { tail } = chain;
      const readers = this.consumers.get(tail) ?? [];
      if (readers.length !== 1 || this.wanted.has(tail)) return chain;
      const [next] = readers;
      if (!this.absorb(chain, next, can)) return chain;
      this.done.add(tail);
      chain.tail = next;
      if (next.operation.kind === "activation") return chain;
    }
  }

  private absorb(chain: Chain, next: Layer, can: { affine: boolean; add: boolean }): boolean {
    const { operation } = next;
    if (operation.kind === "dropout") return true;
    if (operation.kind === "activation") {
      const finish = finishOf(operation.function);
      if (finish) chain.finish = finish;
      return finish !== undefined;
    }
    if (operation.kind === "add" || operation.kind === "scaledAdd")
      return can.add && !chain.added && this.absorbAddition(chain, next);
    if (chain.added || !can.affine) return false;
    const affine = affineOf(next, this.weightsOf(next));
    if (!affine) return false;
    const both = chain.affine ? after(chain.affine, affine) : affine;
    if (!isMild(both)) return false;
    chain.affine = both;
    return true;
  }

  private absorbAddition(chain: Chain, next: Layer): boolean {
    if (next.inputs.length !== 2 || next.inputs[0] === next.inputs[1]) return false;
    const [other] = next.inputs.filter((input) => input !== chain.tail);
    if (!this.done.has(other) || !this.maps.has(other)) return false;
    if (next.operation.kind === "scaledAdd") {
      if (next.inputs[1] !== chain.tail) return false;
      const channels = shapeOf(next)[2];
      const scale = new Float64Array(channels).fill(next.operation.scale);
      const affine = { factors: scale, shifts: new Float64Array(channels) };
      chain.affine = chain.affine ? after(chain.affine, affine) : affine;
    }
    chain.added = other;
    return true;
  }
}

/** Layers whose output is, or is filled as, a block of memory that no concatenation can have chosen. */
const lyingElsewhere: ReadonlySet<OperationKind> = new Set([
  "input",
  "slice",
  "flatten",
  "dropout",
  "zeroPad",
] as const);

/** [h, w, c]; a vector is one pixel. */
export function shapeOf({ shape }: Layer): readonly number[] {
  return shape.length === 3 ? shape : [1, 1, shape[0]];
}
