import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

/** Node 20 has relaxed SIMD behind a flag, later ones have it always. */
const [major] = process.versions.node.split(".").map(Number);
const flags = major === 20 ? ["--experimental-wasm-relaxed-simd"] : [];

describe("engine with fused multiply-add", () => {
  it("agrees with kernels, by the definition and by Winograd", () => {
    const script = `
      const { conv2d, engine, random, randomNormal } = require("convbook");
      const x = randomNormal([2, 11, 13, 19], random(1));
      const filter = randomNormal([3, 3, 19, 21], random(2));
      const expected = conv2d(x, filter);
      const errorOf = (method) => {
        const y = engine.conv2d(x, filter, { method });
        return Math.max(...y.data.map((value, i) => Math.abs(value - expected.data[i])));
      };
      const errors = ["direct", "winograd"].map((method) => errorOf(method) / expected.max());
      console.log(JSON.stringify({ ...engine.status(), errors }));`;
    const output = execFileSync(process.execPath, [...flags, "-e", script], {
      cwd: __dirname,
      encoding: "utf8",
    });
    const { fusedMultiplyAdd, errors } = JSON.parse(output);
    assert.equal(fusedMultiplyAdd, true);
    for (const error of errors) assert.ok(error < 1e-5, `relative error ${error}`);
  });
});
