import assert from "node:assert/strict";
import { show, table } from "convbook";
import { fakeKernel } from "../notebook/fakeKernel";

const lines = (...input: Parameters<typeof table>) => table(...input).text.split("\n");

describe("table", () => {
  it("table(rows).text has text on the left and numbers on the right", () => {
    const rows = [
      { layer: "conv1", parameters: 156 },
      { layer: "dense1", parameters: 48120 },
    ];
    assert.deepEqual(lines(rows), [
      "layer   parameters",
      "conv1          156",
      "dense1      48,120",
    ]);
  });

  it("table(fractions) writes a column with the same decimals", () => {
    const rows = [{ x: 0.5, y: 12.25, z: -1000.5 }, { x: 0, y: 3, z: 2 }, { x: 0.0625 }];
    assert.deepEqual(lines(rows), [
      "    x     y         z",
      "0.500  12.3  −1,000.5",
      "0.000   3.0       2.0",
      "0.063",
    ]);
  });

  it("table(rounded fractions) adds no zeros", () => {
    const rows = [{ x: 0.74, y: 0.5 }, { x: 0.5, y: 0.25 }, { x: 0 }];
    assert.deepEqual(lines(rows), ["   x     y", "0.74  0.50", "0.50  0.25", "0.00"]);
  });

  it("table(NaN, infinity) says so", () => {
    assert.deepEqual(lines([{ x: NaN }, { x: Infinity }, { x: 2 }]), ["  x", "NaN", "  ∞", "  2"]);
  });

  it("table(rows of different keys) leaves the cells blank that are missing", () => {
    const rows = [{ a: "x" }, { b: "y" }, { a: undefined, b: "z" }];
    assert.deepEqual(lines(rows), ["a  b", "x", "   y", "   z"]);
    assert.match(table(rows).html, /<td[^>]*>&#160;<\/td>/);
  });

  it("table(rows, {title}).html holds title, heads and cells, made safe", () => {
    const { html } = table([{ "f < 3": 'a & "b"', n: 1234 }], { title: "<Sizes>" });
    assert.match(html, /<b>&lt;Sizes&gt;<\/b>/);
    assert.match(html, /<th style="text-align:left[^>]*>f &lt; 3<\/th>/);
    assert.match(html, /<td style="text-align:left[^>]*>a &amp; &quot;b&quot;<\/td>/);
    assert.match(html, /<td style="text-align:right[^>]*>1,234<\/td>/);
  });

  it("show(table(rows)) sends HTML and text", () => {
    const shown = table([{ a: 1 }]);
    const [{ data }] = fakeKernel(() => show(shown));
    assert.deepEqual(data, { "text/html": shown.html, "text/plain": shown.text });
  });

  it("table(what are no rows) is refused", () => {
    assert.throws(() => table([]), /table\(\): rows must be at least one row/);
    assert.throws(() => table([[1, 2]] as never), /rows\[0\] must be an object/);
    const nested = [{ a: 1 }, { a: [1] }] as never;
    assert.throws(() => table(nested), /rows\[1\]\["a"\] must be text or a number/);
  });
});
