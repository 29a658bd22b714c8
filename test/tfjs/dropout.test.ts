import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { layers, network, toLayersModel } from "convbook";
import { reload } from "../training/tfjs";

const net = network("net", [100], layers.dropout({ rate: 0.25 }));
const ones = tf.ones([40, 100]);

describe("dropout of a tfjs model", () => {
  const drop = (model: object): number[] =>
    Array.from(((model as tf.LayersModel).apply(ones, { training: true }) as tf.Tensor).dataSync());

  it("dropout({rate}) drops that fraction, and scales what stays", () => {
    const values = drop(toLayersModel(net, { seed: 1 }));
    const dropped = values.filter((value) => value === 0).length / values.length;
    assert.ok(Math.abs(dropped - 0.25) < 0.03, `dropped ${dropped}`);
    assert.ok(values.every((value) => value === 0 || Math.abs(value - 1 / 0.75) < 1e-6));
  });

  it("dropout(...) drops others in each batch, the same for the same seed", () => {
    const [one, other] = [toLayersModel(net, { seed: 1 }), toLayersModel(net, { seed: 1 })];
    const first = drop(one);
    const second = drop(one);
    assert.notDeepEqual(first, second);
    assert.deepEqual([drop(other), drop(other)], [first, second]);
    assert.notDeepEqual(drop(toLayersModel(net, { seed: 2 })), first);
  });

  it("dropout(...) of a loaded model begins anew with its seed", async () => {
    const model = toLayersModel(net, { seed: 1 });
    const first = drop(model);
    assert.deepEqual(drop(await reload(model)), first);
  });
});
