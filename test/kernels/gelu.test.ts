import assert from "node:assert/strict";
import { gelu, geluBackward, tensor } from "convbook";
import { normal } from "./assertGradients";

describe("gelu", () => {
  it("gelu(x) keeps its digits far out in the tails, where 1 + erf(x) would cancel", () => {
    // x times scipy.special.ndtr(x), scipy 1.16.
    const values = [
      [-10, -7.61985302416047e-23],
      [-5, -1.4332578593959663e-6],
      [-3, -0.00404969409489028],
      [-2.9999, -0.0040508888147364796],
      [0.5, 0.34573123063700656],
      [3, 2.99595030590511],
      [8, 7.999999999999995],
    ];
    for (const [x, y] of values) {
      const found = gelu(tensor([x], [1], "float64")).data[0];
      assert.ok(Math.abs(found - y) <= Math.abs(y) * 5e-14, `${x}: ${found}`);
    }
    assert.deepEqual(
      [...gelu(tensor([-Infinity, Infinity, NaN], [3], "float64")).data],
      [0, Infinity, NaN],
    );
  });

  it("geluBackward(dy, x) is the slope of gelu", () => {
    const x = normal([3, 5], 1).map((value) => 3 * value);
    const dy = normal([3, 5], 2);
    const h = 1e-6;
    const dx = geluBackward(dy, x);
    const [above, below] = [gelu(x.map((v) => v + h)), gelu(x.map((v) => v - h))];
    dx.data.forEach((value, i) => {
      const slope = (dy.data[i] * (above.data[i] - below.data[i])) / (2 * h);
      assert.ok(Math.abs(value - slope) < 1e-8);
    });
  });
});
