import assert from "node:assert/strict";
import { layers, network, connectivity, type Module, type Tensor } from "convbook";

const { batchNorm, channelShuffle, conv, depthwiseConv, globalAveragePool, relu6, residual } =
  layers;

const unit = (channels: number, size: number, ...modules: Module[]): Tensor =>
  connectivity(network("unit", [size, size, channels], ...modules));
const grouped = () => conv({ filters: 6, kernelSize: 1, groups: 3, bias: false });

describe("connectivity", () => {
  it("connectivity(a convolution) is its window, in all channels", () => {
    const y = unit(2, 5, conv({ filters: 3, kernelSize: 3, padding: 1 })); // [5, 5, 2, 3]
    assert.deepEqual(y.shape, [5, 5, 2, 3]);
    for (let row = 0; row < 5; row++)
      for (let column = 0; column < 5; column++) {
        const inside = Math.max(Math.abs(row - 2), Math.abs(column - 2)) <= 1 ? 1 : 0;
        const seen = y.slice([row, column, 0, 0], [1, 1, 2, 3]).sum();
        assert.equal(seen, 6 * inside, `at ${row}, ${column}`);
      }
  });

  it("connectivity(a depthwise convolution) keeps channels apart; a 1×1 behind it joins them", () => {
    const apart = unit(2, 3, depthwiseConv({ kernelSize: 3, padding: 1 }), batchNorm(), relu6());
    assert.equal(apart.sum(), 2 * 9);
    const joined = unit(2, 3, depthwiseConv({ kernelSize: 3, padding: 1 }), conv({ filters: 4, kernelSize: 1 })); // prettier-ignore
    assert.equal(joined.sum(), 9 * 2 * 4);
  });

  it("connectivity(two group convolutions) stays within the groups, unless there is a shuffle between", () => {
    const ofGroups = unit(6, 1, grouped(), grouped());
    assert.equal(ofGroups.sum(), 3 * 2 * 2);
    assert.equal(ofGroups.get(0, 0, 0, 2), 0);
    // Two channels a group go to two of the three groups.
    assert.equal(unit(6, 1, grouped(), channelShuffle({ groups: 3 }), grouped()).sum(), 6 * 4);
  });

  it("connectivity(a gate) sees through the gate", () => {
    const gate: Module = (x) => layers.multiply(x, conv({ filters: 2, kernelSize: 1 })(globalAveragePool({ keepDims: true })(x))); // prettier-ignore
    assert.equal(unit(2, 3, gate).sum(), 9 * 2 * 2);
  });

  it("connectivity(a network that ends in a vector) has the vector's entries as outputs", () => {
    const ends = unit(2, 3, residual(batchNorm()), globalAveragePool(), layers.dense({ units: 5 }));
    assert.deepEqual(ends.shape, [3, 3, 2, 5]);
    assert.equal(ends.sum(), 90);
  });

  it("connectivity(x) is refused when x is no network", () => {
    assert.throws(
      () => connectivity(undefined as never),
      /connectivity\(\): network must be a network/,
    );
  });
});
