import assert from "node:assert/strict";
import { scatter } from "convbook";
import { assertIsJson } from "./pictures";

interface Marker {
  size: number[];
  sizeref: number;
}

describe("scatter", () => {
  it("scatter(groups) has a trace for each group, with labels beside the points", () => {
    const figure = scatter({
      a: [
        { x: 1, y: 2, label: "one" },
        { x: 3, y: 4 },
      ],
      b: [{ x: 5, y: 6 }],
    });
    assert.deepEqual(
      figure.data.map(({ x, y, text, mode }) => ({ x, y, text, mode })),
      [
        { x: [1, 3], y: [2, 4], text: ["one", ""], mode: "markers+text" },
        { x: [5], y: [6], text: undefined, mode: "markers" },
      ],
    );
    assertIsJson(figure);
  });

  it("scatter(points with sizes) draws areas in proportion, the same in all groups", () => {
    const point = (size: number) => [{ x: 1, y: 1, size }];
    const markers = scatter({ a: point(10), b: point(40) }).data.map(({ marker }) => marker);
    const [small, large] = markers as Marker[];
    assert.equal(small.sizeref, large.sizeref);
    // plotly: diameter = sqrt(2 · size / sizeref) where sizemode is "area"
    const diameter = ({ size, sizeref }: Marker) => Math.sqrt((2 * size[0]) / sizeref);
    assert.ok(Math.abs(diameter(large) - 2 * diameter(small)) < 1e-9);
  });

  it("scatter(points without a size) draws small circles, also beside those that have one", () => {
    const plain = { x: 1, y: 1 };
    const [{ marker }] = scatter({ a: [plain] }).data as unknown as [{ marker: { size: number } }];
    assert.equal(marker.size, 9); // one number is a diameter to plotly, in pixels
    const [mixed] = scatter({ a: [plain, { ...plain, size: 1000 }] }).data;
    const { size, sizeref } = mixed.marker as Marker;
    assert.ok(Math.abs(Math.sqrt((2 * size[0]) / sizeref) - 9) < 1e-9);
  });

  it("scatter(groups, {lines}) draws the lines behind", () => {
    const lines = { roof: { x: [1, 10, 100], y: [8, 80, 80] } };
    const [roof] = scatter({ layers: [{ x: 4, y: 20 }] }, { lines, log: "xy" }).data;
    assert.deepEqual([roof.name, roof.mode, roof.y], ["roof", "lines", [8, 80, 80]]);
  });

  it("scatter(what has no position) is refused", () => {
    assert.throws(() => scatter({}), /groups must be an object with lists of points/);
    assert.throws(() => scatter({ a: [{ x: 1, y: NaN }] }), /groups\.a\[0\]\.y must be a finite/);
    assert.throws(
      () => scatter({ a: [{ x: 0, y: 1 }] }, { log: "x" }),
      /a's x\[0\] must be positi/,
    );
    assert.throws(() => scatter({ a: [{ x: 0, y: 1, size: -1 }] }), /size must be positive/);
  });
});
