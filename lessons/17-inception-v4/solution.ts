import { layers, type Network, network } from "convbook";

/** From 35 x 35 to 17 x 17 maps in Inception v4, with the widths k, l, m and n of the paper's table. */
export function reductionA(input: number[], widths: number[]): Network {
  const { batchNorm, branches, conv, maxPool, relu, sequential } = layers;
  const [k, l, m, n] = widths;
  const brick = (filters: number, kernelSize: number, stride: number, padding: "same" | "valid") =>
    sequential(
      conv({ filters, kernelSize, stride, padding, bias: false }),
      batchNorm({ epsilon: 1e-3 }),
      relu(),
    );
  return network(
    "reduction A",
    input, // [35, 35, c]
    branches(
      brick(n, 3, 2, "valid"),
      sequential(brick(k, 1, 1, "same"), brick(l, 3, 1, "same"), brick(m, 3, 2, "valid")),
      maxPool({ size: 3, stride: 2 }),
    ),
  ); // [17, 17, n + m + c]
}

/** Module B of Inception-ResNet: what the branches find is scaled and added to the input. */
export function residualModule(input: number[], width: number, scale: number): Network {
  const { batchNorm, branches, conv, relu, residual, sequential } = layers;
  const brick = (kernelSize: number | [number, number]) =>
    sequential(
      conv({ filters: width, kernelSize, padding: "same", bias: false }),
      batchNorm({ epsilon: 1e-3 }),
      relu(),
    );
  const body = sequential(
    branches(brick(1), sequential(brick(1), brick([1, 7]), brick([7, 1]))),
    conv({ filters: input[2], kernelSize: 1 }), // linear: what is added may be negative
  );
  return network("residual module", input, residual(body, { scale }), relu());
}

/** Multiply-adds of a 1 x 1 layer and a 3 x 3 layer behind it that works in segments. */
export function segmentMacs(input: number[], filters: number, segments: number): number {
  const [height, width, channels] = input; // [h, w, cin]
  const pointwise = height * width * channels * filters;
  const spatial = height * width * 9 * (filters / segments) * filters; // a filter reads its own segment
  return pointwise + spatial;
}

/** A module of Xception's middle flow. */
export function middleModule(input: number[]): Network {
  const { batchNorm, conv, depthwiseConv, relu, residual, sequential } = layers;
  const separable = () =>
    sequential(
      relu(),
      depthwiseConv({ kernelSize: 3, padding: 1, bias: false }),
      conv({ filters: input[2], kernelSize: 1, bias: false }), // nothing between the two
      batchNorm({ epsilon: 1e-3 }),
    );
  return network("middle", input, residual(sequential(separable(), separable(), separable())));
}
