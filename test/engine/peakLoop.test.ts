import assert from "node:assert/strict";
import { engine } from "convbook";

describe("engine.peakLoop", () => {
  it("computes its twelve chains of value = value / 2 + 1/2 as floats do", () => {
    const loop = engine.peakLoop();
    for (const [steps, chain] of [
      [1, 0.5],
      [2, 0.75],
      [10, 1 - 2 ** -10],
      [100, 1],
    ])
      assert.equal(loop(steps), 12 * chain);
  });
});
