import type { Conv2dGradients, Conv2dShape } from "../arithmetic";
import { requireSameShape, Tensor } from "../tensor";
import { biasGradient, filterGradient, forward, inputGradient } from "./passes";
import type { WantedMethod } from "./slidingProduct";
import { singlePrecision } from "./precision";

/** What the forward pass needs besides the shape. */
interface ForwardOptions {
  bias?: Tensor | undefined;
  method?: WantedMethod | undefined;
}

/** A convolution of tensors whose shapes have been checked. */
export function convolutionOf(
  call: string,
  shape: Conv2dShape,
  x: Tensor,
  filter: Tensor,
  { bias, method }: ForwardOptions,
): Tensor {
  const y = forward(
    shape,
    singlePrecision(call, "x", x),
    singlePrecision(call, "filter", filter),
    bias && singlePrecision(call, "bias", bias),
    method,
  );
  return new Tensor(y, outputShape(shape));
}

/** The gradients of a convolution of tensors whose shapes, but for dy, have been checked. */
export function gradientsOf(
  call: string,
  shape: Conv2dShape,
  dy: Tensor,
  x: Tensor,
  filter: Tensor,
): Conv2dGradients {
  requireSameShape(call, "dy", dy, outputShape(shape), x.dtype);
  const gradient = singlePrecision(call, "dy", dy);
  const dx = inputGradient(shape, gradient, singlePrecision(call, "filter", filter));
  const dFilter = filterGradient(shape, gradient, singlePrecision(call, "x", x));
  return {
    dx: new Tensor(dx, x.shape),
    dFilter: new Tensor(dFilter, filter.shape),
    dBias: new Tensor(biasGradient(gradient, shape.outputChannels), [shape.outputChannels]),
  };
}

/** [m, oh, ow, cout] */
function outputShape({ batch, window, outputChannels }: Conv2dShape): number[] {
  return [batch, window.height.output, window.width.output, outputChannels];
}
