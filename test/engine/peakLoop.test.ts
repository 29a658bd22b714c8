import assert from "node:assert/strict";
import { engine } from "convbook";

describe("engine.peakLoop", () => {
  for (const lanes of [1, 4] as const)
    it(`computes its twelve chains of value = value / 2 + 1/2 as floats do, ${lanes} wide`, () => {
      const loop = engine.peakLoop({ lanes });
      for (const [steps, chain] of [
        [1, 0.5],
        [2, 0.75],
        [10, 1 - 2 ** -10],
        [100, 1],
      ])
        assert.equal(loop(steps), 12 * chain);
    });

  it("refuses other widths", () => {
    assert.throws(() => engine.peakLoop({ lanes: 8 as never }), /lanes must be 1 or 4/);
  });
});
