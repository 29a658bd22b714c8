import assert from "node:assert/strict";
import { quantile, random, randomNormal } from "convbook";

describe("quantile", () => {
  it("quantile(values, 0.5) is the median, of an even count the mean of the middle two", () => {
    assert.equal(quantile([7, 1, 3], 0.5), 3);
    assert.equal(quantile([7, 1, 3, 4], 0.5), 3.5);
    assert.equal(quantile([5], 0.5), 5);
  });

  it("quantile(values, fraction) goes by numbers, not by letters, and leaves the values as they are", () => {
    const values = [100, 9, 20];
    assert.equal(quantile(values, 0), 9);
    assert.equal(quantile(values, 1), 100);
    assert.deepEqual(values, [100, 9, 20]);
  });

  it("quantile(values, fraction) lies between two values in proportion, as NumPy has it", () => {
    // numpy.quantile([1, 2, 4, 8, 16], [0.1, 0.25, 0.9])
    const found = [0.1, 0.25, 0.9].map((fraction) => quantile([1, 2, 4, 8, 16], fraction));
    [1.4, 2, 12.8].forEach((expected, i) => assert.ok(Math.abs(found[i] - expected) < 1e-12));
  });

  it("quantile(normal numbers, 0.8413) is one standard deviation above the mean", () => {
    const values = randomNormal([20_000], random(5)).data;
    assert.ok(Math.abs(quantile(values, 0.8413) - 1) < 0.03);
  });

  it("quantile(values with infinity) is a number or infinity, never NaN", () => {
    assert.equal(quantile([1, Infinity, Infinity], 0.5), Infinity);
    assert.equal(quantile([-Infinity, 1, 2], 1), 2);
  });

  it("quantile([], fraction) and quantile(values, no fraction) are refused", () => {
    assert.throws(
      () => quantile([], 0.5),
      /quantile\(\): values must be at least one number, but got \[\]/,
    );
    assert.throws(
      () => quantile([1], 50),
      /quantile\(\): fraction must be from 0 to 1, but got 50/,
    );
    assert.throws(() => quantile([1], NaN), /fraction must be a finite number/);
  });
});
