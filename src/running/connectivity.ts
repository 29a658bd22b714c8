import { cost, type Network, requireOneWay } from "../network";
import { ArgumentError, fromFunction, full, sizeOf, type Tensor } from "../tensor";
import { layersWithWeights } from "./requireWeights";
import { runNetwork } from "./runNetwork";
import type { NetworkWeights } from "./NetworkWeights";

/**
 * Which inputs reach which outputs: 1 where an output in the middle of its map changes with an input, 0 where
 * it cannot know of it. All weights and inputs are positive here, so that nothing cancels and no ReLU is shut:
 * what does not change is not connected.
 *
 * Cost: 1 + h · w · cin times the network, by the plain `kernels`. For modules, on small maps.
 *
 * @returns [h, w, cin, cout]
 * @throws ArgumentError when it is given something else than a network
 *
 * @example
 * const pointwise = layers.conv({ filters: 4, kernelSize: 1, groups: 2 });
 * connectivity(network("two groups", [1, 1, 4], pointwise)).reshape([4, 4]).toArray()
 * // → [[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1], [0, 0, 1, 1]]
 */
export function connectivity(network: Network): Tensor {
  requireOneWay("connectivity", network);
  requireFewRuns(network);
  const weights = averagingWeights(network);
  const ones = full([1, ...network.input.shape], 1, "float64"); // [1, h, w, cin]
  const run = (x: Tensor): Tensor => middle(runNetwork(network, weights, x)); // [cout]
  const before = run(ones);
  const after = Array.from(ones.data, (_, raised) =>
    run(ones.map((value, i) => (i === raised ? 2 * value : value))),
  );
  const [inputs, outputs] = [after.length, before.size];
  const changes = fromFunction([inputs, outputs], (i, c) =>
    after[i].data[c] === before.data[c] ? 0 : 1,
  );
  return changes.reshape([...network.input.shape, outputs]);
}

/** This many multiply-adds take the plain operations about half a minute. */
const MOST_WORK = 2e9;

/** Every value of the input is a run of its own. */
function requireFewRuns(network: Network): void {
  const runs = sizeOf(network.input.shape) + 1;
  const outputs = network.layers.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const work = runs * (cost(network).macs + outputs);
  if (work <= MOST_WORK) return;
  throw new ArgumentError({
    call: "connectivity",
    argument: "network",
    expected: `so small that running it once for each value of its input takes at most ${MOST_WORK} multiply-adds`,
    received: network,
    receivedAs: `${network.name}: ${runs} runs, ${work.toPrecision(2)} multiply-adds`,
    remedy:
      "receptiveFields(network) works the extents out without running it; or describe the network for a smaller input.",
  });
}

/** With these, every convolution and dense layer takes a mean, and batch norm leaves it nearly as it is. */
function averagingWeights(network: Network): NetworkWeights {
  return Object.fromEntries(
    layersWithWeights(network).map(({ path, weights }) => [
      path,
      Object.fromEntries(
        weights.map(({ name, shape }) => {
          const isMatrix = name === "filter" || name === "matrix";
          const value = isMatrix ? 1 / sizeOf(shape.slice(0, -1)) : SCALES.includes(name) ? 1 : 0;
          return [name, full(shape, value, "float64")];
        }),
      ),
    ]),
  );
}

const SCALES: readonly string[] = ["gamma", "movingVariance", "count"];

/** The values of all channels at the middle of the maps, [cout]. */
function middle(y: Tensor): Tensor {
  if (y.shape.length === 2) return y.reshape([y.shape[1]]);
  const [, height, width, channels] = y.shape;
  const at = [0, Math.floor((height - 1) / 2), Math.floor((width - 1) / 2), 0];
  return y.slice(at, [1, 1, 1, channels]).reshape([channels]);
}
