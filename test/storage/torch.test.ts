import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  layers,
  network,
  type Network,
  type NetworkWeights,
  runNetwork,
  tensor,
  type Tensor,
} from "convbook";

/** Internal, and so without types. */
const { readTorchCheckpoint, weightsFromTorch } = require("#dist/storage/index.js") as {
  readTorchCheckpoint(bytes: Uint8Array): Map<string, Tensor>;
  weightsFromTorch(network: Network, tensors: Map<string, Tensor>): NetworkWeights;
};

const { files, worked } = JSON.parse(
  readFileSync(resolve(__dirname, "../../../test/fixtures/weight-files.json"), "utf8"),
) as {
  files: Record<string, string>;
  worked: { x: number[]; y: number[]; state: Record<string, number[]> };
};
const fileOf = (name: string) => Buffer.from(files[name], "base64");

const { batchNorm, conv, dense, flatten, globalAveragePool } = layers;
const net = network(
  "net",
  [4, 1, 2],
  conv({ filters: 3, kernelSize: [2, 1], bias: false }),
  batchNorm(),
  globalAveragePool(),
  dense({ units: 2 }),
);

describe("readTorchCheckpoint", () => {
  it("reads the floats of a state dictionary in order, and leaves counters out", () => {
    const tensors = readTorchCheckpoint(fileOf("checkpoint"));
    assert.deepEqual(
      Object.fromEntries([...tensors].map(([name, { data }]) => [name, [...data]])),
      worked.state,
    );
    assert.deepEqual(tensors.get("conv.weight")!.shape, [3, 2, 2, 1]);
  });

  it("reads views: transposed, and parts of shared numbers", () => {
    const views = readTorchCheckpoint(fileOf("views"));
    assert.deepEqual([...views.get("a")!.data], [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]);
    assert.deepEqual([...views.get("b")!.data], [6, 7, 10, 11]);
    assert.equal(views.get("c")!.dtype, "float64");
  });

  it("does not do what a pickle asks for", () => {
    for (const name of ["harmful", "harmfulPickle"])
      assert.throws(
        () => readTorchCheckpoint(fileOf(name)),
        /asks for "(posix|nt) system"|no checkpoint/,
      );
    assert.ok(!existsSync("/tmp/convbook-was-here"));
  });

  it("says what else a file is", () => {
    assert.throws(() => readTorchCheckpoint(fileOf("zip")), /PyTorch 1\.6 or later/);
    assert.throws(() => readTorchCheckpoint(Buffer.from("hello")), Error);
    assert.throws(() => readTorchCheckpoint(Buffer.alloc(0)), Error);
  });

  it("ends in an error or in tensors, whatever byte is changed or cut off", () => {
    const file = fileOf("checkpoint");
    for (let at = 0; at < file.length; at += 3) {
      const cut = file.subarray(0, at);
      assert.throws(() => readTorchCheckpoint(cut), Error, `cut at ${at}`);
      const changed = Buffer.from(file);
      changed[at] ^= 0x15;
      try {
        readTorchCheckpoint(changed);
      } catch (error) {
        assert.ok(error instanceof Error);
      }
    }
  });
});

describe("weightsFromTorch", () => {
  it("gives the network what it needs to compute what PyTorch does", () => {
    const weights = weightsFromTorch(net, readTorchCheckpoint(fileOf("checkpoint")));
    const y = runNetwork(net, weights, tensor(worked.x, [1, 4, 1, 2]));
    worked.y.forEach((value, i) => assert.ok(Math.abs(value - y.data[i]) < 1e-6));
  });

  it("names the layer that does not fit", () => {
    const tensors = readTorchCheckpoint(fileOf("checkpoint"));
    const other = network(
      "other",
      [4, 1, 2],
      conv({ filters: 3, kernelSize: [3, 1], padding: [1, 0], bias: false }),
      batchNorm(),
      globalAveragePool(),
      dense({ units: 2 }),
    );
    assert.throws(() => weightsFromTorch(other, tensors), /a filter of \[3, 1, 2, 3\] for "conv1"/);
    const shorter = network("shorter", [4, 1, 2], flatten(), dense({ units: 2 }));
    assert.throws(() => weightsFromTorch(shorter, tensors), /1 modules with weights, but got 3/);
  });
});
