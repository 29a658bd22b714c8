import assert from "node:assert/strict";
import { random, studentInterval } from "convbook";

const close = (actual: number, expected: number, tolerance = 1e-4): void =>
  assert.ok(Math.abs(actual - expected) < tolerance, `${actual} is not ${expected}`);

describe("studentInterval", () => {
  it("studentInterval(values) is SciPy's t interval, for few and for many numbers", () => {
    // scipy.stats.t.interval(0.95, n - 1, loc=mean, scale=sem)
    const few = studentInterval([0.2, 0.5, 0.1, 0.9, 0.4]);
    close(few.low, 0.033286);
    close(few.high, 0.806714);
    const many = studentInterval(Array.from({ length: 41 }, (_, i) => i));
    close(many.margin, 3.781086);
  });

  it("holds the true mean in about 95 of 100 samples", () => {
    const source = random(3);
    const samples = Array.from({ length: 2000 }, () =>
      studentInterval([1, 2, 3, 4].map(() => source.normal(7, 2))),
    );
    const held = samples.filter(({ low, high }) => low < 7 && 7 < high).length / samples.length;
    close(held, 0.95, 0.015);
  });

  it("refuses a single number, and what is not finite", () => {
    assert.throws(() => studentInterval([1]), /at least two finite numbers/);
    assert.throws(() => studentInterval([1, NaN, 2]), /at least two finite numbers/);
  });
});
