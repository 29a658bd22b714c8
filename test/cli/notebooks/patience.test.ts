import assert from "node:assert/strict";
import { patiently } from "#dist/cli/notebooks/patience.js";

describe("patiently(what, look)", () => {
  it("waits longer than the time for which nothing may change, as long as something changes", async () => {
    let looks = 0;
    const began = Date.now();
    const look = async () => ({ isReady: ++looks > 12, seen: String(looks) });
    await patiently("it is there", look, { stalled: 50, pause: 20 });
    assert.equal(looks, 13);
    assert.ok(Date.now() - began > 100);
  });

  it("gives up when nothing changes, and says how it stood", async () => {
    const look = async () => ({ isReady: false, seen: "3 of 5 figures" });
    await assert.rejects(
      patiently("the notebook is drawn", look, { stalled: 60, pause: 10 }),
      /Waited in vain until the notebook is drawn: .* \(3 of 5 figures\)/,
    );
  });
});
