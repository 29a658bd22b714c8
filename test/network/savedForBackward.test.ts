import assert from "node:assert/strict";
import { layers, memoryCost, type Network, network, zoo } from "convbook";

/**
 * The bytes of all tensors that PyTorch 2.14 saved for the backward pass (torch.autograd.graph.saved_tensors_hooks,
 * each storage once, parameters and buffers left out) of torchvision 0.29's networks in training, on the processor:
 * for each image of 224 × 224, and for a batch whatever its size (the statistics of batch norm).
 */
const torchvision: [name: string, image: number, batch: number][] = [
  ["ResNet-18", 22_179_840, 38_400],
  ["ResNet-50 v1.5", 85_909_504, 212_480],
  ["MobileNet v2 1-224", 78_209_536, 136_448],
  ["DenseNet-121", 130_361_344, 334_592],
  ["ShuffleNet v2 1", 20_384_960, 64_720],
];

/** The zoo's networks end in a softmax, whose output is saved; torchvision's end before it. */
function withoutSoftmax(net: Network, batch: number): number {
  return memoryCost(net, { batch }).savedBytes - 4 * batch * 1000;
}

describe("memoryCost(network).savedBytes", () => {
  for (const [name, image, batch] of torchvision)
    it(`is what PyTorch saves of ${name}`, () => {
      const net = zoo.find(name).build();
      assert.equal(withoutSoftmax(net, 1), image + batch);
      assert.equal(withoutSoftmax(net, 32), 32 * image + batch);
    });

  const { conv, dense, batchNorm, relu, relu6, maxPool, averagePool, globalAveragePool, flatten } =
    layers;
  const values = 4 * 6 * 3; // of the input
  const each: [string, ReturnType<typeof network>, number][] = [
    ["a convolution keeps its input", net(conv({ filters: 5, kernelSize: 1 })), 4 * values],
    ["a batch norm also two numbers a channel", net(batchNorm()), 4 * (values + 2 * 3)],
    ["a ReLU keeps its output", net(relu()), 4 * values],
    ["two ReLUs keep two", net(relu(), relu()), 8 * values],
    ["a ReLU6 keeps its input", net(relu6()), 4 * values],
    [
      "ReLU6, convolution: two tensors",
      net(relu6(), conv({ filters: 1, kernelSize: 1 })),
      8 * values,
    ],
    [
      "ReLU, convolution: one and the same",
      net(relu(), conv({ filters: 1, kernelSize: 1 })),
      4 * values,
    ],
    ["a max pool an index of 8 bytes too", net(maxPool({ size: 2 })), 4 * values + 8 * 2 * 3 * 3],
    ["an average pool its input", net(averagePool({ size: 2 })), 4 * values],
    ["a global mean nothing", net(globalAveragePool()), 0],
    ["a flattened map is the map", net(relu(), flatten(), dense({ units: 2 })), 4 * values],
  ];
  function net(...modules: Parameters<typeof network>[2][]) {
    return network("net", [4, 6, 3], ...modules);
  }
  for (const [title, one, bytes] of each)
    it(title, () => assert.equal(memoryCost(one).savedBytes, bytes));

  it("scales with the bytes of a value, but not the indices", () => {
    const pooled = net(maxPool({ size: 2 }));
    assert.equal(memoryCost(pooled, { bytesPerValue: 2 }).savedBytes, 2 * values + 8 * 18);
  });
});
