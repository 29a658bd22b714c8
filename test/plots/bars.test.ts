import assert from "node:assert/strict";
import { bars } from "convbook";
import { assertIsJson } from "./pictures";

describe("bars", () => {
  it("bars({name: number}) has a bar with its number for each name", () => {
    const figure = bars({ conv1: 35, conv2: 308.25 }, { title: "Weights", y: "thousands" });
    const [{ x, y, text }] = figure.data;
    assert.deepEqual({ x, y }, { x: ["conv1", "conv2"], y: [35, 308.25] });
    assert.deepEqual(text, ["35", "308"]);
    assert.equal(figure.layout.showlegend, false);
    assertIsJson(figure);
  });

  it("bars({series: {name: number}}) puts the series side by side", () => {
    const figure = bars({ loops: { a: 2, b: 3 }, im2col: { a: 1, b: 1 } });
    assert.deepEqual(
      figure.data.map(({ name, y }) => [name, y]),
      [
        ["loops", [2, 3]],
        ["im2col", [1, 1]],
      ],
    );
    assert.equal(figure.layout.barmode, "group");
    assert.equal(figure.text, "value by name\nloops: a 2, b 3\nim2col: a 1, b 1");
  });

  it("bars(what has no length) is refused", () => {
    assert.throws(() => bars({}), /values must be an object with at least one number/);
    assert.throws(() => bars({ a: NaN }), /values\.a must be a finite number, but got NaN/);
    assert.throws(() => bars({ s: { a: "1" as never } }), /values\.s\.a must be a finite number/);
    assert.throws(() => bars({ a: 0 }, { log: true }), /values\.a must be positive/);
  });
});
