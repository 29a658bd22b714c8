import assert from "node:assert/strict";
import { cost, drawSideBySide, layers, network, subnetwork, zoo } from "convbook";
import { attributesIn, lettersIn } from "../pictures";

const v1 = subnetwork(zoo.googlenet(), "inception3a");
const v3 = subnetwork(zoo.inceptionV3(), "mixed17_2");
const v4 = subnetwork(zoo.inceptionV4(), "inceptionB_1");

describe("drawSideBySide", () => {
  it("drawSideBySide({title: network}) writes each title above and its bill below", () => {
    const words = lettersIn(drawSideBySide({ first: v1, second: v3 }));
    for (const word of ["first", "second", "163,696 parameters", "128.0 M multiply-adds"])
      assert.ok(words.includes(word), word);
    assert.ok(words.includes(`${cost(v3).params.toLocaleString("en-GB")} parameters`));
  });

  it("drawSideBySide(networks) shows multiply-adds by bars of one scale, the longest within its box", () => {
    const { svg } = drawSideBySide({ v1, v3 });
    const macs = [v1, v3].flatMap((net) =>
      cost(net)
        .layers.map((layer) => layer.macs)
        .filter((count) => count > 0),
    );
    const bars = [...svg.matchAll(/<rect [^>]*height="4"[^>]*width="([\d.]+)"/g)];
    const lengths = bars.map((match) => Number(match[1]));
    assert.equal(lengths.length, macs.length);
    const scale = lengths[macs.indexOf(Math.max(...macs))] / Math.max(...macs);
    for (const [i, count] of macs.entries())
      assert.ok(Math.abs(lengths[i] - Math.max(count * scale, 1)) <= 0.1, `bar ${i}`);
    const widths = attributesIn(svg, "rect", "width").map(Number);
    assert.ok(Math.max(...lengths) <= Math.max(...widths));
  });

  it("drawSideBySide(networks) begins another row where the page ends", () => {
    const [width, height] = [3, 4].map(
      (at) => (svg: string) => Number(/viewBox="(\d+) (\d+) ([\d.]+) ([\d.]+)"/.exec(svg)?.[at]),
    );
    const two = drawSideBySide({ v3, v4 }).svg;
    const three = drawSideBySide({ v1, v3, v4 }).svg;
    assert.ok(width(two) <= 1100 && width(three) <= 1100);
    assert.ok(height(three) > height(two) + 200);
  });

  it("drawSideBySide(networks, {depth: 0}) draws blocks as boxes, with their multiply-adds", () => {
    const { text } = drawSideBySide({ GoogLeNet: zoo.googlenet() }, { depth: 0 });
    assert.match(text, /\ninception3a: 163,696 parameters; 28×28×256; 128\.0 M ×\+\n/);
  });

  it("drawSideBySide(networks without a multiply-add) draws no bars", () => {
    const pool = network("pool", [8, 8, 4], layers.maxPool({ size: 2 }));
    const { svg } = drawSideBySide({ pool });
    assert.ok(!svg.includes('height="4"') && !svg.includes("NaN") && !svg.includes("Infinity"));
  });

  it("drawSideBySide({title: module}) is refused, and so is nothing at all", () => {
    // @ts-expect-error a module is no network
    assert.throws(() => drawSideBySide({ conv: layers.relu() }), /networks must be an object/);
    assert.throws(() => drawSideBySide({}), /drawSideBySide\(\): networks .* network\(name/);
  });
});
