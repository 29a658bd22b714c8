import assert from "node:assert/strict";
import fc from "fast-check";
import { conv2d, full, inputWindow, receptiveField, type StackedLayer, zeros } from "convbook";

/** Lights each pixel of a line in turn, and notes which cells of the last layer change. */
function pixelsSeenByCells(layers: readonly StackedLayer[], n: number): number[][] {
  const seen: number[][] = [];
  for (let pixel = 0; pixel < n; pixel++) {
    let x = zeros([1, n, 1, 1]); // [m, h, w, c]
    x.set(1, 0, pixel, 0, 0);
    for (const { kernelSize, stride = 1, padding = 0, dilation = 1 } of layers) {
      const alongHeight = typeof padding === "string" ? padding : ([padding, padding] as const);
      x = conv2d(x, full([kernelSize, 1, 1, 1], 1), {
        stride: [stride, 1],
        dilation: [dilation, 1],
        padding:
          typeof alongHeight === "string"
            ? alongHeight
            : [
                typeof padding === "number" ? [padding, padding] : (padding as [number, number]),
                [0, 0],
              ],
      });
    }
    for (let cell = 0; cell < x.shape[1]; cell++) {
      seen[cell] ??= [];
      if (x.get(0, cell, 0, 0) !== 0) seen[cell].push(pixel);
    }
  }
  return seen;
}

const anyLayer: fc.Arbitrary<StackedLayer> = fc.record({
  kernelSize: fc.integer({ min: 1, max: 4 }),
  stride: fc.integer({ min: 1, max: 3 }),
  dilation: fc.integer({ min: 1, max: 2 }),
  padding: fc.oneof(
    fc.integer({ min: 0, max: 2 }),
    fc.constant("same" as const),
    fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })),
  ),
});

describe("receptiveField", () => {
  it("receptiveField(layers) of known networks", () => {
    // Araujo, Norris and Sim 2019 list 195 for AlexNet's and 212 for VGG-16's last pooling.
    const alexnet: StackedLayer[] = [
      { name: "conv1", kernelSize: 11, stride: 4 },
      { name: "pool1", kernelSize: 3, stride: 2 },
      { name: "conv2", kernelSize: 5, padding: 2 },
      { name: "pool2", kernelSize: 3, stride: 2 },
      { name: "conv3", kernelSize: 3, padding: 1 },
      { name: "conv4", kernelSize: 3, padding: 1 },
      { name: "conv5", kernelSize: 3, padding: 1 },
      { name: "pool5", kernelSize: 3, stride: 2 },
    ];
    const rows = receptiveField(alexnet, 227);
    assert.deepEqual(
      rows.map((row) => row.size),
      [55, 27, 27, 13, 13, 13, 13, 6],
    );
    assert.deepEqual(
      rows.map((row) => row.jump),
      [4, 8, 8, 16, 16, 16, 16, 32],
    );
    assert.equal(rows[7].field, 195);
    assert.equal(rows[7].name, "pool5");
    const block = (depth: number): StackedLayer[] => [
      ...Array.from({ length: depth }, () => ({ kernelSize: 3, padding: 1 })),
      { kernelSize: 2, stride: 2 },
    ];
    const vgg16 = [2, 2, 3, 3, 3].flatMap(block);
    assert.equal(receptiveField(vgg16).at(-1)?.field, 212);
  });

  it("receptiveField(layers) without a length leaves size out, and needs none", () => {
    const [layer] = receptiveField([{ kernelSize: 3, padding: "same" }]);
    assert.deepEqual(layer, {
      ...{ name: "layer 1", size: null, jump: 1, field: 3 },
      start: -1,
      centre: 0,
    });
    assert.throws(
      () => receptiveField([{ kernelSize: 3, padding: "same", stride: 2 }]),
      /n must be the length of the input, since layers\[0\] has "same" padding and a stride, but got nothing/,
    );
  });

  it("receptiveField(layers, n).centre says where the windows lie", () => {
    assert.equal(receptiveField([{ kernelSize: 3, padding: 1 }], 8)[0].centre, 0);
    assert.equal(receptiveField([{ kernelSize: 2, stride: 2 }], 8)[0].centre, 0.5);
    assert.equal(receptiveField([{ kernelSize: 7, stride: 2, padding: "same" }], 224)[0].centre, 1);
  });

  it("receptiveField(bad layers) is refused, naming the layer", () => {
    assert.throws(() => receptiveField([]), /layers must be an array of at least one layer/);
    assert.throws(
      () => receptiveField([{ kernelSize: 3 }, { kernelSize: 3, stride: 0 }]),
      /layers\[1\].stride must be a positive integer, but got 0/,
    );
    assert.throws(
      () => receptiveField([{ kernelSize: 3, stride: 2 }, { kernelSize: 5 }], 8),
      /layers\[1\].kernelSize must be at most the padded input's 3/,
    );
    assert.throws(() => receptiveField([{ kernelSize: 3 }], NaN), /n must be a positive integer/);
  });
});

describe("inputWindow", () => {
  it("inputWindow(layers, n, cell).pixels are those that change the cell when they are lit", () => {
    fc.assert(
      fc.property(
        fc.array(anyLayer, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 24 }),
        (layers, n) => {
          let seen: number[][];
          try {
            seen = pixelsSeenByCells(layers, n);
          } catch {
            assert.throws(() => inputWindow(layers, n, 0), /at most the padded input's/);
            return;
          }
          seen.forEach((pixels, cell) =>
            assert.deepEqual(inputWindow(layers, n, cell).pixels, pixels),
          );
          assert.equal(receptiveField(layers, n).at(-1)?.size, seen.length);
        },
      ),
      { seed: 7, numRuns: 150 },
    );
  });

  it("inputWindow(layers, n, cell).first and .last hold the pixels, and meet them away from the edges", () => {
    const layers: StackedLayer[] = [
      { kernelSize: 5, stride: 2, padding: 2 },
      { kernelSize: 3, padding: 1, dilation: 2 },
      { kernelSize: 2, stride: 2 },
    ];
    const n = 64;
    const { field, jump, start } = receptiveField(layers, n)[2];
    pixelsSeenByCells(layers, n).forEach((pixels, cell) => {
      const { first, last } = inputWindow(layers, n, cell);
      assert.deepEqual([first, last], [start + cell * jump, start + cell * jump + field - 1]);
      const insideOnly = first >= 0 && last < n;
      if (insideOnly) assert.deepEqual([pixels[0], pixels.at(-1)], [first, last]);
      else assert.ok(pixels.every((pixel) => pixel >= first && pixel <= last));
    });
  });

  it("inputWindow(layers, n, cell) of dilated layers shows the gaps", () => {
    assert.deepEqual(inputWindow([{ kernelSize: 3, dilation: 2 }], 7, 1).pixels, [1, 3, 5]);
  });

  it("inputWindow(layers, n, cell outside) is refused", () => {
    assert.throws(
      () => inputWindow([{ kernelSize: 3 }], 8, 6),
      /cell must be one of the last layer's 6 cells, 0 to 5, but got 6/,
    );
  });
});
