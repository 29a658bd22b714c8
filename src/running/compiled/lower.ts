import type { Conv2dShape } from "../../arithmetic";
import * as kernels from "../../kernels";
import {
  addConvolution,
  addCopy,
  addLocalResponseNorm,
  addMapping,
  addPooling,
  addReduction,
  addSoftmax,
  addTransposedConvolution,
  addZeros,
  isWhole,
  type Maps,
} from "../../engine/program";
import { asTheyAre, finishOf, onePixelImages } from "../../engine";
import type { Layer, Operation, OperationKind, OperationOf } from "../../network";
import { Tensor } from "../../tensor";
import { forward } from "../forward";
import {
  type Affine,
  affineOf,
  after,
  float32,
  scaledBias,
  scaledFilter,
  scaledTransposedFilter,
} from "./affine";
import { type Builder, type Chain, shapeOf } from "./Builder";

type Lowering<O extends Operation> = (builder: Builder, layer: Layer, operation: O) => void;

/** Adds the steps of a layer to the program, and those of the layers that its kernel does along with it. */
export function lower(builder: Builder, layer: Layer): void {
  const lowering = lowerings[layer.operation.kind] as Lowering<Operation> | undefined;
  if (lowering) lowering(builder, layer, layer.operation);
  else lowerForeign(builder, layer);
}

const lowerings: { readonly [K in OperationKind]?: Lowering<OperationOf<K>> } = {
  input: () => {},
  conv(builder, layer, { filters, groups, window }) {
    const x = builder.mapsOf(layer.inputs[0]);
    const shape = {
      batch: 1,
      inputChannels: x.channels,
      outputChannels: filters,
      groups,
      window,
    };
    const depthwise = groups > 1 && groups === x.channels && groups === filters;
    lowerProduct(builder, layer, shape, builder.weightsOf(layer).filter!, !depthwise);
  },
  dense(builder, layer, { units }) {
    const shape = onePixelImages(1, layer.inputs[0].shape[0], units);
    lowerProduct(builder, layer, shape, builder.weightsOf(layer).matrix!, true);
  },
  transposedConv(builder, layer, { filters, groups, window }) {
    const x = builder.mapsOf(layer.inputs[0]);
    const { filter, bias } = builder.weightsOf(layer);
    const chain = builder.chain(layer, { affine: true, add: false });
    addTransposedConvolution(builder.program, {
      shape: { batch: 1, inputChannels: filters, outputChannels: x.channels, groups, window },
      x,
      y: builder.output(chain.tail),
      filter: chain.affine ? scaledTransposedFilter(filter!, chain.affine) : float32Of(filter!),
      bias: biasOf(bias, chain.affine),
      finish: chain.finish,
      winograd: false,
    });
  },
  pool(builder, layer, operation) {
    const x = builder.mapsOf(layer.inputs[0]);
    addPooling(builder.program, operation.window, operation, x, builder.output(layer));
  },
  globalPool(builder, layer, { mode }) {
    const x = builder.mapsOf(layer.inputs[0]);
    addReduction(builder.program, mode, x, builder.output(layer));
  },
  adaptivePool(builder, layer, { mode }) {
    const x = builder.mapsOf(layer.inputs[0]);
    addReduction(builder.program, mode, x, builder.output(layer));
  },
  batchNorm: lowerAffine,
  channelScale: lowerAffine,
  inputNorm: lowerAffine,
  localResponseNorm(builder, layer, operation) {
    const x = builder.mapsOf(layer.inputs[0]);
    addLocalResponseNorm(builder.program, operation, x, builder.output(layer));
  },
  activation(builder, layer, operation) {
    const [input] = layer.inputs;
    const x = builder.mapsOf(input);
    const finish = finishOf(operation.function);
    if (operation.function === "softmax") addSoftmax(builder.program, x, builder.output(layer));
    else if (finish)
      addMapping(builder.program, { kind: "copy" }, x, builder.outputOver(layer, input), finish);
    else lowerForeign(builder, layer);
  },
  dropout: (builder, layer) => builder.alias(layer, builder.mapsOf(layer.inputs[0])),
  add(builder, layer) {
    const [first, ...others] = layer.inputs;
    const { tail, finish } = builder.chain(layer, { affine: false, add: false });
    // Written over, the first could not be added once more.
    const isReadAgain = others.slice(1).includes(first);
    const y = isReadAgain ? builder.output(tail) : builder.outputOver(tail, first);
    others.forEach((other, i) => {
      const second = builder.mapsOf(other);
      const x = i === 0 ? builder.mapsOf(first) : y;
      const isLast = i === others.length - 1;
      const mapping = { kind: "add", second, scale: 1 } as const;
      addMapping(builder.program, mapping, x, y, isLast ? finish : asTheyAre);
    });
  },
  scaledAdd(builder, layer, { scale }) {
    const [first, second] = layer.inputs;
    const { tail, finish } = builder.chain(layer, { affine: false, add: false });
    const x = builder.mapsOf(first);
    const mapping = { kind: "add", second: builder.mapsOf(second), scale } as const;
    addMapping(builder.program, mapping, x, builder.outputOver(tail, first), finish);
  },
  multiply(builder, layer) {
    const [first, gate] = layer.inputs;
    const { tail, finish } = builder.chain(layer, { affine: false, add: false });
    const x = builder.mapsOf(first);
    const mapping = { kind: "multiply", second: builder.mapsOf(gate) } as const;
    addMapping(builder.program, mapping, x, builder.outputOver(tail, first), finish);
  },
  concat(builder, layer) {
    const y = builder.concatenated(layer);
    let offset = 0;
    for (const input of layer.inputs) {
      const x = builder.mapsOf(input);
      const target = { ...y, offset: y.offset + offset, channels: x.channels };
      if (!builder.isStoredIn(input, layer, offset)) addCopy(builder.program, x, target);
      offset += x.channels;
    }
    builder.markDone(layer);
  },
  slice(builder, layer, { from, to }) {
    const x = builder.mapsOf(layer.inputs[0]);
    builder.alias(layer, { ...x, offset: x.offset + from, channels: to - from });
  },
  channelShuffle(builder, layer, { groups }) {
    const x = builder.mapsOf(layer.inputs[0]);
    addCopy(builder.program, x, builder.output(layer), { groups });
  },
  zeroPad(builder, layer, { padding: [[top], [left], [before]] }) {
    const x = builder.mapsOf(layer.inputs[0]);
    const y = builder.output(layer);
    addZeros(builder.program, y);
    addCopy(
      builder.program,
      x,
      { ...y, offset: y.offset + before, channels: x.channels },
      { to: [top, left] },
    );
  },
  crop(builder, layer, { cropping: [[top], [left]] }) {
    const x = builder.mapsOf(layer.inputs[0]);
    const y = builder.output(layer);
    addCopy(builder.program, x, y, { from: [top, left], size: [y.height, y.width] });
  },
  flatten(builder, layer) {
    const x = builder.mapsOf(layer.inputs[0]);
    const [, , length] = shapeOf(layer);
    if (isWhole(x)) {
      builder.alias(layer, { ...x, pixel: length, height: 1, width: 1, channels: length });
      return;
    }
    const y = builder.output(layer);
    addCopy(builder.program, x, {
      ...y,
      pixel: x.channels,
      height: x.height,
      width: x.width,
      channels: x.channels,
    });
  },
};

/** A convolution or a dense layer, with what can be done along with it. */
function lowerProduct(
  builder: Builder,
  layer: Layer,
  shape: Conv2dShape,
  filter: Tensor,
  canAdd: boolean,
): void {
  const [input] = layer.inputs;
  const chain = builder.chain(layer, { affine: true, add: canAdd });
  const { affine, added, finish } = chain;
  addConvolution(builder.program, {
    shape,
    x: builder.mapsOf(input),
    y: outputOf(builder, chain, input),
    filter: affine ? scaledFilter(filter, affine) : float32Of(filter),
    bias: biasOf(builder.weightsOf(layer).bias, affine),
    added: added && builder.mapsOf(added),
    finish,
    winograd: builder.winograd,
  });
}

/** Sums may be written over what is added to them, but not over what they are made of. */
function outputOf(builder: Builder, { tail, added }: Chain, input: Layer): Maps {
  const isOverlapping = added && builder.mapsOf(added).buffer === builder.mapsOf(input).buffer;
  return added && !isOverlapping ? builder.outputOver(tail, added) : builder.output(tail);
}

/** Scaling of channels that no layer before can do. */
function lowerAffine(builder: Builder, layer: Layer): void {
  const [input] = layer.inputs;
  const own = affineOf(layer, builder.weightsOf(layer))!;
  const { tail, affine, finish } = builder.chain(layer, { affine: true, add: false });
  const { factors, shifts } = affine ? after(own, affine) : own;
  const mapping = {
    kind: "scaleChannels",
    factors: float32(factors),
    shifts: float32(shifts),
  } as const;
  const x = builder.mapsOf(input);
  addMapping(builder.program, mapping, x, builder.outputOver(tail, input), finish);
}

/** A layer that the engine has no kernel for is computed by the definition, from copies. */
function lowerForeign(builder: Builder, layer: Layer): void {
  const weights = builder.weightsOf(layer);
  builder.program.add({
    reads: layer.inputs.map((input) => builder.mapsOf(input)),
    writes: builder.output(layer),
    compute(inputs, batch) {
      const tensors = inputs.map(
        (values, i) => new Tensor(values, [batch, ...layer.inputs[i].shape]),
      );
      return forward(layer, tensors, weights, kernels).as("float32").data as Float32Array;
    },
  });
}

function float32Of(tensor: Tensor): Float32Array {
  return tensor.as("float32").data as Float32Array;
}

function biasOf(bias: Tensor | undefined, affine: Affine | undefined): Float32Array | undefined {
  if (affine) return scaledBias(bias, affine);
  return bias && float32Of(bias);
}
