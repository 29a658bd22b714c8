import assert from "node:assert/strict";
import { layers, moduleTimeline, network, subnetwork, zoo } from "convbook";
import { assertIsJson, attributesIn, lettersIn, widthOf } from "../pictures";

const fourth = subnetwork(zoo.googlenet(), "inception4a");

describe("moduleTimeline", () => {
  it("moduleTimeline(milestones) draws them in the order of time, whatever theirs is", () => {
    const figure = moduleTimeline([
      { name: "later", date: "2016-02", notes: ["second"] },
      { name: "earlier", date: "2014-09", module: fourth, notes: ["first"] },
    ]);
    assert.equal(figure.text, "September 2014: earlier; first\nFebruary 2016: later; second");
    const words = lettersIn(figure);
    assert.ok(words.indexOf("earlier") < words.indexOf("later"));
    for (const year of ["2015", "2016"]) assert.ok(words.includes(year), year);
    assertIsJson(figure);
  });

  it("moduleTimeline(milestones) places the dots by their months", () => {
    const dates = ["2014-01", "2014-07", "2016-01"];
    const { svg } = moduleTimeline(dates.map((date) => ({ name: date, date })));
    const [a, b, c] = attributesIn(svg, "circle", "cx").map(Number);
    assert.ok(Math.abs((b - a) / (c - a) - 6 / 24) < 0.002, `${a}, ${b}, ${c}`);
  });

  it("moduleTimeline(milestones) names windows, pools, stacks and sums in a word", () => {
    const { conv, depthwiseConv, maxPool, residual, sequential } = layers;
    const body = sequential(
      depthwiseConv({ kernelSize: 3, padding: 1 }),
      conv({ filters: 4, kernelSize: [1, 7], padding: "same" }),
    );
    const net = network("sum", [8, 8, 4], maxPool({ size: 2 }), residual(body));
    const words = lettersIn(moduleTimeline([{ name: "one", date: "2020-12", module: net }]));
    for (const word of ["in", "max", "3×3 dw", "1×7", "+", "December 2020"])
      assert.ok(words.includes(word), `${word} in ${words.join(", ")}`);
    const stacked = lettersIn(moduleTimeline([{ name: "v1", date: "2014-09", module: fourth }]));
    assert.deepEqual(stacked.filter((word) => word === "stack").length, 1);
    assert.deepEqual(stacked.filter((word) => word === "5×5").length, 1);
  });

  it("moduleTimeline(zoo.inceptionMilestones()) fits a page", () => {
    const figure = moduleTimeline(zoo.inceptionMilestones());
    assert.ok(widthOf(figure) <= 1250, `${widthOf(figure)}`);
    assert.ok(!figure.svg.includes("NaN"));
  });

  it("moduleTimeline(...) refuses what has no date, and nothing at all", () => {
    assert.throws(() => moduleTimeline([]), /moduleTimeline\(\): milestones .* at least one step/);
    for (const date of ["2014", "2014-13", "September"])
      assert.throws(() => moduleTimeline([{ name: "v1", date }]), /milestones/);
    // @ts-expect-error a module is no network
    assert.throws(() => moduleTimeline([{ name: "v1", date: "2014-09", module: layers.relu() }]));
  });
});
