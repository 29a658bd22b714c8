import assert from "node:assert/strict";
import { heatmap, type PlotlyFigure, tensor, zeros } from "convbook";
import { assertIsJson } from "./pictures";

type Layout = Record<"xaxis" | "yaxis" | "margin" | "title", Record<string, unknown>> & {
  width: number;
  height: number;
};
const layoutOf = (figure: PlotlyFigure) => figure.layout as unknown as Layout;

describe("heatmap", () => {
  const matrix = [
    [1, 0, -3],
    [2, 0.5, -2],
  ];

  it("heatmap(matrix) has the values row by row, row 0 on top, and is JSON", () => {
    const figure = heatmap(matrix, { title: "Two rows" });
    assert.deepEqual(figure.data[0].z, matrix);
    assert.equal(layoutOf(figure).yaxis.autorange, "reversed");
    assert.equal(layoutOf(figure).title.text, "Two rows");
    assertIsJson(figure);
  });

  it("heatmap(a convolution's [1, h, w, 1]) is its matrix", () => {
    assert.deepEqual(heatmap(tensor(matrix).reshape([1, 2, 3, 1])).data[0].z, matrix);
    assert.deepEqual(heatmap([4, 5]).data[0].z, [[4, 5]]);
  });

  it("heatmap(values with negative ones) centres its colours on 0", () => {
    const [{ zmin, zmax }] = heatmap(matrix).data;
    assert.deepEqual([zmin, zmax], [-3, 3]);
  });

  it("heatmap(values from 0 on) spans them, and a constant still has a range", () => {
    const span = (values: number[][]) => {
      const [{ zmin, zmax }] = heatmap(values).data;
      return [zmin, zmax];
    };
    assert.deepEqual(span([[2, 5]]), [2, 5]);
    assert.deepEqual(span([[5, 5]]), [0, 5]);
    assert.deepEqual(span([[0, 0]]), [0, 1]);
  });

  it("heatmap(small) has its numbers in the cells, heatmap(large) has a colour bar instead", () => {
    const [small] = heatmap([[1, 0, -3, 0.5]]).data;
    assert.deepEqual(small.text, [["1", "0.00", "−3", "0.5"]]);
    assert.equal(small.showscale, false);
    const [large] = heatmap(zeros([60, 60])).data;
    assert.equal(large.text, undefined);
    assert.equal(large.showscale, true);
    assert.equal(heatmap(matrix, { numbers: false }).data[0].text, undefined);
  });

  it("heatmap(integers) writes them as they are, heatmap(fractions) all with the same decimals", () => {
    assert.deepEqual(heatmap([[10, -200, 0]]).data[0].text, [["10", "−200", "0"]]);
    assert.deepEqual(heatmap([[1.23456, -0.5, 0.001]]).data[0].text, [["1.23", "−0.5", "0.00"]]);
    assert.deepEqual(heatmap([[1e-9, 2e9]]).data[0].text, [["1.0e−9", "2.0e+9"]]);
  });

  it("heatmap(any size) draws square cells and stays within a screen", () => {
    for (const shape of [
      [1, 1],
      [3, 3],
      [28, 28],
      [200, 300],
      [2, 90],
      [500, 3],
    ]) {
      const { width, height, margin } = layoutOf(heatmap(zeros(shape)));
      const plot = [
        height - (margin.t as number) - (margin.b as number),
        width - (margin.l as number) - (margin.r as number),
      ];
      assert.ok(Math.abs(plot[0] / shape[0] - plot[1] / shape[1]) < 1e-9, shape.join());
      assert.ok(width <= 800 && height <= 560, `${shape.join()}: ${width} × ${height}`);
    }
  });

  it("heatmap(narrow, {title}) is wide enough for its title, and breaks one that is longer than a page", () => {
    const titled = (title: string) => layoutOf(heatmap(matrix, { title }));
    const mean = "Mean gate of each channel (across) for each digit (down)";
    const { width, title } = titled(mean);
    assert.ok(width >= 64 + 0.65 * 15 * mean.length, `${width}`);
    assert.equal(title.text, mean);
    const long = titled("as many words as it takes to fill a page ".repeat(4).trim());
    const lines = String(long.title.text).split("<br>");
    assert.equal(long.width, 800);
    assert.ok(lines.length > 1 && lines.every((line) => 64 + 0.65 * 15 * line.length < 800));
    const [short, high] = [titled("short"), long];
    const higher = high.height - short.height;
    assert.ok(higher >= 18 * (lines.length - 1));
    assert.equal((high.margin.t as number) - (short.margin.t as number), higher);
    const two = titled("as many words as it takes to fill a page ".repeat(2).trim());
    assert.ok(Number.isInteger(two.height), `${two.height}, where windows are whole pixels high`);
  });

  it("heatmap(values, {rows: long names}) has room for the names beside square cells", () => {
    const rows = ["a rather long name of a row", "b"];
    const { width, height, margin } = layoutOf(heatmap(matrix, { rows }));
    const cell = (height - (margin.t as number) - (margin.b as number)) / 2;
    assert.equal(width - (margin.l as number) - (margin.r as number), 3 * cell);
    assert.ok((margin.l as number) > 0.6 * 13 * rows[0].length + 30);
  });

  it("heatmap(NaN) leaves the cell blank and says so", () => {
    const figure = heatmap([[1, NaN, 3]]);
    assert.deepEqual(figure.data[0].z, [[1, null, 3]]);
    assert.deepEqual(figure.data[0].text, [["1", "", "3"]]);
    assert.match(figure.text, /1 value not finite, left blank/);
    assertIsJson(figure);
  });

  it("heatmap(values, {title, x, y, value}).text says what is shown", () => {
    const { text } = heatmap(matrix, { title: "Loss", x: "stride", y: "padding", value: "nats" });
    assert.match(text, /^Loss: 2 rows \(padding\) by 3 columns \(stride\), nats from −3 to 2\n/);
    assert.match(text, /0\.5/);
  });

  it("heatmap(values, {rows, columns}) names the cells", () => {
    const figure = heatmap(matrix, { rows: ["a", "b"], columns: ["x", "y", "z"] });
    assert.deepEqual(layoutOf(figure).yaxis.ticktext, ["a", "b"]);
    assert.deepEqual(layoutOf(figure).xaxis.ticktext, ["x", "y", "z"]);
    assert.throws(
      () => heatmap(matrix, { rows: ["a"] }),
      /heatmap\(\): rows must be as many as the 2 rows, but got 1/,
    );
  });

  it("heatmap(what is no matrix) is refused", () => {
    assert.throws(
      () => heatmap(zeros([2, 3, 4])),
      /values must be a matrix, \[rows, columns\], but got a tensor of shape \[2, 3, 4\]\. Pick one/,
    );
    assert.throws(() => heatmap(zeros([0, 3])), /must be a matrix/);
    assert.throws(() => heatmap("cat" as never), /must be a tensor or an array of numbers/);
    assert.throws(() => heatmap(matrix, { range: [1, 1] }), /range must be two numbers/);
    assert.throws(() => heatmap(matrix, { range: [0, NaN] }), /range\[1\] must be a finite number/);
  });
});
