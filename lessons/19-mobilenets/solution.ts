import { layers, type Network, network, type Tensor } from "convbook";

/** Multiply-adds for an n x n output: of a k x k convolution, and of its depthwise and pointwise halves; and what share the halves take. */
export function separableCost(n: number, k: number, cin: number, cout: number): number[] {
  const full = n * n * k * k * cin * cout;
  const depthwise = n * n * k * k * cin; // one k x k filter a channel
  const pointwise = n * n * cin * cout;
  return [full, depthwise, pointwise, (depthwise + pointwise) / full]; // 1 / cout + 1 / k²
}

/** MobileNet v1's brick: a depthwise 3 x 3, then a 1 x 1, each with batch norm and ReLU6. */
export function separable(inputShape: number[], filters: number, stride: number): Network {
  const { depthwiseConv, conv, batchNorm, relu6 } = layers;
  return network(
    "separable",
    inputShape, // [h, w, cin]
    depthwiseConv({ kernelSize: 3, stride, padding: 1, bias: false }),
    batchNorm(),
    relu6(),
    conv({ filters, kernelSize: 1, bias: false }),
    batchNorm(),
    relu6(),
  );
}

/** MobileNet v2's brick: 1 x 1 to t times the channels, depthwise 3 x 3, and a linear 1 x 1 back. */
export function invertedResidual(
  inputShape: number[],
  t: number,
  filters: number,
  stride: number,
): Network {
  const { depthwiseConv, conv, batchNorm, relu6, residual, sequential, identity } = layers;
  const cin = inputShape[2];
  const expand = sequential(
    conv({ filters: t * cin, kernelSize: 1, bias: false }),
    batchNorm(),
    relu6(),
  );
  const body = sequential(
    t > 1 ? expand : identity,
    depthwiseConv({ kernelSize: 3, stride, padding: 1, bias: false }),
    batchNorm(),
    relu6(),
    conv({ filters, kernelSize: 1, bias: false }),
    batchNorm(), // and no ReLU6: the end is linear
  );
  const adds = stride === 1 && filters === cin;
  return network("inverted residual", inputShape, adds ? residual(body) : body);
}

/** MobileNet v3's activation: x times a sigmoid in three straight pieces. */
export function hardSwish(x: Tensor): Tensor {
  return x.map((value) => (value * Math.min(Math.max(value + 3, 0), 6)) / 6);
}

/** The inverted residual with the most weights that two budgets allow, and of equals the one with the largest maps. */
export function dials(macs: number, values: number): { alpha: number; rho: number; t: number } {
  let best = { alpha: 0, rho: 0, t: 0 };
  let mostWeights = 0;
  for (const alpha of [0.25, 0.5, 0.75, 1])
    for (const rho of [0.25, 0.5, 0.75, 1])
      for (const t of [2, 3, 4, 5, 6]) {
        const [n, c] = [28 * rho, 32 * alpha];
        const weights = t * c * (c + 9 + c); // 1 x 1 there, 3 x 3 depthwise, 1 x 1 back
        const inUse = n * n * c * (2 * t + 1); // wide before and after the depthwise one, narrow for the sum
        const fits = n * n * weights <= macs && inUse <= values;
        // rho rises: of the same weights, the last that fits has the largest maps.
        if (fits && weights >= mostWeights) [best, mostWeights] = [{ alpha, rho, t }, weights];
      }
  return best;
}
