import assert from "node:assert/strict";
import { normals } from "#dist/tensor/index.js";

/** Internal, and so without types. */
const { Xoshiro128 } = require("#dist/tensor/normals.js") as {
  Xoshiro128: new (state: ArrayLike<number>) => { next(): number };
};

describe("normals", () => {
  const count = 2_000_000;
  const drawn = new Float64Array(count);
  normals(2026).fill(drawn);

  it("Xoshiro128 gives the numbers of its definition", () => {
    // From the definition (Blackman and Vigna, 2018), worked out with Python's integers; also those of Rust's rand_xoshiro.
    const generator = new Xoshiro128([1, 2, 3, 4]);
    assert.deepEqual(
      Array.from({ length: 10 }, () => generator.next() >>> 0),
      [
        641, 1573767, 3222811527, 3517856514, 836907274, 4247214768, 3867114732, 1355841295,
        495546011, 621204420,
      ],
    );
  });

  it("moments are those of the normal distribution", () => {
    const moment = (power: number) => drawn.reduce((sum, value) => sum + value ** power, 0) / count;
    // Five standard errors of each mean.
    for (const [power, expected, variance] of [
      [1, 0, 1],
      [2, 1, 2],
      [3, 0, 15],
      [4, 3, 96],
      [6, 15, 10170],
    ])
      assert.ok(
        Math.abs(moment(power) - expected) < 5 * Math.sqrt(variance / count),
        `moment ${power}: ${moment(power)}`,
      );
  });

  it("as many lie below each quantile as should, out to the tail beyond the ziggurat", () => {
    // Quantiles and tails by SciPy's norm.
    const below = [
      [-3.090232, 0.001],
      [-2.326348, 0.01],
      [-1.644854, 0.05],
      [-0.67449, 0.25],
      [0, 0.5],
      [0.67449, 0.75],
      [1.644854, 0.95],
      [2.326348, 0.99],
      [3.090232, 0.999],
    ];
    const near = (hits: number, fraction: number) =>
      Math.abs(hits / count - fraction) < 5 * Math.sqrt((fraction * (1 - fraction)) / count);
    for (const [quantile, fraction] of below)
      assert.ok(near(drawn.filter((value) => value < quantile).length, fraction), `${quantile}`);
    const tails: [number, number][] = [
      [3.6541528853610088, 0.000258032],
      [4.5, 6.795346e-6],
    ];
    for (const [edge, fraction] of tails)
      assert.ok(near(drawn.filter((value) => Math.abs(value) > edge).length, fraction), `${edge}`);
  });

  it("neighbours and seeds that are neighbours are not correlated", () => {
    const others = new Float64Array(count);
    normals(2027).fill(others);
    const correlation = (a: Float64Array, b: Float64Array) =>
      a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0) / count;
    for (const lag of [1, 2, 3, 256])
      assert.ok(Math.abs(correlation(drawn.subarray(0, count - lag), drawn.subarray(lag))) < 0.004);
    assert.ok(Math.abs(correlation(drawn, others)) < 0.004);
  });

  it("normals(seed) goes on where it stopped, scaled as asked, and the same anywhere", () => {
    const [whole, source, first, second] = [normals(7), normals(7), 3, 5].map((value) =>
      typeof value === "number" ? new Float32Array(value) : value,
    ) as [ReturnType<typeof normals>, ReturnType<typeof normals>, Float32Array, Float32Array];
    const all = new Float32Array(8);
    whole.fill(all, 2);
    source.fill(first, 2);
    source.fill(second, 2);
    assert.deepEqual([...all], [...first, ...second]);
    const golden = new Float64Array(3);
    normals(7).fill(golden);
    assert.deepEqual(
      [...golden].map((value) => Number(value.toFixed(9))),
      [-1.384406688, -0.486806533, 0.641526034],
    );
    assert.notDeepEqual(
      drawnFrom(2 ** 40 + 7),
      drawnFrom(7), // seeds beyond 32 bits count whole
    );
  });

  it("normals(-1) is refused", () => {
    assert.throws(() => normals(-1), /seed must be an integer of at least 0/);
    assert.throws(() => normals(0.5), /seed must be/);
  });
});

function drawnFrom(seed: number): number[] {
  const data = new Float32Array(4);
  normals(seed).fill(data);
  return [...data];
}
