import assert from "node:assert/strict";
import { intervalText, studentInterval } from "convbook";

describe("intervalText", () => {
  it("intervalText(values) is SciPy's t interval, rounded", () => {
    // scipy.stats.t.interval(0.95, 4, loc=mean, scale=sem) of these: 0.033286 to 0.806714
    const values = [0.2, 0.5, 0.1, 0.9, 0.4];
    assert.equal(intervalText(values), "0.4\u00a0±\u00a00.4");
    assert.equal(intervalText(values, { decimals: 3 }), "0.420\u00a0±\u00a00.387");
    assert.equal(intervalText(values, { percent: true }), "42.0\u00a0±\u00a038.7");
    assert.equal(intervalText(values, { percent: true, decimals: 0 }), "42\u00a0±\u00a039");
  });

  it("intervalText of differences keeps their sign", () => {
    assert.equal(intervalText([-0.02, -0.03, -0.04], { percent: true }), "-3.0\u00a0±\u00a02.5");
  });

  it("intervalText of what rounds to 0 has no sign", () => {
    assert.equal(intervalText([-0.0001, -0.0003]), "0.0\u00a0±\u00a00.0");
  });

  it("says what studentInterval says", () => {
    const { mean, margin } = studentInterval([3, 1, 4, 1, 5]);
    assert.equal(
      intervalText([3, 1, 4, 1, 5], { decimals: 6 }),
      `${mean.toFixed(6)}\u00a0±\u00a0${margin.toFixed(6)}`,
    );
  });

  it("refuses too few numbers and unknown options, in its own name", () => {
    assert.throws(
      () => intervalText([1]),
      /^ArgumentError: intervalText\(\): values must be at least two/,
    );
    assert.throws(
      () => intervalText([1, 2], { decimals: -1 }),
      /decimals must be an integer of at least 0/,
    );
    assert.throws(
      () => intervalText([1, 2], { decimals: 21 }),
      /decimals must be 0 to 20, but got 21/,
    );
    assert.throws(
      () => intervalText([1, 2], { percent: 1 as never }),
      /percent must be true or false, but got 1/,
    );
    assert.throws(
      () => intervalText([1, 2], { digits: 1 } as never),
      /options must be of decimals and percent/,
    );
  });
});
