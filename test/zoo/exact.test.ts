import assert from "node:assert/strict";
import { cost, type Network } from "convbook";
import { reference } from "./reference";
import { networkOf } from "./rows";

/** Values that batch norm puts out at inference. */
function normOutputs(network: Network): number {
  return network.layers
    .filter((layer) => layer.operation.kind === "batchNorm" && !layer.auxiliary)
    .reduce((sum, layer) => sum + layer.shape.reduce((product, n) => product * n, 1), 0);
}

describe("zoo, against counts of the libraries' own definitions", () => {
  for (const row of reference.recounts)
    it(`${row.library} ${row.name}: ${row.params} parameters, ${row.macs} multiply-adds`, () => {
      const inputSize = Array.isArray(row.input) ? row.input[0] : row.input;
      const network = networkOf(row.library, row.name, inputSize);
      assert.equal(network.input.shape[0], inputSize);
      const counted = cost(network, { convention: "torchvision" });
      const withStatistics = cost(network, { convention: "keras" });
      const { paramsByKind, macsByKind } = counted;
      assert.deepEqual(
        {
          params: counted.params,
          conv_weight: paramsByKind.convWeights,
          conv_bias: paramsByKind.convBiases,
          fc_weight: paramsByKind.denseWeights,
          fc_bias: paramsByKind.denseBiases,
          norm: paramsByKind.norm,
          other: paramsByKind.other,
          bn_buffers_mean_var: withStatistics.paramsByKind.movingStatistics,
          conv_macs: macsByKind.conv,
          fc_macs: macsByKind.dense,
          macs: counted.macs,
          bn_elems: normOutputs(network),
        },
        {
          params: row.params,
          conv_weight: row.conv_weight,
          conv_bias: row.conv_bias,
          fc_weight: row.fc_weight,
          fc_bias: row.fc_bias,
          norm: row.norm,
          other: row.other,
          bn_buffers_mean_var: row.bn_buffers_mean_var,
          conv_macs: row.conv_macs,
          fc_macs: row.fc_macs,
          macs: row.macs,
          bn_elems: row.bn_elems,
        },
      );
    });

  for (const row of reference.keras) {
    const settings = row.variant
      .replace("keras default", row.name === "MobileNet" ? "alpha=1.0" : "")
      .replace("keras ", "")
      .replace(/,? ?input_shape=\[.*\]/, "");
    it(`Keras ${row.name} ${settings} at ${row.input[0]}: ${row.params} parameters, ${row.gmacs} G`, () => {
      const network = networkOf("keras", `${row.name} ${settings}`.trim(), row.input[0]);
      assert.deepEqual(network.input.shape, row.input);
      const { params, macs } = cost(network, { convention: "keras" });
      assert.equal(params, row.params);
      assert.equal((macs / 1e9).toFixed(6), row.gmacs.toFixed(6));
    });
  }
});
