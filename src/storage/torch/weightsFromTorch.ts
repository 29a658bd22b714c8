import type { Layer, Network, WeightName } from "../../network";
import { layersWithWeights, type LayerWeights, type NetworkWeights } from "../../running";
import { ArgumentError, Tensor } from "../../tensor";

/** PyTorch's names of a module's tensors, by our names, for each kind of layer with weights. */
const names: Partial<Record<string, Partial<Record<WeightName, string>>>> = {
  conv: { filter: "weight", bias: "bias" },
  dense: { matrix: "weight", bias: "bias" },
  batchNorm: {
    gamma: "weight",
    beta: "bias",
    movingMean: "running_mean",
    movingVariance: "running_var",
  },
};

/**
 * The weights of a PyTorch model whose modules stand in the order of the network's layers. Their names do
 * not matter, their kinds and shapes are compared one by one. Filters [cout, cin, kh, kw] become [kh, kw, cin, cout],
 * matrices [units, n] become [n, units].
 *
 * @throws ArgumentError that names the first layer that does not fit
 */
export function weightsFromTorch(
  network: Network,
  tensors: ReadonlyMap<string, Tensor>,
): NetworkWeights {
  const modules = new Map<string, Map<string, Tensor>>();
  for (const [name, tensor] of tensors) {
    const dot = name.lastIndexOf(".");
    const module = modules.get(name.slice(0, dot)) ?? new Map<string, Tensor>();
    modules.set(name.slice(0, dot), module.set(name.slice(dot + 1), tensor));
  }
  const layers = layersWithWeights(network).filter(({ auxiliary }) => !auxiliary);
  if (modules.size !== layers.length)
    throw refused(`${layers.length} modules with weights`, `${modules.size} of them`);
  const inOrder = [...modules];
  return Object.fromEntries(
    layers.map((layer, i) => [layer.path, layerWeights(layer, ...inOrder[i])]),
  );
}

function layerWeights(
  layer: Layer,
  moduleName: string,
  module: ReadonlyMap<string, Tensor>,
): LayerWeights {
  const known = names[layer.operation.kind] ?? {};
  return Object.fromEntries(
    layer.weights.map(({ name, shape }) => {
      const theirs = module.get(known[name] ?? "");
      const ours = theirs && inOurLayout(theirs);
      if (ours && String(ours.shape) === String(shape)) return [name, ours];
      const received = ours ? `one of [${ours.shape.join(", ")}]` : "none";
      throw refused(
        `a ${name} of [${shape.join(", ")}] for "${layer.path}"`,
        `${received} in ${moduleName}`,
      );
    }),
  );
}

/** [cout, cin, kh, kw] → [kh, kw, cin, cout]; [units, n] → [n, units]; vectors as they are. */
function inOurLayout(tensor: Tensor): Tensor {
  const { shape } = tensor;
  if (shape.length === 4) {
    const [cout, cin, kh, kw] = shape;
    const data = new Float32Array(tensor.size);
    let i = 0;
    for (let o = 0; o < cout; o++)
      for (let c = 0; c < cin; c++)
        for (let at = 0; at < kh * kw; at++) data[(at * cin + c) * cout + o] = tensor.data[i++];
    return new Tensor(data, [kh, kw, cin, cout]);
  }
  if (shape.length === 2) {
    const [units, n] = shape;
    const data = new Float32Array(tensor.size);
    for (let u = 0; u < units; u++)
      for (let j = 0; j < n; j++) data[j * units + u] = tensor.data[u * n + j];
    return new Tensor(data, [n, units]);
  }
  return new Tensor(Float32Array.from(tensor.data), shape);
}

function refused(expected: string, received: string): ArgumentError {
  return new ArgumentError({
    call: "weightsFromTorch",
    argument: "tensors",
    expected,
    received,
    receivedAs: received,
  });
}
