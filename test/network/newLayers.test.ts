import assert from "node:assert/strict";
import {
  compile,
  conventionNames,
  cost,
  layers,
  network,
  receptiveFields,
  runNetwork,
  summary,
  tensor,
} from "convbook";

/** For a [6, 5, 8] input: fvcore 0.1.5, thop 0.1.1, ptflops 0.7.5 and torchinfo 1.8, run on the modules of PyTorch. */
const counted = {
  gelu: [layers.gelu(), { fvcore: 0, torchinfo: 0, thop: 0, ptflops: 480 }],
  layerNorm: [layers.layerNorm(), { fvcore: 1200, torchinfo: 16, thop: 960, ptflops: 240 }],
  groupNorm: [
    layers.groupNorm({ groups: 4 }),
    { fvcore: 1200, torchinfo: 16, thop: 0, ptflops: 480 },
  ],
  "groupNorm without gamma": [
    layers.groupNorm({ groups: 4, scale: false, center: false }),
    { fvcore: 960, torchinfo: 0, thop: 0, ptflops: 240 },
  ],
  "nearest upsample": [
    layers.upsample({ factor: 2 }),
    { fvcore: 960, torchinfo: 0, thop: 960, ptflops: 1920 },
  ],
  "bilinear upsample": [
    layers.upsample({ factor: 2, mode: "bilinear" }),
    { fvcore: 3840, torchinfo: 0, thop: 10560, ptflops: 1920 },
  ],
  "transposed convolution in 4 groups": [
    layers.transposedConv({ filters: 12, kernelSize: 3, stride: 2, groups: 4 }),
    { fvcore: 6480, torchinfo: 32604, thop: 30888, ptflops: 8196 },
  ],
  "dilated max pool": [
    layers.maxPool({ size: 3, dilation: 2, stride: 1, padding: 1 }),
    { fvcore: 0, torchinfo: 0, thop: 0, ptflops: 480 },
  ],
} as const;

describe("layers beyond the zoo", () => {
  for (const [title, [module, figures]] of Object.entries(counted))
    it(`${title} costs what the tools say`, () => {
      const net = network("net", [6, 5, 8], module);
      const found = Object.keys(figures).map((name) => {
        const convention = conventionNames.find((each) => each === name)!;
        return [name, cost(net, { convention }).macs];
      });
      assert.deepEqual(Object.fromEntries(found), figures);
    });

  it("a dilated pooling may pad as far as its taps reach, and no further", async () => {
    const x = tensor([...Array(9).keys()].map((i) => [[i + 1]])).reshape([1, 9, 1, 1]);
    const options = { size: [3, 1], dilation: 4, stride: 1 } as const;
    const expected = {
      maxPool: [5, 6, 7, 8, 9, 6, 7, 8, 9],
      averagePool: [3, 4, 5, 6, 5, 4, 5, 6, 7],
    };
    for (const kind of ["maxPool", "averagePool"] as const)
      for (const padding of ["same", [4, 0]] as const) {
        const net = network("n", [9, 1, 1], layers[kind]({ ...options, padding }));
        assert.deepEqual([...runNetwork(net, {}, x).data], expected[kind]);
        assert.deepEqual([...(await compile(net, {})).run(x).data], expected[kind]);
      }
    // Taps at -1 and 2 of a single pixel: both beside it.
    for (const kind of ["maxPool", "averagePool"] as const)
      assert.throws(
        () =>
          network(
            "n",
            [1, 1, 1],
            layers[kind]({
              size: 2,
              dilation: 3,
              stride: 1,
              padding: [
                [1, 2],
                [1, 2],
              ],
            }),
          ),
        new RegExp(`layers.${kind}\\(\\): padding must be so small that every window has a pixel`),
      );
  });

  it("an error of layers.depthwiseConv names it", () => {
    assert.throws(
      () => network("n", [3, 3, 4], layers.depthwiseConv({ kernelSize: 4 })),
      /layers\.depthwiseConv\(\): kernel height must be/,
    );
  });

  it("receptiveFields(network) follows upsampling and group norm", () => {
    const net = network(
      "net",
      [8, 8, 4],
      layers.upsample({ factor: 2 }),
      layers.conv({ filters: 4, kernelSize: 3 }),
      layers.resize({ outputSize: 28, mode: "bilinear" }),
      layers.groupNorm({ groups: 2 }),
    );
    const fields = receptiveFields(net);
    assert.deepEqual(fields[1].jump, [0.5, 0.5]);
    assert.deepEqual(fields[2].size, [2, 2]); // three pixels half as far apart
    assert.deepEqual(fields[3].size, [2.5, 2.5]);
    assert.deepEqual(fields[4].size, [8, 8]);
  });

  it("summary(network) says what was chosen", () => {
    const net = network(
      "net",
      [4, 4, 4],
      layers.transposedConv({ filters: 2, kernelSize: 2, stride: 2, groups: 2 }),
      layers.resize({ outputSize: 16, mode: "bilinear", alignCorners: true }),
      layers.groupNorm({ groups: 2, center: false }),
    );
    const { text } = summary(net);
    for (const said of [
      /2×2 grouped transposed conv, 2 filters, stride 2, groups 2/,
      /bilinear resize, corners aligned/,
      /group norm, groups 2, beta no/,
    ])
      assert.match(text, said);
  });

  it("what does not fit is refused", () => {
    const build = (module: Parameters<typeof network>[2]) => () =>
      network("net", [6, 5, 8], module);
    assert.throws(
      build(layers.transposedConv({ filters: 6, kernelSize: 3, groups: 4 })),
      /groups must be a divisor of the 8 input channels and of the 6 filters/,
    );
    assert.throws(build(layers.groupNorm({ groups: 3 })), /divisor of the 8 channels/);
    assert.throws(build(layers.upsample({ factor: 0 })), /factor must be a positive integer/);
    assert.throws(build(layers.upsample({ factor: 1.5 })), /factor must be a positive integer/);
    assert.throws(
      build(layers.resize({ outputSize: 4, alignCorners: true })),
      /alignCorners must be true or false, and false with mode "nearest"/,
    );
    assert.throws(
      build(layers.resize({ outputSize: 4, mode: "cubic" as "nearest" })),
      /mode must be "nearest" or "bilinear"/,
    );
  });
});
