import assert from "node:assert/strict";
import { curves, type PlotlyFigure, tensor } from "convbook";
import { assertIsJson } from "./pictures";

const axes = (figure: PlotlyFigure) =>
  figure.layout as { xaxis: Record<string, unknown>; yaxis: Record<string, unknown> };

describe("curves", () => {
  it("curves({name: values}) draws each against 0, 1, 2, ...", () => {
    const figure = curves(
      { train: [3, 2, 1], test: tensor([4, 3]) },
      { title: "Training", x: "epoch", y: "loss (nats)" },
    );
    assert.deepEqual(
      figure.data.map(({ name, x, y }) => ({ name, x, y })),
      [
        { name: "train", x: [0, 1, 2], y: [3, 2, 1] },
        { name: "test", x: [0, 1], y: [4, 3] },
      ],
    );
    assert.deepEqual(axes(figure).xaxis.title, { text: "epoch", standoff: 8 });
    assert.deepEqual(axes(figure).yaxis.title, { text: "loss (nats)", standoff: 8 });
    assert.equal(figure.layout.showlegend, true);
    assertIsJson(figure);
  });

  it("curves({name: {x, y}}) draws at positions of its own", () => {
    const [{ x, y }] = curves({ a: { x: [1, 10], y: Float32Array.of(0.5, 0.25) } }).data;
    assert.deepEqual({ x, y }, { x: [1, 10], y: [0.5, 0.25] });
  });

  it("curves(series) tells each curve by its dash as well as by its colour", () => {
    const figure = curves({ a: [1], b: [1], c: [1] });
    const dashes = figure.data.map(({ line }) => (line as { dash: string }).dash);
    assert.equal(new Set(dashes).size, 3);
  });

  it("curves(values that are not finite) leaves gaps", () => {
    const figure = curves({ loss: [1, NaN, Infinity, 2] });
    assert.deepEqual(figure.data[0].y, [1, null, null, 2]);
    assertIsJson(figure);
  });

  it("curves(series, {log}) makes those axes logarithmic and refuses what has no position there", () => {
    const figure = curves({ a: { x: [1, 10], y: [1, 2] } }, { log: "xy" });
    assert.deepEqual([axes(figure).xaxis.type, axes(figure).yaxis.type], ["log", "log"]);
    assert.throws(
      () => curves({ a: [1, 0] }, { log: "y" }),
      /curves\(\): a's y\[1\] must be positive, since the y axis is logarithmic, but got 0/,
    );
  });

  it("curves(series, {log}) has numbers that do not run into each other, in letters of one size", () => {
    const axisOf = (y: number[]) => axes(curves({ a: y }, { log: "y" })).yaxis;
    assert.equal(axisOf([0.01, 1]).dtick, 1); // a number at each power of ten
    const { tickvals, ticktext } = axisOf([0.4, 2.4]);
    assert.deepEqual(tickvals, [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50]);
    assert.deepEqual(ticktext, ["0.1", "0.2", "0.5", "1", "2", "5", "10", "20", "50"]);
    assert.equal(axisOf([2.1, 2.3]).tickvals, undefined); // none of 1, 2, 5 lies there
  });

  it("curves(series, {title longer than the page}) breaks the title, and is higher for it", () => {
    const title = "what a curve says of itself ".repeat(5).trim();
    const [short, long] = ["short", title].map((title) => curves({ a: [1, 2] }, { title }).layout);
    const { text } = long.title as { text: string };
    assert.deepEqual(text.split("<br>").join(" "), title);
    assert.ok(text.split("<br>").every((line) => line.length <= 70));
    assert.ok((long.height as number) > (short.height as number));
  });

  it("curves(series).text says the axes and the ends of each curve", () => {
    const { text } = curves({ a: [3, 1] }, { title: "T", x: "step", y: "loss", log: "y" });
    assert.equal(
      text,
      "T: loss over step, y logarithmic\na: 2 points, x from 0 to 1, y from 1 to 3",
    );
  });

  it("curves(nothing to draw) is refused", () => {
    assert.throws(() => curves({}), /series must be an object with at least one curve/);
    assert.throws(() => curves({ a: [] }), /series\.a must be numbers, at least one/);
    assert.throws(() => curves({ a: ["1"] as never }), /series\.a must be numbers/);
    assert.throws(
      () => curves({ a: { x: [1], y: [1, 2] } }),
      /series\.a\.x must be as long as y, 2, but got 1/,
    );
  });
});
