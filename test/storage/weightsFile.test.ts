import assert from "node:assert/strict";
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  initialWeights,
  layers,
  loadWeights,
  network,
  saveWeights,
  type Tensor,
  zoo,
} from "convbook";

interface Safe {
  tensors: Map<string, Tensor>;
  others: Map<string, string>;
  metadata: Record<string, string>;
}
/** Internal, and so without types. */
const { readSafetensors, writeSafetensors } = require("#dist/storage/safetensors.js") as {
  readSafetensors(bytes: Uint8Array): Safe;
  writeSafetensors(tensors: Map<string, Tensor>, metadata: object): Uint8Array;
};

const fixture = JSON.parse(
  readFileSync(resolve(__dirname, "../../../test/fixtures/weight-files.json"), "utf8"),
) as { files: Record<string, string>; values: Record<string, number[]> };
const fileOf = (name: string) => Buffer.from(fixture.files[name], "base64");

/** A file with this header, whatever it says. */
function withHeader(header: unknown, body: number = 0, length?: bigint): Buffer {
  const text = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const file = Buffer.alloc(8 + text.length + body);
  file.writeBigUInt64LE(length ?? BigInt(text.length));
  text.copy(file, 8);
  return file;
}

describe("safetensors", () => {
  it("reads what Python's safetensors wrote: floats of every width, scalars, empty tensors, metadata", () => {
    const { tensors, others, metadata } = readSafetensors(fileOf("safetensors"));
    assert.deepEqual(metadata, { network: "net", by: "Python" });
    assert.deepEqual([...others.keys()], ["counter"]);
    const ramp = tensors.get("conv1.filter")!;
    assert.deepEqual(ramp.shape, [2, 3, 4]);
    assert.deepEqual(
      [...ramp.data],
      Array.from({ length: 24 }, (_, i) => i / 8),
    );
    assert.equal(tensors.get("double")!.dtype, "float64");
    assert.deepEqual([...tensors.get("double")!.data], [1 / 3, 2 / 3]);
    assert.deepEqual(tensors.get("scalar")!.shape, []);
    assert.deepEqual(tensors.get("empty")!.shape, [0, 3]);
    const half = [...tensors.get("half")!.data];
    assert.deepEqual(half.filter(Number.isFinite), fixture.values.half);
    assert.deepEqual(half.slice(-2), [Infinity, -Infinity]);
    const brain = [...readSafetensors(fileOf("bfloat16")).tensors.get("x")!.data];
    assert.deepEqual(brain.filter(Number.isFinite), fixture.values.bfloat16);
  });

  it("writes what it reads, the same again", () => {
    const { tensors, metadata } = readSafetensors(fileOf("safetensors"));
    const again = readSafetensors(writeSafetensors(tensors, metadata));
    for (const [name, tensor] of tensors) {
      assert.deepEqual(again.tensors.get(name)!.shape, tensor.shape);
      assert.deepEqual(again.tensors.get(name)!.data, tensor.data);
    }
  });

  const entry = (offsets: unknown, shape: unknown = [1], dtype: unknown = "F32") => ({
    dtype,
    shape,
    data_offsets: offsets,
  });
  const hostile: [string, Buffer, RegExp][] = [
    ["an empty file", Buffer.alloc(0), /too short/],
    ["a header longer than the file", withHeader("{}", 0, 2n ** 63n), /no safetensors file/],
    ["a header beyond the limit", withHeader("{}", 0, 10n ** 12n), /no safetensors file/],
    ["no JSON", withHeader("{nonsense"), /no JSON/],
    ["bytes that are no text", withHeader("\u0000\ufffd"), /no JSON/],
    ["a list", withHeader("[]"), /no table/],
    ["null", withHeader("null"), /no table/],
    ["no description", withHeader({ a: 3 }), /has no description/],
    ["an unknown type", withHeader({ a: entry([0, 4], [1], "F4") }, 4), /type that is not known/],
    ["a type of the prototype", withHeader({ a: entry([0, 4], [1], "toString") }, 4), /not known/],
    ["a negative length", withHeader({ a: entry([0, 4], [-1]) }, 4), /no shape/],
    ["half a number", withHeader({ a: entry([0, 4], [0.5]) }, 4), /no shape/],
    ["a huge shape", withHeader({ a: entry([0, 4], [2 ** 52]) }, 4), /longer or shorter/],
    [
      "a product that overflows",
      withHeader({ a: entry([0, 0], Array(16).fill(2 ** 52)) }),
      /longer or/,
    ],
    ["too many axes", withHeader({ a: entry([0, 4], Array(17).fill(1)) }, 4), /no shape/],
    ["offsets the wrong way round", withHeader({ a: entry([4, 0]) }, 4), /longer or shorter/],
    ["offsets beyond the end", withHeader({ a: entry([0, 4]) }, 0), /cut off/],
    ["a hole", withHeader({ a: entry([4, 8]) }, 8), /gaps/],
    ["overlapping tensors", withHeader({ a: entry([0, 4]), b: entry([0, 4]) }, 4), /overlap/],
    ["bytes left over", withHeader({ a: entry([0, 4]) }, 8), /cut off or wrong/],
    ["metadata that is no text", withHeader({ __metadata__: { a: 1 } }), /no table of texts/],
    [
      "a name twice",
      withHeader(`{"a":${JSON.stringify(entry([0, 4]))},"a":${JSON.stringify(entry([4, 8]))}}`, 8),
      /gaps/,
    ],
  ];
  for (const [what, file, message] of hostile)
    it(`refuses ${what}`, () => {
      assert.throws(() => readSafetensors(file), message);
    });

  it("__proto__ is a name like any other", () => {
    const { tensors } = readSafetensors(
      withHeader(`{"__proto__":${JSON.stringify(entry([0, 4]))}}`, 4),
    );
    assert.deepEqual([...tensors.keys()], ["__proto__"]);
  });
});

describe("saveWeights, loadWeights", () => {
  const folder = mkdtempSync(join(tmpdir(), "convbook-weights-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string) => join(folder, name);
  const { conv, batchNorm, dense, flatten } = layers;
  const net = network(
    "net",
    [4, 4, 1],
    conv({ filters: 2, kernelSize: 3 }),
    batchNorm(),
    flatten(),
    dense({ units: 3 }),
  );

  it("weights come back as they went", async () => {
    const weights = initialWeights(net, 7);
    await saveWeights(file("net.safetensors"), net, weights);
    const loaded = await loadWeights(file("net.safetensors"), net);
    for (const [path, ofLayer] of Object.entries(weights))
      for (const [name, tensor] of Object.entries(ofLayer))
        assert.deepEqual(loaded[path][name as "filter"]!.data, tensor.data);
  });

  it("auxiliary heads may be there or not", async () => {
    const googlenet = zoo.googlenet({ inputSize: 224, auxiliaryHeads: true, width: 1 / 16 });
    const weights = initialWeights(googlenet, 7);
    const main = Object.fromEntries(
      Object.entries(weights).filter(([path]) => !googlenet.layer(path).auxiliary),
    );
    for (const set of [weights, main]) {
      await saveWeights(file("googlenet.safetensors"), googlenet, set);
      const loaded = await loadWeights(file("googlenet.safetensors"), googlenet);
      assert.deepEqual(Object.keys(loaded).sort(), Object.keys(set).sort());
    }
  });

  it("a file of another network is refused, with the names that differ", async () => {
    const other = network(
      "other",
      [4, 4, 1],
      conv({ filters: 3, kernelSize: 3 }),
      flatten(),
      dense({ units: 3, name: "head" }),
    );
    await saveWeights(file("other.safetensors"), other, initialWeights(other, 7));
    await assert.rejects(loadWeights(file("other.safetensors"), net), (error: Error) => {
      assert.match(error.message, /10 of them differ/);
      assert.match(error.message, /conv1\.filter is \[3, 3, 1, 3\] in place of \[3, 3, 1, 2\]/);
      assert.match(error.message, /batchNorm1\.gamma is missing/);
      assert.match(error.message, /and 2 more/);
      return true;
    });
  });

  it("what is no file of weights is refused in words", async () => {
    writeFileSync(file("text.safetensors"), "not weights at all");
    await assert.rejects(
      loadWeights(file("text.safetensors"), net),
      /cannot be read as weights: its header/,
    );
    const header = JSON.stringify({
      "dense1.bias": { dtype: "I32", shape: [2], data_offsets: [0, 8] },
    });
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    const bytes = Buffer.concat([length, Buffer.from(header), Buffer.alloc(8)]);
    writeFileSync(file("integers.safetensors"), bytes);
    const single = network("single", [3], dense({ units: 2 }));
    await assert.rejects(
      loadWeights(file("integers.safetensors"), single),
      /dense1\.bias is I32, and floats are read/,
    );
    await assert.rejects(loadWeights(file("nothing"), net), /There is no such file/);
    await assert.rejects(loadWeights(folder, net), /It is no file, but a folder/);
    const hollow = openSync(file("hollow.safetensors"), "w"); // two gigabytes, and not a byte on disk
    writeSync(hollow, Uint8Array.from([2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d]));
    ftruncateSync(hollow, 2 ** 31 - 1);
    closeSync(hollow);
    const before = process.memoryUsage().rss;
    await assert.rejects(
      loadWeights(file("hollow.safetensors"), net),
      /its tensors take 0 bytes, the file has 2147483637/,
    );
    assert.ok(process.memoryUsage().rss - before < 2 ** 28, "nothing of it was read");
    await assert.rejects(
      loadWeights(3 as unknown as string, net),
      /path must be the path of a file/,
    );
    await assert.rejects(saveWeights(file("x"), net, {}), /weights\["conv1"\]\.filter must be/);
  });
});
