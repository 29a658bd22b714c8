import assert from "node:assert/strict";
import { permutation, random, randomIntegers, randomNormal } from "convbook";

describe("random", () => {
  it("random(seed) gives the same numbers for the same seed", () => {
    const [a, b, other] = [random(7), random(7), random(8)];
    const draw = (source: typeof a) => [source.uniform(), source.normal(), source.integer(0, 1e6)];
    const first = draw(a);
    assert.deepEqual(draw(b), first);
    assert.notDeepEqual(draw(other), first);
    assert.notDeepEqual(draw(a), first);
  });

  it("random(seed).uniform(low, high) fills the range evenly", () => {
    const source = random(1);
    const bins: number[] = new Array(10).fill(0);
    for (let i = 0; i < 20_000; i++) bins[Math.floor(source.uniform(5, 15) - 5)] += 1;
    // 2000 in each; the deviation of a count is 42.
    for (const count of bins) assert.ok(Math.abs(count - 2000) < 5 * 42, String(bins));
  });

  it("random(seed) gives unlike first numbers for like seeds", () => {
    const firsts = Array.from({ length: 2000 }, (_, seed) => random(seed).uniform());
    const bins: number[] = new Array(10).fill(0);
    for (const value of firsts) bins[Math.floor(10 * value)] += 1;
    // 200 in each; the deviation of a count is 13.
    for (const count of bins) assert.ok(Math.abs(count - 200) < 5 * 13, String(bins));
  });

  it("random(seed).normal(mean, deviation) has them", () => {
    const x = randomNormal([20_000], random(2), "float64").map((value) => 3 + 2 * value);
    const mean = x.mean();
    const variance = x.map((value) => (value - mean) ** 2).mean();
    assert.ok(Math.abs(mean - 3) < 0.06);
    assert.ok(Math.abs(Math.sqrt(variance) - 2) < 0.05);
    const source = random(2);
    assert.ok(Math.abs(source.normal(100, 1) - 100) < 6);
  });

  it("random(seed).integer(low, high) includes both ends", () => {
    const x = randomIntegers([200], -1, 1, random(3));
    assert.deepEqual([...new Set(x.data)].sort(), [-1, 0, 1].sort());
    assert.throws(
      () => random(1).integer(3, 2),
      /high must be an integer of at least 3, but got 2/,
    );
    assert.throws(() => random(1).integer(0.5, 2), /low must be an integer, but got 0.5/);
  });

  it("random(no whole number) is refused", () => {
    assert.throws(
      () => random(-1),
      /random\(\): seed must be an integer of at least 0, but got -1/,
    );
    assert.throws(() => random(Math.PI), /seed must be an integer of at least 0, but got 3.14/);
  });
});

describe("permutation", () => {
  it("permutation(length, source) has every order about as often", () => {
    const source = random(4);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = permutation(3, source).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    assert.deepEqual([...counts.keys()].sort(), ["012", "021", "102", "120", "201", "210"]);
    // 1000 of each; the deviation of a count is 29.
    for (const count of counts.values()) assert.ok(Math.abs(count - 1000) < 5 * 29);
  });

  it("permutation(0 and 1, source)", () => {
    assert.equal(permutation(0, random(1)).length, 0);
    assert.deepEqual([...permutation(1, random(1))], [0]);
  });
});
