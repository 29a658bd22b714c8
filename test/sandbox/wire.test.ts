import assert from "node:assert/strict";
import fc from "fast-check";
import { Network, networkToData, type Tensor, tensor, zoo } from "convbook";
import { decode } from "#dist/sandbox/decode.js";
import { encode } from "#dist/sandbox/encode.js";
import { Tag, WireError } from "#dist/sandbox/wire.js";

const across = (value: unknown): unknown => decode(encode(value));
const data = fc.anything({
  withTypedArray: true,
  withBigInt: true,
  withNullPrototype: false,
  maxDepth: 4,
});

describe("decode(encode(value))", () => {
  it("decode(encode(plain data)) is the same, NaN and -0 included", () => {
    fc.assert(fc.property(data, (value) => assert.deepStrictEqual(across(value), value)));
  });

  it("decode(encode(tensor)) has the shape, the type and the bits", () => {
    for (const dtype of ["float32", "float64"] as const) {
      const x = tensor([1.1, NaN, -0, Infinity, 5e-324, -1], [1, 2, 3], dtype);
      const y = across({ x }) as { x: Tensor };
      assert.deepStrictEqual(y.x, x);
      assert.equal(y.x.constructor, x.constructor);
    }
    assert.deepStrictEqual(across(tensor([], [0, 3])), tensor([], [0, 3]));
  });

  it("decode(encode(network)) is a network with the same layers", () => {
    const net = zoo.resnet({ depth: 18 });
    const copy = across(net);
    assert(copy instanceof Network);
    assert.deepStrictEqual(networkToData(copy), networkToData(net));
  });

  it("decode(encode(a function)) is known as one, and cannot be called", () => {
    const { toJSON } = across({ toJSON: () => 1 }) as { toJSON: unknown };
    assert.equal(String(toJSON), "Symbol(the function toJSON)");
  });

  it('decode(encode({"__proto__": ...})) changes no prototype', () => {
    const value = across(JSON.parse('{"__proto__": {"evil": 1}}')) as object;
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
    assert.deepEqual(Object.keys(value), ["__proto__"]);
    assert(!("evil" in value));
  });
});

describe("encode", () => {
  it("encode(a value that holds itself) is refused", () => {
    const list: unknown[] = [];
    list.push(list);
    assert.throws(() => encode(list), /nested more than 64 deep, or holds itself/);
  });

  it("encode(more than 64 MB) is refused", () => {
    assert.throws(() => encode(new Uint8Array(2 ** 26)), /larger than 64 MB/);
    assert.throws(() => encode("x".repeat(2 ** 21)), /a text of 2097152 bytes/);
    assert.throws(() => encode(Array(600_000).fill(0)), /more than 500000 parts/);
  });
});

describe("decode(hostile bytes)", () => {
  it("decode(any bytes) is a value or a WireError, at once", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void decodeOrRefuse(bytes)),
      { numRuns: 3000 },
    );
  });

  it("decode(encoded data with a few bytes changed) is a value or a WireError", () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    const tensors = fc.constant(tensor([1, 2, 3, 4, 5, 6], [1, 2, 3]));
    fc.assert(
      fc.property(fc.oneof(data, tensors), changes, (value, changed) => {
        const bytes = Buffer.from(encode(value));
        for (const [at, byte] of changed) bytes[at % bytes.length] = byte;
        decodeOrRefuse(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  it("decode(bytes) refuses what is cut off, goes on, or claims more than there is", () => {
    const bytes = encode([1, "two", { three: 3 }]);
    for (let length = 0; length < bytes.length; length++)
      assert.throws(() => decode(bytes.subarray(0, length)), WireError);
    assert.throws(() => decode(Buffer.concat([bytes, bytes])), /goes on behind its end/);
    for (const tag of [Tag.Array, Tag.Record, Tag.String])
      assert.throws(() => decode(Buffer.of(tag, 255, 255, 255, 255)), WireError);
    assert.throws(() => decode(Buffer.of(Tag.TypedArray, 7, 255, 255, 255, 255)), /cut off/);
    assert.throws(() => decode(Buffer.of(Tag.TypedArray, 7, 3, 0, 0, 0, 1, 2, 3)), /half a number/);
    assert.throws(() => decode(Buffer.of(99)), /unknown part/);
  });

  it("decode(bytes of a tensor whose shape is not that of its values) is refused", () => {
    const bytes = Buffer.from(encode(tensor([1, 2, 3, 4], [2, 2])));
    bytes.writeUInt32LE(3, 2);
    assert.throws(() => decode(bytes), /shape \[3, 2\] does not hold its 4 values/);
  });

  it("decode(bytes of an empty tensor that is endless to walk) is refused", () => {
    const bytes = Buffer.from(encode(tensor([], [7, 0])));
    for (const length of [2 ** 32 - 1, 1_000_000]) {
      bytes.writeUInt32LE(length, 2);
      assert.throws(() => decode(bytes), /does not hold its 0 values/);
    }
  });

  it("decode(bytes of few parts that take much memory) is refused", () => {
    for (const part of [{ 1023: 0 }, tensor([1]), new Uint8Array(1)])
      assert.throws(() => decode(encode(Array(100_000).fill(part))), /too many parts/);
    const record = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [i, i]));
    assert.deepEqual(across(record), record);
  });

  it("decode(bytes nested without end) is refused", () => {
    const nest = Buffer.from(Array(1000).fill([Tag.Array, 1, 0, 0, 0]).flat() as number[]);
    assert.throws(() => decode(Buffer.concat([nest, Buffer.of(Tag.Null)])), /nested too deep/);
  });

  it("decode(bytes of a network that claims what it is not) is refused", () => {
    const claim = networkToData(zoo.lenet5());
    const bytes = Buffer.concat([Buffer.of(Tag.Network), encode({ ...claim, output: 99 })]);
    assert.throws(() => decode(bytes), /is no network: .*output must be the index of a layer/);
    assert.throws(() => decode(Buffer.of(Tag.Network, Tag.Null)), /is no network/);
  });

  function decodeOrRefuse(bytes: Uint8Array): void {
    try {
      decode(bytes);
    } catch (error) {
      assert(error instanceof WireError, String(error));
    }
  }
});
