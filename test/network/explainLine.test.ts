import assert from "node:assert/strict";
import { explainLine, layers, network, zoo } from "convbook";

/** What each tool printed of torchvision's resnet50: torchinfo 1.8, fvcore 0.1.5, thop 0.1.1, ptflops 0.7. */
const resnet = zoo.resnet({ depth: 50 });

describe("explainLine", () => {
  const lines: [string, [quantity: string | undefined, ways: string[]][]][] = [
    ["Total mult-adds (Units.GIGABYTES): 4.09", [["macs", ["torchinfo"]]]],
    ["Total mult-adds (G): 4.09", [["macs", ["torchinfo"]]]],
    ["Total params: 25,557,032", [["params", ["torchinfo"]]]],
    ["Total params: 25,610,152 (97.69 MB)", [["params", ["keras"]]]],
    ["Computational complexity:       4.13 GMac", [["macs", ["ptflops"]]]],
    ["Number of parameters:           25.56 M ", [["params", ["ptflops"]]]],
    [
      "| model    | 25.557M                | 4.112G   |",
      [
        ["params", ["fvcore"]],
        ["macs", ["fvcore"]],
      ],
    ],
    [
      "  #params: 25.56M, #flops: 4.11G",
      [
        ["params", ["fvcore"]],
        ["macs", ["fvcore"]],
      ],
    ],
    [
      "(4133742592.0, 25557032.0)",
      [
        ["macs", ["thop"]],
        ["params", ["thop"]],
      ],
    ],
    [
      "('4.134G', '25.557M')",
      [
        ["macs", ["thop"]],
        ["params", ["thop"]],
      ],
    ],
    [
      "  25.56 M, 100.000% Params, 4.13 GMac, 99.999% MACs, ",
      [
        ["params", ["ptflops"]],
        ["macs", ["ptflops"]],
      ],
    ],
    [
      "| model    | 25.557M                | 4.112G   | 11.114M        |",
      [
        ["params", ["fvcore"]],
        ["macs", ["fvcore"]],
      ],
    ],
    [
      "#params: 25.56M, #flops: 4.11G, #acts: 11.11M",
      [
        ["params", ["fvcore"]],
        ["macs", ["fvcore"]],
      ],
    ],
    ["4.11 gflops", [["macs", ["timm", "fvcore"]]]],
    ["FLOPs: 4.11G", [["macs", ["timm", "fvcore"]]]],
    ["MACs = 4.09 G", [["macs", ["paper", "torchvision", "keras", "torchinfo"]]]],
    ["4111512576", [[undefined, ["timm", "fvcore"]]]],
    [
      "4.1 GFLOPs",
      [
        [
          "macs",
          ["paper", "torchvision", "timm", "keras", "ptflops", "thop", "fvcore", "torchinfo"],
        ],
      ],
    ],
    ["8.18 GFLOPs", [["macs", ["paper", "torchvision", "keras", "torchinfo"]]]],
    [
      "4 GMACs",
      [
        [
          "macs",
          ["paper", "torchvision", "timm", "keras", "ptflops", "thop", "fvcore", "torchinfo"],
        ],
      ],
    ],
    ["3.86 GMACs", [["macs", []]]],
  ];
  for (const [line, expected] of lines)
    it(`reads ${line.trim().replace(/ +/g, " ")}`, () => {
      const { figures } = explainLine(resnet, line);
      const found = figures.map(({ quantity, conventions }) => [quantity, [...conventions]]);
      assert.deepEqual(found, expected);
    });

  it("says what the tool counts, and where a softmax makes the difference", () => {
    const [macs] = explainLine(resnet, "(4133742592.0, 25557032.0)").figures;
    assert.match(
      macs.sentence,
      /^4133742592\.0 multiply-adds, as thop prints them\. For ResNet-50/,
    );
    assert.match(macs.sentence, /its 4,133,742,592 multiply-adds, without the softmax at its end/);
    assert.match(macs.sentence, /4 a value for batch norm/);
  });

  it("says of a figure twice as large that multiplications and additions are apart", () => {
    const [{ sentence }] = explainLine(resnet, "8.18 GFLOPs").figures;
    assert.match(sentence, /twice its 4,089,184,256 multiply-adds/);
  });

  it("says of what is another network's how far it is away", () => {
    const [{ sentence }] = explainLine(resnet, "Total mult-adds (G): 3.86").figures;
    assert.match(sentence, /No way .* Nearest is what torchinfo counts, 4,0.*\(−5\.\d%\)/);
  });

  it("passes over the lines that say nothing of the whole network", () => {
    const table = [
      "| module   | #parameters or shape   | #flops   |",
      "|:---------|:-----------------------|:---------|",
      "| model    | 25.557M                | 4.112G   |",
      "| conv1    | 9.408K                 | 0.118G   |",
      "(layer1): 215.81 k, 0.844% Params, 680.39 MMac, 16.470% MACs,",
    ].join("\n");
    assert.equal(explainLine(resnet, table).figures.length, 2);
  });

  it("refuses what is no tool's, however long", () => {
    for (const text of [
      "",
      "hello",
      "1".repeat(1e6),
      ", ".repeat(1e5),
      "\n".repeat(1e6),
      4.1e9 as never,
    ])
      assert.throws(() => explainLine(resnet, text), /text must be what a tool prints/);
    assert.throws(
      () => explainLine("resnet" as never, "4.1 G"),
      /explainLine\(\): network must be/,
    );
    const nothing = network("nothing", [2], layers.flatten());
    assert.match(
      explainLine(nothing, "4 MACs").toString(),
      /No way to count gives that of nothing/,
    );
  });
});
