import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { preprocessLite } from "#dist/pretrained/preprocess.js";

describe("what a network of ImageNet is shown", function () {
  this.timeout(120_000);

  it("a photograph of 60 megapixels is reduced while it is read, to the same values", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "photo-"));
    try {
      const file = path.join(folder, "ramp.jpg");
      // Dark to bright from left to right, 10,000 by 6,000: the middle square is 2,000 to 8,000.
      const ramp = Uint8Array.from({ length: 1000 }, (_, i) => (i * 255) / 999);
      await sharp(ramp, { raw: { width: 1000, height: 1, channels: 1 } })
        .resize(10_000, 6_000, { fit: "fill", kernel: "linear" })
        .jpeg({ quality: 95 })
        .toFile(file);
      const before = process.memoryUsage().arrayBuffers;
      const x = await preprocessLite("classify", file, 224);
      assert.deepEqual(x.shape, [1, 224, 224, 3]);
      for (const column of [0, 56, 111, 168, 223]) {
        const wanted = 255 * (0.2 + (0.6 * (column + 0.5)) / 224);
        for (const c of [0, 1, 2]) {
          const byte = x.get(0, 100, column, c) * 128 + 127;
          assert.ok(Math.abs(byte - wanted) < 2.5, `column ${column}: ${byte}, not ${wanted}`);
        }
      }
      const grown = process.memoryUsage().arrayBuffers - before;
      assert.ok(grown < 100e6, `${grown} bytes`); // 720 MB as numbers, were it read whole
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
