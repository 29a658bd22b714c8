import assert from "node:assert/strict";
import { random, rankCorrelation } from "convbook";

describe("rankCorrelation", () => {
  it("agrees with SciPy's spearmanr, equal numbers among them", () => {
    const a = [3.5, -1, 2, 2, 7, 0, 2, -4, 9, 7];
    const b = [1, 5, -2, 3, 3, 8, 0.5, -6, 4, 2];
    assert.ok(Math.abs(rankCorrelation(a, b) - 0.12037954459166872) < 1e-12);
  });

  it("does not change where the numbers are stretched, and turns its sign with the order", () => {
    const source = random(1);
    const [a, b] = [1, 2].map(() => Array.from({ length: 200 }, () => source.normal()));
    const stretched = a.map((value) => Math.exp(3 * value));
    assert.equal(rankCorrelation(stretched, b), rankCorrelation(a, b));
    const turned = b.map((value) => -value);
    assert.ok(Math.abs(rankCorrelation(a, turned) + rankCorrelation(a, b)) < 1e-12);
    assert.equal(rankCorrelation(a, a), 1);
  });

  it("refuses lists of different lengths, constants and NaN", () => {
    assert.throws(() => rankCorrelation([1, 2], [1, 2, 3]), /as many numbers as a, 2/);
    assert.throws(
      () => rankCorrelation([1, 2], [5, 5]),
      /b must be numbers that are not all equal/,
    );
    assert.throws(() => rankCorrelation([1, NaN], [1, 2]), /a must be two numbers or more/);
  });
});
