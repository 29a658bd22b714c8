import {
  layers,
  type Module,
  type Network,
  network,
  type SymbolicTensor,
  type Tensor,
} from "convbook";

/** Channels dealt out to all groups: written in rows of c / groups, read in columns. */
export function channelShuffle(x: Tensor, groups: number): Tensor {
  const [m, height, width, channels] = x.shape; // [m, h, w, c]
  return x
    .reshape([m, height, width, groups, channels / groups])
    .transpose([0, 1, 2, 4, 3])
    .reshape([m, height, width, channels]);
}

/** How many input channels an output sees after two 1 x 1 convolutions in groups: without a shuffle between, and with one. */
export function seen(channels: number, groups: number): number[] {
  const inGroup = channels / groups;
  // After the shuffle, the channels of a group come from as many groups as it has channels, at most from all.
  return [inGroup, Math.min(inGroup, groups) * inGroup];
}

/** Of a 1 x 1 convolution on n x n maps: multiply-adds, values moved, and the fewest that these multiply-adds allow. */
export function accessBound(n: number, c1: number, c2: number): number[] {
  const positions = n * n;
  const macs = positions * c1 * c2;
  const moved = positions * (c1 + c2) + c1 * c2;
  return [macs, moved, 2 * Math.sqrt(positions * macs) + macs / positions];
}

/** ShuffleNet v1's unit, for stride 1 and 2. */
export function shuffleUnit(
  inputShape: number[],
  filters: number,
  groups: number,
  stride: number,
): Network {
  const { averagePool, batchNorm, branches, channelShuffle, conv, depthwiseConv, relu } = layers;
  const { residual, sequential } = layers;
  const cin = inputShape[2];
  const body = (made: number): Module =>
    sequential(
      conv({ filters: filters / 4, kernelSize: 1, groups, bias: false }),
      batchNorm(),
      relu(),
      channelShuffle({ groups }),
      depthwiseConv({ kernelSize: 3, stride, padding: 1, bias: false }),
      batchNorm(), // no ReLU here
      conv({ filters: made, kernelSize: 1, groups, bias: false }),
      batchNorm(),
    );
  const pool = averagePool({ size: 3, stride: 2, padding: 1 });
  const joined = stride === 1 ? residual(body(filters)) : branches(pool, body(filters - cin));
  return network("shuffle unit", inputShape, joined, relu());
}

/** ShuffleNet v2's unit: stride 1 works on half of the channels, stride 2 on all of them twice. */
export function splitUnit(inputShape: number[], filters: number, stride: number): Network {
  const { batchNorm, channelShuffle, concat, conv, depthwiseConv, relu, sequential, split } =
    layers;
  const half = filters / 2;
  const pointwise = (): Module =>
    sequential(conv({ filters: half, kernelSize: 1, bias: false }), batchNorm(), relu());
  const depthwise = (): Module =>
    sequential(
      depthwiseConv({ kernelSize: 3, stride, padding: 1, bias: false }),
      batchNorm(), // no ReLU here
    );
  const long = sequential(pointwise(), depthwise(), pointwise());
  const short = sequential(depthwise(), pointwise());
  const unit = (x: SymbolicTensor): SymbolicTensor => {
    if (stride === 2) return concat(short(x), long(x));
    const [waiting, worked] = split(x, 2);
    return concat(waiting, long(worked));
  };
  return network("split unit", inputShape, unit, channelShuffle({ groups: 2 }));
}
