import { ArgumentError, requireOptions } from "../../tensor";
import type { HtmlFigure, SvgFigure } from "../Figure";
import { figure } from "../makeFigure";
import type { Numbers } from "../values";
import { textOf } from "./arithmetic";
import { convolutionScene, type SlidingWindowOptions } from "./convolutionScene";
import { drawScene } from "./drawScene";
import { playerHtml } from "./player";
import { type PoolingOptions, poolingScene } from "./poolingScene";
import { describeScene, type Scene } from "./Scene";

/**
 * A filter that slides over an input, with a slider and a play button: the window, the padding, and the
 * products whose sum is the output value. A click on an output value leads there.
 *
 * @param input [h, w], or with channels [h, w, c]; a batch of one, [1, h, w, c], too. At most 16 columns and
 * 20 rows, padding included.
 * @param kernel [kh, kw], [kh, kw, c] or [kh, kw, c, 1]
 *
 * @example
 * const input = [[1, 2, 3], [4, 5, 6], [7, 8, 9]];
 * slidingWindowAnimation(input, [[1, 0], [0, -1]]).text.split("\n")[0]
 * // → "A 2 × 2 filter slides over a 3 × 3 input, stride 1, no padding: the output is 2 × 2"
 */
export function slidingWindowAnimation(
  input: Numbers,
  kernel: Numbers,
  options: SlidingWindowOptions = {},
): HtmlFigure {
  requireOptions<SlidingWindowOptions>("slidingWindowAnimation", options, {
    bias: true,
    stride: true,
    padding: true,
    dilation: true,
  });
  return animate(convolutionScene("slidingWindowAnimation", input, kernel, options));
}

/**
 * A pooling window that slides over an input, with a slider and a play button.
 *
 * @param input one channel, [h, w]; [1, h, w, 1] too
 *
 * @example
 * poolingAnimation([[1, 2, 5, 6], [3, 4, 7, 8]], { mode: "max", size: 2 }).text.split("\n")[0]
 * // → "Max pooling with a 2 × 2 window over a 2 × 4 input, stride 2, no padding: the output is 1 × 2"
 */
export function poolingAnimation(input: Numbers, options: PoolingOptions): HtmlFigure {
  requireOptions<PoolingOptions>("poolingAnimation", options, {
    ceilMode: "flag",
    stride: true,
    padding: true,
    dilation: true,
    mode: true,
    size: true,
  });
  return animate(poolingScene("poolingAnimation", input, options));
}

/**
 * One position of the window, as a picture that stands still: how a single output value comes about.
 *
 * @param at row and column of the output value
 *
 * @example
 * windowPicture([[1, 2], [3, 4]], [[1, 1], [1, 1]], [0, 0]).text.split("\n").pop() // → "= 10"
 */
export function windowPicture(
  input: Numbers,
  kernel: Numbers,
  at: readonly [row: number, column: number],
  options: SlidingWindowOptions = {},
): SvgFigure {
  requireOptions<SlidingWindowOptions>("windowPicture", options, {
    bias: true,
    stride: true,
    padding: true,
    dilation: true,
  });
  const call = "windowPicture";
  const scene = convolutionScene(call, input, kernel, options);
  const step = scene.steps.findIndex(({ row, column }) => row === at?.[0] && column === at[1]);
  if (step < 0) {
    const expected = `the [row, column] of a value of the ${scene.output.shape.join(" × ")} output`;
    throw new ArgumentError({ call, argument: "at", expected, received: at });
  }
  const sum = scene.steps[step].arithmetic.map(textOf).join("\n");
  const text = `${scene.title}; value at row ${at[0]}, column ${at[1]}:\n${sum}`;
  return figure({ kind: "svg", svg: drawScene(scene, step).svg, text });
}

/** Where nothing moves, the picture is taken half-way: some of the output is there, some is not. */
function animate(scene: Scene): HtmlFigure {
  const still = drawScene(scene, Math.floor(scene.steps.length / 2));
  return figure({ kind: "html", html: playerHtml(still, scene.title), text: describeScene(scene) });
}
