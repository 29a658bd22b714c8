import assert from "node:assert/strict";
import {
  accuracyChart,
  blockTree,
  compareNetworks,
  draw,
  drawSideBySide,
  layers,
  network,
  subnetwork,
  summary,
  type SvgFigure,
  zoo,
} from "convbook";

const googlenet = zoo.googlenet({ auxiliaryHeads: true });

describe("blockTree", () => {
  it("blockTree(network) holds every layer once, in order", () => {
    for (const net of [googlenet, zoo.nasnet(), zoo.seResnet()]) {
      const parts = blockTree(net);
      assert.deepEqual(
        parts.flatMap((part) => part.layers),
        net.layers,
      );
    }
  });

  it("blockTree(network) nests blocks in blocks", () => {
    const unit = blockTree(zoo.seResnet()).find(({ name }) => name === "conv2_1");
    assert.deepEqual(
      unit?.parts?.filter(({ parts }) => parts).map(({ path }) => path),
      ["conv2_1/se", "conv2_1/shortcut"],
    );
  });
});

describe("summary", () => {
  it("summary(network) adds up over the blocks", () => {
    const lines = summary(zoo.resnet({ depth: 18 })).text.split("\n");
    assert.match(lines[0], /^ResNet-18: 11,689,512 parameters, 1\.814 G multiply-adds/);
    const counts = lines.slice(2).map((line) => / {2}([\d,]+) +[\d.]+ [GMk]/.exec(line)?.[1]);
    const sum = counts.reduce(
      (total, text) => total + Number((text ?? "0").replaceAll(",", "")),
      0,
    );
    assert.equal(sum, 11_689_512);
  });

  it("summary(network, {depth}) unfolds that many levels in text, and all of them in HTML", () => {
    const lines = (depth: number) => summary(zoo.seResnet(), { depth }).text.split("\n").length;
    assert.ok(lines(0) < lines(1) && lines(1) < lines(2));
    assert.equal(lines(2), lines(3));
    const { html } = summary(zoo.seResnet(), { depth: 1 });
    assert.equal(html.split("<details").length - 1, 1 + 16 * 2 + 4 + 1);
    assert.equal(html.split('<details open=""').length - 1, 1 + 16 + 1);
  });

  it("summary(network, {convention}) counts as asked, and marks auxiliary heads", () => {
    const { text } = summary(googlenet, { convention: "torchvision" });
    assert.match(text, /13,378,280 parameters/);
    assert.match(text, /auxiliary1 \(training only\) .* 3,188,840\n/);
    assert.throws(
      () => summary(googlenet, { depth: -1 }),
      /depth must be an integer of at least 0/,
    );
  });

  it("summary(network with markup in a name) escapes it", () => {
    const net = network("<b>", [4, 4, 1], layers.relu({ name: "a & b" }));
    const { html } = summary(net);
    assert.ok(html.includes("&lt;b&gt;") && html.includes("a &amp; b") && !html.includes("<b>"));
  });
});

interface Rectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

function rectangles({ svg }: SvgFigure): Rectangle[] {
  return [...svg.matchAll(/<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="([\d.]+)"/g)]
    .map((match) => match.slice(1).map(Number))
    .map(([x, y, width, height]) => ({ left: x, top: y, right: x + width, bottom: y + height }));
}

describe("draw", () => {
  const drawings: [title: string, drawing: SvgFigure][] = [
    ["draw(GoogLeNet)", draw(googlenet)],
    ["draw(GoogLeNet, {block})", draw(googlenet, { block: "inception4a" })],
    ["draw(LeNet-5)", draw(zoo.lenet5())],
    ["draw(SE-ResNet-50, {block})", draw(zoo.seResnet(), { block: "conv3_1" })],
    ["draw(NASNet, {block})", draw(zoo.nasnet(), { block: "reduction1" })],
    ["draw(ShuffleNet v2, {block})", draw(zoo.shufflenetV2(), { block: "stage2_1" })],
    [
      "drawSideBySide({one})",
      drawSideBySide({ one: subnetwork(zoo.shufflenetV1({ groups: 3 }), "stage3_2") }),
    ],
  ];
  for (const [title, drawing] of drawings)
    it(`${title} lays boxes apart, within the picture`, () => {
      const boxes = rectangles(drawing);
      const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(drawing.svg)!.map(Number);
      assert.ok(boxes.length > 4);
      for (const [i, a] of boxes.entries()) {
        assert.ok(a.left >= 0 && a.top >= 0 && a.right <= width && a.bottom <= height);
        for (const b of boxes.slice(i + 1))
          assert.ok(
            a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top,
          );
      }
      for (const [, line] of drawing.svg.matchAll(/<path d="(M [\d. Q-]+)" fill="none"/g))
        for (const [, x] of line.matchAll(/(-?[\d.]+) -?[\d.]+/g))
          assert.ok(Number(x) >= 0 && Number(x) <= width, `an arrow at x = ${x} of ${width}`);
    });

  it("draw(GoogLeNet) fits the width of a notebook, with a box for each module and head", () => {
    const drawing = draw(googlenet);
    assert.ok(Number(/width="([\d.]+)"/.exec(drawing.svg)?.[1]) < 700);
    for (const name of ["3a", "3b", "4a", "4b", "4c", "4d", "4e", "5a", "5b"])
      assert.ok(drawing.svg.includes(`>inception${name}<`), name);
    assert.equal(drawing.svg.split('stroke-dasharray="5 3"').length - 1, 4); // two heads, two arrows
  });

  it("draw(Inception module) joins convolutions with their ReLU, and keeps the order of the branches", () => {
    const drawing = draw(zoo.googlenet(), { block: "inception3a" });
    const lines = drawing.text.split("\n");
    assert.equal(lines[0], "GoogLeNet, inception3a: 9 boxes, 11 arrows");
    assert.equal(lines[1], "1×1 conv: 64 filters; relu; 28×28×64");
    const boxes = rectangles(drawing);
    assert.ok(boxes[0].left < boxes[1].left && boxes[1].left < boxes[3].left);
  });

  it("draw(network, {depth}) opens blocks", () => {
    const boxes = (depth: number) => rectangles(draw(zoo.resnet({ depth: 18 }), { depth })).length;
    assert.equal(boxes(0), 11);
    assert.ok(boxes(1) > 30);
  });

  it("draw(network, {block: unknown}) lists blocks", () => {
    assert.throws(
      () => draw(googlenet, { block: "inception3z" }),
      /block must be the path of a block of GoogLeNet.*"conv1", "conv2"/,
    );
  });
});

describe("compareNetworks", () => {
  it("compareNetworks(...networks) gives a row each", () => {
    const lines = compareNetworks(zoo.lenet5(), zoo.resnet({ depth: 18 })).text.split("\n");
    assert.equal(lines.length, 3);
    assert.match(lines[2], /^ResNet-18 +11,689,512 +1\.814 G/);
  });

  it("compareNetworks() is refused", () => {
    assert.throws(() => compareNetworks(), /networks must be networks, such as/);
  });
});

describe("accuracyChart", () => {
  const rows = zoo.accuracies();

  it("accuracyChart(zoo.accuracies()) has a circle for every network, and a name to point at", () => {
    const { data } = accuracyChart(rows);
    const circles = data.map(({ x, hovertext }) => [x as number[], hovertext as string[]] as const);
    assert.equal(circles.flatMap(([x]) => x).length, rows.length);
    for (const [x, names] of circles) assert.equal(x.length, names.length);
    assert.ok(circles.flatMap(([, names]) => names).includes("VGG-16: 138.4 M parameters"));
  });

  it("zoo.accuracies(source) keeps the figures of one source", () => {
    const some = zoo.accuracies("torchvision IMAGENET1K_V1");
    assert.ok(some.length > 35 && some.every(({ source }) => source.startsWith("torchvision")));
    assert.equal(some.find(({ name }) => name === "ResNet-50 v1.5")?.top1, 76.13);
  });

  it("accuracyChart([]) is refused", () => {
    assert.throws(() => accuracyChart([]), /such as zoo\.accuracies\(\)/);
  });
});
