import type { WeightName } from "../network";
import type { LayerWeights, NetworkWeights } from "../running";
import { zeros } from "../tensor";

const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-7];

/** The means of the gradient of one weight, and of its square. */
interface Means {
  first: Float64Array;
  second: Float64Array;
}

/**
 * Steps that are equally long in all directions: the gradient over the root of its mean square, both as moving averages.
 *
 * @see Kingma and Ba, Adam: a method for stochastic optimization, 2014, arXiv 1412.6980
 */
export class Adam {
  private steps = 0;
  private readonly means = new Map<string, Means>();

  /** The weights after a step; what has no gradient stays as it is. */
  step(weights: NetworkWeights, gradients: NetworkWeights, rate: number): NetworkWeights {
    this.steps++;
    // Both averages begin at 0, which is mended here.
    const length = (rate * Math.sqrt(1 - BETA2 ** this.steps)) / (1 - BETA1 ** this.steps);
    const entries = Object.entries(weights).map(([path, ofLayer]): [string, LayerWeights] => [
      path,
      this.stepOfLayer(path, ofLayer, gradients[path] ?? {}, length),
    ]);
    return Object.fromEntries(entries);
  }

  private stepOfLayer(
    path: string,
    weights: LayerWeights,
    gradients: LayerWeights,
    length: number,
  ): LayerWeights {
    const entries = (Object.keys(weights) as WeightName[]).map((name) => {
      const [weight, gradient] = [weights[name]!, gradients[name]];
      if (!gradient) return [name, weight];
      const { first, second } = this.meansOf(`${path}/${name}`, weight.size);
      const next = zeros(weight.shape, weight.dtype);
      for (let i = 0; i < weight.size; i++) {
        const slope = gradient.data[i];
        first[i] = BETA1 * first[i] + (1 - BETA1) * slope;
        second[i] = BETA2 * second[i] + (1 - BETA2) * slope * slope;
        next.data[i] = weight.data[i] - (length * first[i]) / (Math.sqrt(second[i]) + EPSILON);
      }
      return [name, next];
    });
    return Object.fromEntries(entries) as LayerWeights;
  }

  private meansOf(key: string, size: number): Means {
    let means = this.means.get(key);
    if (!means) {
      means = { first: new Float64Array(size), second: new Float64Array(size) };
      this.means.set(key, means);
    }
    return means;
  }
}
