import assert from "node:assert/strict";
import { cost, networkFromOnnx } from "convbook";
import { type GraphText, type NodeText, onnxFile } from "./onnxFile.js";

/** Counted by hand from the shapes. */
interface Counted {
  readonly params: number;
  readonly macs: number;
  /** What the remarks say; nothing where it is left out. */
  readonly remarks?: RegExp;
}

const described = (graph: GraphText) =>
  networkFromOnnx(onnxFile({ inputs: { x: [1, 3, 32, 32] }, outputs: { y: [] }, ...graph }));

const conv = (input: string, weight: string, output: string): NodeText => [
  "Conv",
  [input, weight],
  [output],
];

function counts(what: string, graph: GraphText, { params, macs, remarks }: Counted): void {
  it(`${what}: parameters and multiply-adds to the last digit`, () => {
    const { network, remarks: said } = described(graph);
    const count = cost(network);
    assert.deepEqual({ params: count.params, macs: count.macs }, { params, macs });
    if (remarks) assert.match(said.join(" "), remarks);
    else assert.deepEqual(said, []);
  });
}

describe("networkFromOnnx, the many ways to write a network down", () => {
  const pooled: NodeText[] = [conv("x", "w", "a"), ["GlobalAveragePool", ["a"], ["g"]]];

  for (const shape of [
    [8, -1],
    [8, 16],
    [-1, 16],
  ])
    counts(
      `a file made for 8 images, which reshapes to [${shape.join(", ")}]`,
      {
        inputs: { x: [8, 3, 32, 32] },
        nodes: [...pooled, ["Reshape", ["g", "s"], ["f"]], ["Gemm", ["f", "v", "b"], ["y"]]],
        weights: { w: [16, 3, 1, 1], v: [16, 10], b: [10] },
        integers: { s: shape },
      },
      { params: 48 + 170, macs: 48 * 1024 + 160 },
    );

  counts(
    "Flatten counted from the end, MatMul and Add, the images' number open",
    {
      inputs: { x: ["N", 3, 32, 32] },
      nodes: [
        ...pooled,
        ["Flatten", ["g"], ["f"], { axis: -3 }],
        ["MatMul", ["f", "v"], ["m"]],
        ["Add", ["b", "m"], ["y"]],
      ],
      weights: { w: [16, 3, 1, 1], v: [16, 10], b: [1, 10] },
    },
    { params: 48 + 170, macs: 48 * 1024 + 160 },
  );
  counts(
    "Gemm whose input is turned twice",
    {
      nodes: [
        ["Flatten", ["x"], ["f"]],
        ["Transpose", ["f"], ["t"], { perm: [1, 0] }],
        ["Gemm", ["t", "v", "b"], ["y"], { transA: 1 }],
      ],
      inputs: { x: [1, 3, 2, 2] },
      weights: { v: [12, 10], b: [10] },
    },
    { params: 130, macs: 120 },
  );
  counts(
    "Gemm that adds what another layer puts out",
    {
      nodes: [
        ["Flatten", ["x"], ["f"]],
        ["Gemm", ["f", "u"], ["a"]],
        ["Relu", ["a"], ["r"]],
        ["Gemm", ["r", "v", "a"], ["y"]],
      ],
      inputs: { x: [1, 3, 2, 2] },
      weights: { u: [12, 10], v: [10, 10] },
    },
    { params: 220, macs: 120, remarks: /1 × Gemm\.$/ },
  );
  counts(
    "a convolution with an empty bias, and an addition behind it",
    {
      nodes: [
        ["Conv", ["x", "w", ""], ["a"]],
        ["Add", ["a", "b"], ["y"]],
      ],
      weights: { w: [8, 3, 1, 1], b: [1, 8, 1, 1] },
    },
    { params: 32, macs: 24 * 1024 },
  );
  counts(
    "weights of whole numbers, made fractions first",
    {
      nodes: [["DequantizeLinear", ["q", "scale", "zero"], ["w"]], conv("x", "w", "y")],
      weights: { q: [8, 3, 1, 1], scale: [8], zero: [8] },
    },
    { params: 24, macs: 24 * 1024 },
  );
  counts(
    "Resize by scales and by sizes",
    {
      nodes: [
        ["Conv", ["x", "w"], ["a"], { strides: [2, 2] }],
        ["Resize", ["a", "", "scales"], ["u"], { mode: "nearest" }],
        ["Resize", ["u", "", "", "sizes"], ["v"], { mode: "linear" }],
        conv("v", "w2", "y"),
      ],
      weights: { w: [8, 3, 1, 1], w2: [5, 8, 1, 1] },
      floats: { scales: [1, 1, 2, 1.5] },
      integers: { sizes: [1, 8, 48, 50] },
    },
    { params: 64, macs: 24 * 256 + 40 * 48 * 50 },
  );
  counts(
    "a gate for each pixel, of a mean over the channels",
    {
      nodes: [
        conv("x", "w", "a"),
        ["ReduceMean", ["a"], ["m"], { axes: [1] }],
        ["ReduceMax", ["a"], ["n"], { axes: [-3] }],
        ["Concat", ["m", "n"], ["c"], { axis: -3 }],
        ["Conv", ["c", "v"], ["s"], { pads: [3, 3, 3, 3] }],
        ["Sigmoid", ["s"], ["g"]],
        ["Mul", ["a", "g"], ["y"]],
      ],
      weights: { w: [8, 3, 1, 1], v: [1, 2, 7, 7] },
    },
    { params: 24 + 98, macs: (24 + 98) * 1024, remarks: /1 × ReduceMean, 1 × ReduceMax, 1 × Mul/ },
  );
  counts(
    "a column and a row that repeat each other",
    {
      nodes: [
        ["GlobalAveragePool", ["x"], ["g"]],
        ["ReduceMean", ["x"], ["m"], { axes: [1] }],
        ["Add", ["g", "m"], ["a"]],
        conv("a", "w", "y"),
      ],
      weights: { w: [4, 3, 1, 1] },
    },
    { params: 12, macs: 12 * 1024, remarks: /1 × ReduceMean, 1 × Add/ },
  );
  counts(
    "a gate of dense layers, given back its rows and columns one by one",
    {
      nodes: [
        conv("x", "w", "a"),
        ["ReduceMean", ["a"], ["g"], { axes: [2, 3], keepdims: 0 }],
        ["Gemm", ["g", "v"], ["h"]],
        ["Unsqueeze", ["h", "two"], ["i"]],
        ["Unsqueeze", ["i", "three"], ["j"]],
        ["Mul", ["j", "a"], ["y"]],
      ],
      weights: { w: [8, 3, 1, 1], v: [8, 8] },
      integers: { two: [2], three: [3] },
    },
    { params: 88, macs: 24 * 1024 + 64, remarks: /: 1 × Unsqueeze\.$/ },
  );
  counts(
    "rows and columns squeezed away one by one, vectors joined and split",
    {
      nodes: [
        ["GlobalAveragePool", ["x"], ["g"]],
        ["Squeeze", ["g", "three"], ["h"]],
        ["Squeeze", ["h", "two"], ["i"]],
        ["Concat", ["i", "i"], ["c"], { axis: 1 }],
        ["Split", ["c", "sizes"], ["p", "q"], { axis: -1 }],
        ["Gemm", ["q", "v"], ["y"]],
      ],
      weights: { v: [4, 5] },
      integers: { two: [2], three: [3], sizes: [2, 4] },
    },
    { params: 20, macs: 20, remarks: /: 1 × Split\.$/ },
  );
  counts(
    "columns from last to first",
    {
      nodes: [["Slice", ["x", "minus", "first", "three", "minus"], ["s"]], conv("s", "w", "y")],
      weights: { w: [8, 3, 1, 1] },
      integers: { minus: [-1], first: [-(2 ** 40)], three: [3] },
    },
    { params: 24, macs: 24 * 1024, remarks: /1 × Slice/ },
  );
  counts(
    "channels last, and the values prepared before they are turned",
    {
      inputs: { x: ["N", 32, 30, 3] },
      nodes: [
        ["Sub", ["x", "mean"], ["a"]],
        ["Transpose", ["a"], ["t"], { perm: [0, 3, 1, 2] }],
        conv("t", "w", "y"),
      ],
      weights: { mean: [3], w: [8, 3, 1, 1] },
    },
    { params: 27, macs: 24 * 960, remarks: /1 × Sub/ },
  );
  counts(
    "channels picked by a long list of indices, which is no weight",
    {
      nodes: [
        conv("x", "w", "a"),
        ["Gather", ["a", "picked"], ["g"], { axis: 1 }],
        conv("g", "v", "y"),
      ],
      weights: { w: [100, 3, 1, 1], v: [4, 100, 1, 1] },
      integers: { picked: Array.from({ length: 100 }, (_, i) => i) },
      shapes: { g: [1, 100, 32, 32] },
    },
    { params: 700, macs: 700 * 1024, remarks: /1 × Gather/ },
  );
  counts(
    "a number times maps that two layers take is one operation",
    {
      nodes: [
        ["Mul", ["x", "half"], ["s"]],
        conv("s", "w", "a"),
        conv("s", "v", "b"),
        ["Add", ["a", "b"], ["y"]],
      ],
      weights: { w: [8, 3, 1, 1], v: [8, 3, 1, 1] },
      floats: { half: [0.5] },
    },
    { params: 48, macs: 48 * 1024, remarks: /: 1 × Mul by a number\.$/ },
  );
  counts(
    "an operation that is not known, with two outputs and a weight",
    {
      nodes: [["Strange", ["x", "k"], ["a", "b"]], ["Add", ["a", "b"], ["c"]], conv("c", "w", "y")],
      weights: { k: [8, 7], w: [4, 3, 1, 1] },
      shapes: { a: [1, 3, 32, 32], b: [1, 3, 32, 32] },
    },
    { params: 68, macs: 12 * 1024, remarks: /1 × Strange, 1 × Strange's other output/ },
  );
  counts(
    "a branch that reads maps and weights from outside, and owns some",
    {
      nodes: [
        conv("x", "w", "a"),
        [
          "If",
          ["yes"],
          ["y"],
          {
            then_branch: {
              nodes: [conv("a", "own", "t")],
              weights: { own: [4, 8, 1, 1] },
              outputs: { t: [] },
            },
            else_branch: { nodes: [conv("a", "outer", "e")], outputs: { e: [] } },
          },
        ],
      ],
      weights: { w: [8, 3, 1, 1], outer: [4, 8, 1, 1] },
      floats: { yes: [1] },
      outputs: { y: [1, 4, 32, 32] },
    },
    { params: 24 + 32 + 32, macs: 24 * 1024, remarks: /1 × If/ },
  );
  counts(
    "batch normalisation that gives its statistics out",
    {
      nodes: [
        conv("x", "w", "a"),
        ["BatchNormalization", ["a", "s", "b", "m", "v"], ["y", "m2", "v2"]],
      ],
      weights: { w: [8, 3, 1, 1], s: [8], b: [8], m: [8], v: [8] },
      outputs: { y: [1, 8, 32, 32], m2: [8], v2: [8] },
    },
    { params: 40, macs: 24 * 1024, remarks: /^Outputs that are not described here: "m2", "v2"\.$/ },
  );
  counts(
    "padding of two axes alone",
    {
      nodes: [["Pad", ["x", "pads", "", "axes"], ["p"]], conv("p", "w", "y")],
      weights: { w: [8, 3, 3, 3] },
      integers: { pads: [0, 1, 2, 3], axes: [2, -1] },
    },
    { params: 216, macs: 216 * 32 * 34 },
  );

  it("a size of -1 is one that the file leaves open", () => {
    const bytes = onnxFile({
      inputs: { x: [-1, 3, -1, -1] },
      outputs: { y: [] },
      nodes: [conv("x", "w", "y")],
      weights: { w: [8, 3, 1, 1] },
    });
    assert.equal(cost(networkFromOnnx(bytes, { input: [16, 16, 3] }).network).macs, 24 * 256);
    assert.throws(() => networkFromOnnx(bytes), /sizes, which the file leaves open/);
  });
});

describe("networkFromOnnx, graphs within graphs", () => {
  /** Each level owns six numbers; the innermost reads `reads` times. */
  const nested = (depth: number, reads: number): GraphText =>
    depth === 0
      ? { nodes: [["Strange", Array<string>(reads).fill("x"), ["t"]]], outputs: { t: [] } }
      : {
          nodes: [["If", ["yes"], ["t"], { then_branch: nested(depth - 1, reads) }]],
          weights: { own: [2, 3] },
          outputs: { t: [] },
        };

  it("200 levels deep are read in time, and what each owns is counted", () => {
    const bytes = onnxFile({
      nodes: [["If", ["yes"], ["y"], { then_branch: nested(200, 100_000) }]],
      floats: { yes: [1] },
      inputs: { x: [1, 3, 32, 32] },
      outputs: { y: [1, 3, 32, 32] },
    });
    const begin = process.cpuUsage();
    const { network } = networkFromOnnx(bytes);
    const { user, system } = process.cpuUsage(begin);
    assert.equal(cost(network).params, 200 * 6);
    assert.ok(user + system < 8e6, `${(user + system) / 1e6} s`); // a tenth of a second; 11 with a copy for each level
  });
});

describe("networkFromOnnx, what it refuses rather than guess", () => {
  const refused: Readonly<Record<string, readonly [GraphText, RegExp]>> = {
    "an input of three axes": [
      { inputs: { x: [1, 3, 100] }, nodes: [conv("x", "w", "y")], weights: { w: [8, 3, 3] } },
      /the input "x" must be maps, of 4 axes with the images', or vectors, of 2, but got 3 axes, \[1, 3, 100\]/,
    ],
    "filters made for other channels": [
      { nodes: [conv("x", "w", "y")], weights: { w: [8, 4, 1, 1] } },
      /weights \[8, 4, 1, 1\] for 4 inputs, and 3 come/,
    ],
    "a matrix made for other features": [
      {
        nodes: [
          ["Flatten", ["x"], ["f"]],
          ["Gemm", ["f", "v"], ["y"]],
        ],
        inputs: { x: [1, 3, 2, 2] },
        weights: { v: [13, 10] },
      },
      /weights \[13, 10\] for 13 inputs, and 12 come/,
    ],
    "one image made several rows, each of which the next layer would take": [
      {
        nodes: [
          ["Flatten", ["x"], ["f"], { axis: 2 }],
          ["MatMul", ["f", "v"], ["y"]],
        ],
        inputs: { x: [1, 3, 2, 2] },
        weights: { v: [4, 5] },
        shapes: { f: [3, 4] },
        outputs: { y: [3, 5] },
      },
      /"f" \(Flatten\).*the file does not say what shape it puts out/,
    ],
  };
  for (const [what, [graph, message]] of Object.entries(refused))
    it(what, () => assert.throws(() => described(graph), message));
});
