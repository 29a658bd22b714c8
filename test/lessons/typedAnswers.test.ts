import assert from "node:assert/strict";
import * as convbook from "convbook";
import { type Answer } from "convbook";
import {
  exercisesOf,
  extractFunction,
  inProcess,
  loadFunction,
  runExercise,
} from "convbook/authoring";

/** Answers as a learner types them, with names and steps of their own, and the diagnosis that they are to get. */
const typed: [exercise: string, mistake: string, body: string, diagnosis: RegExp][] = [
  [
    "20.seModule",
    "the misstatement that the lesson names: add in place of multiply",
    `function seModule(input: number[], r: number): Network {
      const c = input[2];
      return network("se", input, (x) => {
        let g = layers.globalAveragePool({ keepDims: true })(x);
        g = layers.relu()(layers.conv({ filters: c / r, kernelSize: 1 })(g));
        g = layers.sigmoid()(layers.conv({ filters: c, kernelSize: 1 })(g));
        return layers.add(x, g);
      });
    }`,
    /add the gates to the maps.*layers\.multiply/,
  ],
  [
    "20.seUnit",
    "gates from the unit's input",
    `function seUnit(input: number[], filters: number, r: number): Network {
      const { conv, batchNorm, relu, sequential, multiply, add } = layers;
      const c = input[2];
      const body = sequential(
        conv({ filters, kernelSize: 1, bias: false }), batchNorm(), relu(),
        conv({ filters, kernelSize: 3, padding: 1, bias: false }), batchNorm(), relu(),
        conv({ filters: c, kernelSize: 1, bias: false }), batchNorm());
      const gate = sequential(layers.globalAveragePool({ keepDims: true }),
        conv({ filters: c / r, kernelSize: 1 }), relu(), conv({ filters: c, kernelSize: 1 }), layers.sigmoid());
      return network("unit", input, (x) => relu()(add(x, multiply(body(x), gate(x)))));
    }`,
    /gates are made from the unit's input/,
  ],
  [
    "16.asymmetricModule",
    "1×7 and 7×1 exchanged in both branches",
    `function asymmetricModule(inputShape: number[], narrow: number, wide: number): Network {
      const { averagePool, batchNorm, branches, conv, relu, sequential } = layers;
      const b = (filters: number, kernelSize: number | [number, number]) => sequential(
        conv({ filters, kernelSize, padding: "same", bias: false }), batchNorm({ epsilon: 1e-3 }), relu());
      return network("m", inputShape, branches(b(wide, 1),
        sequential(b(narrow, 1), b(narrow, [7, 1]), b(wide, [1, 7])),
        sequential(b(narrow, 1), b(narrow, [1, 7]), b(narrow, [7, 1]), b(narrow, [1, 7]), b(wide, [7, 1])),
        sequential(averagePool({ size: 3, stride: 1, padding: 1 }), b(wide, 1))));
    }`,
    /\[1, 7\]|1×7|1x7/,
  ],
  [
    "16.shareSaved",
    "percent",
    `function shareSaved(kernel: [number, number], stack: [number, number][]): number {
      let sum = 0;
      for (const [h, w] of stack) sum += h * w;
      return 100 - (100 * sum) / (kernel[0] * kernel[1]);
    }`,
    /percent/,
  ],
  [
    "16.smoothTargets",
    "ε exchanged with 1 − ε",
    `function smoothTargets(labels: number[], classes: number, epsilon: number): Tensor {
      return fromFunction([labels.length, classes], (i, k) =>
        epsilon * (k === labels[i] ? 1 : 0) + (1 - epsilon) / classes);
    }`,
    /changed places/,
  ],
  [
    "17.residualModule",
    "a ReLU on the linear 1×1",
    `function residualModule(input: number[], width: number, scale: number): Network {
      const { batchNorm, branches, conv, relu, residual, sequential } = layers;
      const b = (filters: number, kernelSize: number | [number, number]) => sequential(
        conv({ filters, kernelSize, padding: "same", bias: false }), batchNorm({ epsilon: 1e-3 }), relu());
      return network("m", input, residual(sequential(
        branches(b(width, 1), sequential(b(width, 1), b(width, [1, 7]), b(width, [7, 1]))),
        conv({ filters: input[2], kernelSize: 1 }), relu()), { scale }), relu());
    }`,
    /never make a value smaller|linear/,
  ],
  [
    "15.bottleneckMacs",
    "FLOPs for multiply-adds",
    `function bottleneckMacs(input: number[], f: number, filters: number, reduce: number): number {
      const pixels = input[0] * input[1];
      return 2 * pixels * input[2] * reduce + 2 * pixels * f ** 2 * reduce * filters;
    }`,
    /FLOPs/,
  ],
  [
    "17.segmentMacs",
    "FLOPs for multiply-adds",
    `function segmentMacs(input: number[], filters: number, segments: number): number {
      const perPixel = input[2] * filters + 9 * (filters / segments) ** 2 * segments;
      return 2 * input[0] * input[1] * perPixel;
    }`,
    /FLOPs/,
  ],
  [
    "15.inception",
    "a pool whose stride is its size",
    `function inception(input: number[], widths: number[]): Network {
      const { branches, conv, maxPool, relu, sequential } = layers;
      const b = (filters: number, kernelSize: number) => sequential(conv({ filters, kernelSize, padding: "same" }), relu());
      const [a, r3, t, r5, f, p] = widths;
      return network("i", input, branches(b(a, 1), sequential(b(r3, 1), b(t, 3)), sequential(b(r5, 1), b(f, 5)),
        sequential(maxPool({ size: 3, padding: 1 }), b(p, 1))));
    }`,
    /stride/,
  ],
  [
    "15.inception",
    "no ReLU at all",
    `function inception(input: number[], widths: number[]): Network {
      const { branches, conv, maxPool, sequential } = layers;
      const b = (filters: number, kernelSize: number) => conv({ filters, kernelSize, padding: "same" });
      const [a, r3, t, r5, f, p] = widths;
      return network("i", input, branches(b(a, 1), sequential(b(r3, 1), b(t, 3)), sequential(b(r5, 1), b(f, 5)),
        sequential(maxPool({ size: 3, stride: 1, padding: 1 }), b(p, 1))));
    }`,
    /ReLU/,
  ],
  ...(
    [
      ["no ReLU", "", "", /no ReLU/],
      ["dilation", "dilation: 2", "", /dilat/],
      ["groups", "groups: 3", "", /group/],
    ] as const
  ).map(([what, , , diagnosis]): [string, string, string, RegExp] => [
    "15.affordable",
    `saves by ${what}`,
    `function affordable(input: number[], filters: number[]): Network {
      const { branches, conv, maxPool, relu, sequential, identity } = layers;
      const [one, three, five, pool] = filters;
      const bend = () => ${what === "no ReLU" ? "identity" : "relu()"};
      const b = (filters: number, kernelSize: number) => sequential(conv({ filters, kernelSize, padding: "same" }), bend());
      const c = input[2];
      const least = Math.ceil(c / 8);
      ${
        what === "groups"
          ? `const g = 3 * Math.ceil(c / 12);
      const third = sequential(b(g, 1), sequential(conv({ filters: 3 * Math.ceil(three / 3), kernelSize: 3, padding: "same", groups: 3 }), relu()), b(three, 1));
      const fifth = sequential(b(g, 1), sequential(conv({ filters: 3 * Math.ceil(five / 3), kernelSize: 5, padding: "same", groups: 3 }), relu()), b(five, 1));`
          : what === "dilation"
            ? `const third = sequential(b(Math.ceil(c / 4), 1), b(three, 3));
      const fifth = sequential(b(least, 1), conv({ filters: five, kernelSize: 3, padding: "same", dilation: 2 }), relu());`
            : `const third = sequential(b(Math.ceil(c / 4), 1), b(three, 3));
      const fifth = sequential(b(least, 1), b(five, 5));`
      }
      return network("a", input, branches(b(one, 1), third, fifth, sequential(maxPool({ size: 3, stride: 1, padding: 1 }), b(pool, 1))));
    }`,
    diagnosis,
  ]),
  ...(
    [
      [
        "add for the stacking",
        "return layers.add(waiting, long(worked));",
        "layers.add(short(x), long(x))",
        /add the two branches/,
      ],
      [
        "split at stride 2 too",
        "return concat(waiting, long(worked));",
        "(([a, b]) => concat(short(a), long(b)))(split(x, 2))",
        /split at stride 2/,
      ],
      [
        "the wrong half",
        "return concat(worked, long(waiting));",
        "concat(short(x), long(x))",
        /first half|waits/,
      ],
    ] as const
  ).map(([mistake, atOne, atTwo, diagnosis]): [string, string, string, RegExp] => [
    "21.splitUnit",
    mistake,
    `function splitUnit(inputShape: number[], filters: number, stride: number): Network {
      const { conv, depthwiseConv, batchNorm, relu, channelShuffle, concat, split, sequential } = layers;
      const h = filters / 2;
      const p = () => sequential(conv({ filters: h, kernelSize: 1, bias: false }), batchNorm(), relu());
      const d = () => sequential(depthwiseConv({ kernelSize: 3, stride, padding: 1, bias: false }), batchNorm());
      const long = sequential(p(), d(), p());
      const short = sequential(d(), p());
      const unit = (x: SymbolicTensor): SymbolicTensor => {
        if (stride === 2) return ${atTwo};
        const [waiting, worked] = split(x, 2);
        ${atOne}
      };
      return network("u", inputShape, unit, channelShuffle({ groups: 2 }));
    }`,
    diagnosis,
  ]),
  [
    "21.splitUnit",
    "add in place of split, as version 1",
    `function splitUnit(inputShape: number[], filters: number, stride: number): Network {
      const { conv, depthwiseConv, batchNorm, relu, channelShuffle, concat, sequential, residual } = layers;
      const p = (n: number) => sequential(conv({ filters: n, kernelSize: 1, bias: false }), batchNorm(), relu());
      const d = () => sequential(depthwiseConv({ kernelSize: 3, stride, padding: 1, bias: false }), batchNorm());
      const unit = (x: SymbolicTensor): SymbolicTensor => stride === 2
        ? concat(sequential(d(), p(filters / 2))(x), sequential(p(filters / 2), d(), p(filters / 2))(x))
        : residual(sequential(p(filters / 2), d(), p(filters)))(x);
      return network("u", inputShape, unit, channelShuffle({ groups: 2 }));
    }`,
    /bottleneck.*split x/,
  ],
  ...(
    [
      [
        "a full 3×3",
        "conv({ filters: filters / 4, kernelSize: 3, stride, padding: 1, bias: false })",
        "channelShuffle({ groups }),",
        "",
        /full one|depthwise/,
      ],
      [
        "the shuffle at the end",
        "depthwiseConv({ kernelSize: 3, stride, padding: 1, bias: false })",
        "",
        ", channelShuffle({ groups })",
        /end of the unit/,
      ],
    ] as const
  ).map(([mistake, middle, between, end, diagnosis]): [string, string, string, RegExp] => [
    "21.shuffleUnit",
    mistake,
    `function shuffleUnit(inputShape: number[], filters: number, groups: number, stride: number): Network {
      const { conv, depthwiseConv, batchNorm, relu, channelShuffle, averagePool, residual, branches, sequential } = layers;
      const body = (made: number) => sequential(
        conv({ filters: filters / 4, kernelSize: 1, groups, bias: false }), batchNorm(), relu(), ${between}
        ${middle}, batchNorm(),
        conv({ filters: made, kernelSize: 1, groups, bias: false }), batchNorm());
      const both = stride === 2
        ? branches(averagePool({ size: 3, stride: 2, padding: 1 }), body(filters - inputShape[2])) : residual(body(filters));
      return network("u", inputShape, both, relu()${end});
    }`,
    diagnosis,
  ]),
];

function answerFrom(text: string, entry: string): Answer {
  const everything = `import { ${Object.keys(convbook).join(", ")} } from "convbook";\n`;
  const extracted = extractFunction([{ origin: "cell 1", text: everything + text }], entry);
  assert(extracted, `${entry} is not declared`);
  return loadFunction(extracted, entry, () => convbook);
}

describe("what learners type into the exercises of lessons 15 to 21", () => {
  for (const [id, mistake, body, diagnosis] of typed)
    it(`${id}, ${mistake}: gets a sentence of its own`, async () => {
      const [lesson, entry] = id.split(".");
      const exercise = exercisesOf(lesson).find((one) => one.id === id)!;
      const result = await runExercise(exercise, inProcess(answerFrom(body, entry)));
      const all = result.tests.map((test) => test.message).join("\n");
      assert.notEqual(result.verdict, "passed");
      assert.match(result.diagnosis ?? `no sentence: ${all}`, diagnosis);
      if (process.env.SEE)
        console.log(`      ${result.diagnosis} [${result.earned}/${exercise.points}]`);
    });
});
