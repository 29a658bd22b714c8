import assert from "node:assert/strict";
import {
  confusionHeatmap,
  curves,
  featureMaps,
  filterGrid,
  fromFunction,
  heatmap,
  imageGrid,
  scatter,
  zeros,
} from "convbook";

/** Seconds of processor time: what others do on this machine does not count. */
function secondsOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** What made the stack overflow, or took half a minute and more. The bounds are ten times what is usual. */
describe("figures of large data", function () {
  this.timeout(180_000);

  it("heatmap(a photograph of 2,000 by 2,000) draws means, says so, and takes less than 3 MB", () => {
    const photo = fromFunction([2000, 2000], (i, j) => (i * 2000 + j) / 4e6);
    const figure = heatmap(photo);
    const [trace] = figure.data as { z: number[][]; x0: number; dx: number }[];
    assert.deepEqual([trace.z.length, trace.z[0].length, trace.x0, trace.dx], [500, 500, 1.5, 4]);
    // The mean of rows 0 to 3 and columns 0 to 3.
    assert.ok(Math.abs(trace.z[0][0] - (1.5 * 2000 + 1.5) / 4e6) < 1e-7);
    assert.ok(JSON.stringify(figure).length < 3e6);
    assert.match(JSON.stringify(figure.layout), /each cell: the mean of 4 × 4 values/);
    const odd = fromFunction([501, 1001], (i, j) => (j < 3 ? NaN : i === 500 ? 7 : 1));
    const [cut] = heatmap(odd).data as { z: (number | null)[][] }[];
    assert.deepEqual(
      [cut.z.length, cut.z[0].length, cut.z[0][0], cut.z[0][1]],
      [251, 501, null, 1],
    );
    assert.equal(cut.z[250][1], 7, "the last row has no other beside it");
    assert.throws(() => heatmap(zeros([2001, 2000])), /at most 4000000 values.*imageGrid/);
  });

  it("confusionHeatmap(counts of 1,000 classes) draws fractions of two by two, and takes less than 3 MB", () => {
    const counts = fromFunction([1000, 1000], (i, j) => (i === j ? 50 : 0));
    const figure = confusionHeatmap(counts);
    const [trace] = figure.data as { z: number[][] }[];
    assert.deepEqual([trace.z.length, trace.z[0][0], trace.z[0][1]], [500, 0.5, 0]);
    assert.ok(JSON.stringify(figure).length < 3e6);
  });

  it("scatter(a million points) draws evenly chosen ones, says so, and takes less than 3 MB", () => {
    const points = Array.from({ length: 1_000_000 }, (_, i) => ({ x: i / 3, y: -i / 7 }));
    const figure = scatter({ points }, { x: "time (s)" });
    const [trace] = figure.data as { x: number[]; y: number[] }[];
    assert.deepEqual([trace.x.length, trace.x[1], trace.y[1]], [100_000, 3.33333, -1.42857]);
    assert.match(JSON.stringify(figure.layout), /time \(s\); one point in 10 is drawn/);
    assert.match(figure.text, /points: 1000000 points, x from 0 to/);
    assert.ok(JSON.stringify(figure).length < 3e6);
    const [all] = scatter({ points: points.slice(0, 100_000) }).data as { x: number[] }[];
    assert.equal(all.x[1], 1 / 3, "as it was given, where all are drawn");
  });

  it("curves(a million points) keep each peak and gap, say so, and take less than 3 MB", () => {
    const y = Float64Array.from({ length: 1_000_000 }, (_, i) => Math.sin(i / 1e4));
    y[123_457] = 9;
    y[700_013] = -9;
    y.fill(NaN, 400_000, 400_040);
    const figure = curves({ wave: y }, { x: "step" });
    const [trace] = figure.data as { x: number[]; y: (number | null)[] }[];
    assert.ok(trace.y.length <= 100_000 && trace.y.length > 90_000);
    assert.equal(trace.y[trace.x.indexOf(123_457)], 9);
    assert.equal(trace.y[trace.x.indexOf(700_013)], -9);
    assert.equal(trace.y[trace.x.indexOf(400_000)], null);
    assert.ok(trace.x.every((x, i) => i === 0 || x > trace.x[i - 1]));
    assert.match(
      JSON.stringify(figure.layout),
      /step; the least and the greatest of every 20 points/,
    );
    assert.ok(JSON.stringify(figure).length < 3e6);
  });

  it("featureMaps(512 by 512, 64 of them) takes seconds, not half a minute", () => {
    const maps = fromFunction([512, 512, 64], (i, j, c) => (i ^ j ^ c) - 200);
    let text = "";
    const seconds = secondsOf(() => (text = featureMaps(maps).text));
    assert.match(text, /^64 images of 512 × 512, values from −200 to 311/);
    assert.ok(seconds < 15, `${seconds} s`);
  });

  it("imageGrid(a thousand images) and filterGrid(4,096 filters) are linear in what they show", () => {
    const images = zeros([1000, 28, 28, 1]);
    assert.ok(secondsOf(() => imageGrid(images)) < 20);
    const filters = fromFunction([3, 3, 64, 64], (i, j, c, o) => (i + 2 * j + c - o) / 64);
    assert.ok(secondsOf(() => filterGrid(filters)) < 20);
    const resnet = zeros([3, 3, 512, 512]);
    assert.throws(() => filterGrid(resnet), /at most 10000 pictures, but got 262144.*slice/);
  });

  it("filterGrid(filters) cuts out the filter that it names", () => {
    const filters = fromFunction([2, 2, 2, 3], (i, j, c, o) => 1000 * i + 100 * j + 10 * c + o + 1);
    const { svg } = filterGrid(filters);
    // Filter 2 of channel 1: 13, 113, 1013, 1113. Numbers are written where they fit.
    for (const number of ["13", "113", "1013", "1113"])
      assert.ok(svg.replaceAll(" ", "").includes(`>${number}<`), number);
  });
});
