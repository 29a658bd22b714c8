import type { Tensor } from "../tensor";
import { cumulativeNormal, normalDensity } from "./cumulativeNormal";
import { elementwise, elementwiseBackward } from "./elementwise";

/**
 * The Gaussian error linear unit: x times the fraction of a standard normal distribution that lies below x. The
 * exact one, which PyTorch and Keras compute by default, not its approximation by tanh.
 *
 * @see Hendrycks and Gimpel, Gaussian error linear units, 2016, arXiv 1606.08415
 *
 * @example
 * gelu(tensor([-1, 0, 1])).toArray() // → [-0.158655, 0, 0.841345]
 */
export function gelu(x: Tensor): Tensor {
  return elementwise("gelu", x, (x) => (x === -Infinity ? 0 : x * cumulativeNormal(x)));
}

/**
 * The gradient of GELU: dy · (Φ(x) + x · φ(x)), where φ is the density of the normal distribution and Φ the fraction
 * below x.
 *
 * @example
 * geluBackward(tensor([2]), tensor([0])).toArray() // → [1]
 */
export function geluBackward(dy: Tensor, x: Tensor): Tensor {
  return elementwiseBackward("geluBackward", dy, x, (x) =>
    Number.isFinite(x) ? cumulativeNormal(x) + x * normalDensity(x) : cumulativeNormal(x),
  );
}
