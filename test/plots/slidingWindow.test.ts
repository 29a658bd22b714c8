import assert from "node:assert/strict";
import {
  conv2d,
  type HtmlFigure,
  type Padding,
  pool2d,
  poolingAnimation,
  random,
  randomIntegers,
  randomNormal,
  slidingWindowAnimation,
  type Tensor,
  tensor,
  windowPicture,
  zeros,
} from "convbook";
import { attributesIn, lettersIn, widthOf } from "./pictures";

interface Frame {
  window: { x: number; y: number };
  output: { x: number; y: number };
  sum: string;
  place: string;
}

const framesOf = ({ html }: HtmlFigure): Frame[] =>
  JSON.parse(html.slice(html.lastIndexOf(", [{") + 2, html.lastIndexOf(")</script>"))) as Frame[];

/** The lines of a calculation without their markup. */
const linesOf = ({ sum }: { sum: string }): string[] =>
  [...sum.matchAll(/<text.*?<\/text>/g)].map(([line]) => line.replace(/<[^>]*>/g, ""));

const numberOf = (text: string): number => Number(text.replace(/[()= ]/g, "").replace("−", "-"));

/** The products of a calculation, multiplied and added up. */
function sumOf(lines: readonly string[]): number {
  const terms = lines.slice(0, -1).join(" ").match(/[^+]+/g) ?? [];
  return terms
    .map((term) => term.replace(/channel \d/g, "").replace("bias", ""))
    .filter((term) => term.trim() !== "")
    .map((term) => term.split("·").map(numberOf))
    .reduce((sum, factors) => sum + factors.reduce((a, b) => a * b), 0);
}

const stillOf = ({ html }: HtmlFigure): string =>
  Buffer.from(html.match(/base64,([^"]+)"/)![1], "base64").toString();

describe("slidingWindowAnimation", () => {
  const cases: {
    input: number[];
    kernel: number[];
    stride?: number;
    padding?: Padding;
    dilation?: number;
    bias?: number;
  }[] = [
    { input: [4, 4], kernel: [3, 3] },
    { input: [5, 6], kernel: [3, 2], padding: 1, stride: 2 },
    { input: [7, 7], kernel: [3, 3], padding: "same", dilation: 2 },
    { input: [4, 4], kernel: [2, 2], padding: "full", stride: 3, bias: -2 },
    { input: [5, 5, 3], kernel: [3, 3, 3], padding: [[0, 1], [1, 0]] }, // prettier-ignore
    { input: [5, 4, 2], kernel: [5, 1, 2], padding: "same", stride: 2, bias: 3 },
  ];

  for (const { input, kernel, ...options } of cases)
    it(`slidingWindowAnimation([${input.join(", ")}], [${kernel.join(", ")}], ${JSON.stringify(options)}) calculates what conv2d does`, () => {
      const source = random(input.length + kernel[0]);
      const x = randomIntegers(input, -9, 9, source);
      const filter = randomIntegers(kernel, -3, 3, source);
      const channels = input[2] ?? 1;
      const { bias = 0, ...window } = options;
      const expected = conv2d(
        x.reshape([1, input[0], input[1], channels]),
        filter.reshape([kernel[0], kernel[1], channels, 1]),
        { ...window, bias: tensor([bias]) },
      );
      const frames = framesOf(slidingWindowAnimation(x, filter, options));
      assert.equal(frames.length, expected.size);
      frames.forEach((frame, i) => {
        const lines = linesOf(frame);
        assert.equal(numberOf(lines[lines.length - 1]), expected.data[i], frame.place);
        assert.equal(sumOf(lines), expected.data[i], lines.join("\n"));
      });
    });

  it("slidingWindowAnimation(input, kernel) writes a line for each row of the filter", () => {
    const [first] = framesOf(slidingWindowAnimation([[1, 0], [-2, 3]], [[1, 2], [-1, 0]])); // prettier-ignore
    assert.deepEqual(linesOf(first), ["        1·1 + 0·2", "+ (−2)·(−1) + 3·0", "= 3"]); // prettier-ignore
  });

  it("slidingWindowAnimation(input, kernel) keeps the columns of the calculation in place", () => {
    const x = randomIntegers([6, 6], -12, 12, random(1));
    const frames = framesOf(slidingWindowAnimation(x, [[1, -1], [10, 0]])); // prettier-ignore
    const signs = frames.map((frame) => linesOf(frame)[0].lastIndexOf("+"));
    assert.equal(new Set(signs).size, 1);
  });

  it("slidingWindowAnimation(input, kernel, {stride, padding}) moves the window by the stride", () => {
    const frames = framesOf(slidingWindowAnimation(zeros([5, 5]), zeros([3, 3]), { stride: 2 }));
    const step = frames[1].window.x;
    assert.ok(step > 0);
    assert.deepEqual(
      frames.map(({ window }) => [window.x / step, window.y / step]),
      [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ],
    );
    assert.equal(frames[1].output.x, step / 2, "the output's outline moves by one cell");
  });

  it("slidingWindowAnimation(input, kernel, {padding}) draws each cell of the padding with its zero", () => {
    const still = stillOf(slidingWindowAnimation([[5, 6], [7, 8]], [[1]], { padding: 1 })); // prettier-ignore
    const padding = [...still.matchAll(/<g class="p"><rect [^>]*stroke-dasharray[^>]*\/><text/g)];
    assert.equal(padding.length, 4 * 4 - 2 * 2);
    assert.match(still, /2 × 2, padded to 4 × 4/);
  });

  it("slidingWindowAnimation(pixels, kernel) draws 0 black and the largest white", () => {
    const still = stillOf(slidingWindowAnimation([[0, 2], [4, 1]], [[1]])); // prettier-ignore
    const grey = (level: number): string => `rgb(${level}, ${level}, ${level})`;
    const fills = attributesIn(still, "rect", "fill").slice(0, 4);
    assert.deepEqual(fills, [0, 128, 255, 64].map(grey));
  });

  it("slidingWindowAnimation(a coloured pixel, kernel) has a sheet in each colour, named in the sum", () => {
    const figure = slidingWindowAnimation([[[4, 2, 0]]], [[[5, 6, 7]]]);
    const pixels = attributesIn(stillOf(figure), "rect", "fill").filter((fill) => fill !== "none");
    const fills = pixels.slice(0, 3);
    assert.deepEqual(fills, ["rgb(255, 80, 70)", "rgb(35, 100, 45)", "rgb(0, 0, 0)"]);
    const [names] = linesOf(framesOf(figure)[0]);
    assert.deepEqual(names.trim().split(/\s+/), ["red", "green", "blue"]);
    const signed = framesOf(slidingWindowAnimation([[[4, 2, -1]]], [[[5, 6, 7]]]));
    assert.match(linesOf(signed[0])[0], /channel 0 +channel 1 +channel 2/);
  });

  it("slidingWindowAnimation(input, kernel) writes the weights below the numbers of the pixels, not over them", () => {
    const still = stillOf(slidingWindowAnimation([[7, 1], [2, 3]], [[9]])); // prettier-ignore
    const number = /<text x="[\d.]+" y="([\d.]+)"[^>]*>7</.exec(still);
    const label = /<rect x="[\d.]+" y="([\d.]+)"[^>]*fill="#fff"/.exec(still);
    assert(Number(number?.[1]) < Number(label?.[1]), `${number?.[1]} above ${label?.[1]}`);
  });

  it("slidingWindowAnimation(input, kernel) stands still half-way, with the later values not yet shown", () => {
    const figure = slidingWindowAnimation(zeros([4, 4]), zeros([3, 3]));
    const hidden = attributesIn(stillOf(figure), "g", "style").filter((s) => s === "opacity:0");
    assert.equal(hidden.length, 1, "of four values the last");
    assert.match(
      figure.html,
      /^<div class="convbook-window"><img src="data:image\/svg\+xml;base64,/,
    );
    assert.match(figure.html, /<img [^>]*alt="A 3 × 3 filter slides over a 4 × 4 input, stride 1/);
  });

  it("slidingWindowAnimation(input, kernel).html has one script, and no markup of the data ends it", () => {
    const { html } = slidingWindowAnimation([[1, 2]], [[1]]);
    assert.equal(html.match(/<script>/g)?.length, 1);
    assert.equal(html.match(/<\/script>/g)?.length, 1);
  });

  it("slidingWindowAnimation(input, kernel).text has the numbers", () => {
    const { text } = slidingWindowAnimation([[1, 2], [3, 4]], [[1, 1]], { stride: [1, 2] }); // prettier-ignore
    assert.match(text, /^A 1 × 2 filter slides over a 2 × 2 input, stride 1 × 2, no padding: /);
    assert.match(text, /output\nTensor \[2, 1\] float64\n\[\[3\]\n \[7\]\]$/);
  });

  it("slidingWindowAnimation(what does not fit) is refused", () => {
    const refused = (input: Tensor, kernel: Tensor, options: object, message: RegExp) =>
      assert.throws(() => slidingWindowAnimation(input, kernel, options), message);
    refused(zeros([3, 3]), zeros([4, 4]), {}, /kernel height must be at most .* 3/);
    refused(zeros([3, 3]), zeros([2, 2]), { stride: 0 }, /stride must be a positive integer/);
    refused(
      zeros([3, 3, 2]),
      zeros([2, 2]),
      {},
      /kernel must be of shape \[2, 2, 2\], since the in/,
    );
    refused(zeros([2, 3, 3, 1]), zeros([2, 2]), {}, /input must be \[h, w\] or \[h, w, c\]/);
    refused(zeros([3, 3]), zeros([2, 2, 1, 5]), {}, /kernel must be \[kh, kw\] or \[kh, kw, c\]/);
    refused(
      zeros([28, 28]),
      zeros([3, 3]),
      {},
      /at most 20 rows .*28 rows and 28 columns\. Cut out/,
    );
    refused(tensor([[1, NaN]]), zeros([1, 1]), {}, /input must be finite numbers/);
    refused(zeros([3, 3]), zeros([2, 2]), { bias: NaN }, /bias must be a finite number/);
  });
});

describe("windowPicture", () => {
  it("windowPicture(input, kernel, [row, column]) draws one position, with its calculation", () => {
    const x = randomNormal([5, 5], random(2));
    const figure = windowPicture(x, [[1, 0], [0, 1]], [2, 3], { padding: "same" }); // prettier-ignore
    assert.match(figure.text, /value at row 2, column 3:\n/);
    assert.match(figure.svg, /^<svg xmlns/);
    const sum = x.get(2, 3) + x.get(3, 4);
    assert.ok(Math.abs(numberOf(figure.text.split("\n").pop()!) - sum) < 0.01);
  });

  it("windowPicture(a single value) has room for the word above its output", () => {
    const figure = windowPicture([[5]], [[2]], [0, 0]);
    const at = /<text[^>]* x="([\d.]+)"[^>]*>output</.exec(figure.svg);
    assert.ok(widthOf(figure) >= Number(at?.[1]) + 0.65 * 15 * "output".length, `${at?.[1]}`);
  });

  it("windowPicture(input, kernel, a position outside the output) is refused", () => {
    assert.throws(
      () => windowPicture(zeros([3, 3]), zeros([2, 2]), [0, 2]),
      /windowPicture\(\): at must be the \[row, column\] of a value of the 2 × 2 output, but got \[0, 2\]/,
    );
  });
});

describe("poolingAnimation", () => {
  for (const mode of ["max", "average"] as const)
    it(`poolingAnimation(input, {mode: "${mode}"}) calculates what pool2d does`, () => {
      for (const window of [
        { size: 2 },
        { size: 3, stride: 2, padding: 1 },
        { size: 2, stride: 2, ceilMode: true },
      ]) {
        const x = randomIntegers([5, 7], -20, 20, random(5));
        const options = { mode, ...window };
        const expected = pool2d(x.reshape([1, 5, 7, 1]), options);
        const frames = framesOf(poolingAnimation(x, options));
        const results = frames.map((frame) => numberOf(linesOf(frame).pop()!));
        assert.equal(results.length, expected.size);
        results.forEach((result, i) => assert.ok(Math.abs(result - expected.data[i]) < 0.06));
      }
    });

  it("poolingAnimation(input, options) writes maximum and average as they are calculated", () => {
    const x = [[1, -3], [2, 4]]; // prettier-ignore
    const [max] = framesOf(poolingAnimation(x, { mode: "max", size: 2 }));
    assert.deepEqual(linesOf(max), ["  max(1, −3, 2, 4)", "= 4"]);
    const [average] = framesOf(poolingAnimation(x, { mode: "average", size: 2 }));
    assert.deepEqual(linesOf(average), ["  (1 + (−3) + 2 + 4) / 4", "= 1"]);
  });

  it("poolingAnimation(input, {padding}) leaves the padding out", () => {
    const figure = poolingAnimation([[-1, -2]], { mode: "max", size: 3, padding: 1, stride: 1 });
    assert.deepEqual(linesOf(framesOf(figure)[0]), ["  max(−1, −2)", "= −1"]);
    assert.ok(!lettersIn({ svg: stillOf(figure) }).includes("0"), "no zeros are drawn");
  });

  it("poolingAnimation(what does not fit) is refused", () => {
    assert.throws(
      () => poolingAnimation(zeros([3, 3]), {} as never),
      /mode must be "max" or "aver/,
    );
    assert.throws(
      () => poolingAnimation(zeros([1, 4, 4, 2]), { mode: "max", size: 2 }),
      /input must be a matrix/,
    );
  });
});
