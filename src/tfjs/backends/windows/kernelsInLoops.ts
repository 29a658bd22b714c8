import * as tf from "@tensorflow/tfjs";
import { sizeOf } from "../../../tensor";
import { type Access, accessTo } from "../access";
import type { WindowAttributes } from "../paddingInFull";
import { averages, averagesBack } from "./averages";
import { type Channels, convolved, gradientToFilter, gradientToVolumes } from "./convolutions";
import {
  imageWalk,
  outShapeOf,
  requirePixelUnderAll,
  type VolumeAttributes,
  volumeWalk,
} from "./geometry";
import { handedTo, maxima } from "./maxima";
import { sizesOf } from "./walk";

/*
 * Kernels of tfjs in plain loops, where its own (4.22) are wrong, or wrong for some sizes.
 *
 * On volumes: the zeros of "same" (see geometry.ts), on wasm and in plain JavaScript; the gradients of convolution on
 * wasm; the gradient of average pooling, which divides by the whole window, padding included; that of maximum pooling.
 *
 * On wasm: what looks for the greatest starts at the least number above 0, so negative values are lost: maximum pooling
 * of volumes, maxPoolWithArgmax, dilation2d and its gradients.
 */

type Inputs = Record<string, tf.TensorInfo>;

/** What a kernel gets, read: the values are those of the tensor so named. */
interface Given<Attributes> {
  readonly name: string;
  readonly inputs: Inputs;
  readonly attributes: Attributes;
  readonly values: (name: string) => Float32Array;
  readonly result: (shape: number[], values: Float32Array | Int32Array) => tf.TensorInfo;
}

type VolumeOptions = VolumeAttributes & {
  filterSize: number | number[];
  filterShape: number[];
  inputShape: number[];
};

type ImageOptions = WindowAttributes & { includeBatchInIndex?: boolean };

const onVolumes: Record<string, (given: Given<VolumeOptions>) => tf.TensorInfo> = {
  Conv3D({ inputs: { x, filter }, attributes, values, result }) {
    const walk = volumeWalk(x.shape, filter.shape.slice(0, 3), attributes);
    const channels = channelsOf(filter.shape);
    const y = convolved(walk, channels, values("x"), values("filter"));
    return result(outShapeOf(walk, channels.outputs), y);
  },
  Conv3DBackpropInputV2({ inputs: { filter }, attributes, values, result }) {
    const walk = volumeWalk(attributes.inputShape, filter.shape.slice(0, 3), attributes);
    const dx = gradientToVolumes(walk, channelsOf(filter.shape), values("dy"), values("filter"));
    return result(attributes.inputShape, dx);
  },
  Conv3DBackpropFilterV2({ inputs: { x }, attributes, values, result }) {
    const walk = volumeWalk(x.shape, attributes.filterShape.slice(0, 3), attributes);
    const dFilter = gradientToFilter(
      walk,
      channelsOf(attributes.filterShape),
      values("dy"),
      values("x"),
    );
    return result(attributes.filterShape, dFilter);
  },
  AvgPool3D({ name, inputs: { x }, attributes, values, result }) {
    const walk = poolingWalk(name, x.shape, attributes);
    return result(outShapeOf(walk, x.shape[4]), averages(walk, x.shape[4], values("x")));
  },
  AvgPool3DGrad({ name, inputs: { input }, attributes, values, result }) {
    const walk = poolingWalk(name, input.shape, attributes);
    return result(input.shape, averagesBack(walk, input.shape[4], values("dy")));
  },
  MaxPool3D({ name, inputs: { x }, attributes, values, result }) {
    const walk = poolingWalk(name, x.shape, attributes);
    return result(outShapeOf(walk, x.shape[4]), maxima(walk, x.shape[4], values("x")).values);
  },
  MaxPool3DGrad({ name, inputs: { input }, attributes, values, result }) {
    const walk = poolingWalk(name, input.shape, attributes);
    const { pixels } = maxima(walk, input.shape[4], values("input"));
    return result(input.shape, handedTo(pixels, values("dy"), sizeOf(input.shape)));
  },
};

const onImages: Record<string, (given: Given<ImageOptions>) => tf.TensorInfo | tf.TensorInfo[]> = {
  MaxPoolWithArgmax({ name, inputs: { x }, attributes, values, result }) {
    const walk = imageWalk(x.shape, undefined, attributes);
    requirePixelUnderAll(name, walk);
    const channels = x.shape[3];
    const greatest = maxima(walk, channels, values("x"));
    const image = sizesOf(walk).inputs * channels;
    const indices = attributes.includeBatchInIndex
      ? greatest.pixels
      : greatest.pixels.map((pixel) => pixel % image);
    const shape = imageShape(outShapeOf(walk, channels));
    return [result(shape, greatest.values), result(shape, indices)];
  },
  Dilation2D(given) {
    const { walk, channels, greatest } = dilated(given);
    return given.result(imageShape(outShapeOf(walk, channels)), greatest.values);
  },
  Dilation2DBackpropInput(given) {
    const { x } = given.inputs;
    const { pixels } = dilated(given).greatest;
    return given.result(x.shape, handedTo(pixels, given.values("dy"), sizeOf(x.shape)));
  },
  Dilation2DBackpropFilter(given) {
    const { filter } = given.inputs;
    const { taps } = dilated(given).greatest;
    return given.result(filter.shape, handedTo(taps, given.values("dy"), sizeOf(filter.shape)));
  },
};

/** The kernels for a backend, which replace its own. */
export function kernelsInLoops(backendName: "wasm" | "cpu"): tf.KernelConfig[] {
  const all = { ...onVolumes, ...onImages } as Record<string, (given: Given<never>) => unknown>;
  return Object.entries(all).map(([kernelName, compute]) => ({
    ...tf.getKernel(kernelName, backendName),
    kernelFunc: (given) =>
      compute(readable(kernelName, given, accessTo[backendName])) as tf.TensorInfo,
  }));
}

function readable(
  name: string,
  { inputs, attrs, backend }: Parameters<tf.KernelFunc>[0],
  { read, write }: Access,
): Given<never> {
  const infos = inputs as Inputs;
  return {
    name,
    inputs: infos,
    attributes: attrs as never,
    values: (input) => read(backend, infos[input]),
    result: (shape, values) => write(backend, shape, values),
  };
}

function channelsOf(filterShape: readonly number[]): Channels {
  return { inputs: filterShape[3], outputs: filterShape[4] };
}

function poolingWalk(name: string, shape: readonly number[], attributes: VolumeOptions) {
  const walk = volumeWalk(shape, attributes.filterSize, attributes);
  requirePixelUnderAll(name, walk);
  return walk;
}

function dilated({ name, inputs: { x, filter }, attributes, values }: Given<ImageOptions>) {
  const walk = imageWalk(x.shape, filter.shape, attributes);
  requirePixelUnderAll(name, walk);
  const channels = x.shape[3];
  return { walk, channels, greatest: maxima(walk, channels, values("x"), values("filter")) };
}

/** [m, height, width, channels] of images, which the walk takes for volumes one deep. */
function imageShape([batch, , height, width, channels]: number[]): number[] {
  return [batch, height, width, channels];
}
