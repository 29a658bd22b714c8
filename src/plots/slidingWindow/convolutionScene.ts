import { slidingWindow, type WindowOptions } from "../../arithmetic";
import { ArgumentError, requireFinite, type Tensor } from "../../tensor";
import { cellFormat } from "../cellFormat";
import { type Numbers, requireAllFinite, shortNumber, tensorOf } from "../values";
import { type ColumnWidths, productsOf, sumOfProducts, widen } from "./arithmetic";
import {
  isInColour,
  outputOf,
  positionsOf,
  requireReadable,
  type Scene,
  type Tap,
  titleOf,
} from "./Scene";

export interface SlidingWindowOptions extends Omit<WindowOptions, "ceilMode"> {
  /** A number added to each output value. */
  bias?: number | undefined;
}

const COLOUR_NAMES = ["red", "green", "blue"];

/** A filter at every position over an input: the definition of a convolution, value by value. */
export function convolutionScene(
  call: string,
  inputNumbers: Numbers,
  kernelNumbers: Numbers,
  { bias, ...options }: SlidingWindowOptions,
): Scene {
  const input = volumeOf(call, "input", inputNumbers, "[h, w] or [h, w, c]", 0);
  const kernel = volumeOf(call, "kernel", kernelNumbers, "[kh, kw] or [kh, kw, c]", 3);
  const [h, w, channels] = input.shape;
  const [kh, kw] = kernel.shape;
  if (kernel.shape[2] !== channels) {
    const expected = `of shape [${kh}, ${kw}, ${channels}], since the input has ${channels} channels`;
    throw new ArgumentError({ call, argument: "kernel", expected, received: kernelNumbers });
  }
  if (bias !== undefined) requireFinite(call, "bias", bias);
  const window = slidingWindow(call, [h, w], [kh, kw], options);
  requireReadable(call, input, window);

  const weight = ({ a, b, channel }: Tap): number => kernel.get(a, b, channel);
  const positions = positionsOf(input, window).map((position) => ({
    ...position,
    result: position.taps.reduce((sum, tap) => sum + (tap.value ?? 0) * weight(tap), bias ?? 0),
  }));
  const texts = {
    input: cellFormat(input.data).text,
    filter: cellFormat(kernel.data).text,
    output: cellFormat(positions.map(({ result }) => result)).text,
  };
  const products = positions.map(({ taps }) => productsOf(taps, weight, texts));
  const widths: ColumnWidths = [];
  for (const each of products) widen(widths, each);
  const steps = positions.map(({ row, column, result }, i) => {
    const end = {
      bias: bias === undefined ? undefined : shortNumber(bias),
      result: texts.output(result),
    };
    const name = isInColour(input) ? (channel: number) => COLOUR_NAMES[channel] : undefined;
    return { row, column, result, arithmetic: sumOfProducts(products[i], widths, end, name) };
  });
  const title = titleOf(`A ${kh} × ${kw} filter slides over a`, input, window);
  return { input, kernel, output: outputOf(window, steps), window, steps, title };
}

/** A tensor of three axes: a matrix gets a channel, an axis of length 1 at `spare` is dropped. */
function volumeOf(
  call: string,
  argument: string,
  numbers: Numbers,
  expected: string,
  spare: number,
): Tensor {
  const given = tensorOf(call, argument, numbers);
  const shape = given.rank === 2 ? [...given.shape, 1] : [...given.shape];
  if (shape.length === 4 && shape[spare] === 1) shape.splice(spare, 1);
  if (shape.length !== 3 || given.size === 0)
    throw new ArgumentError({ call, argument, expected, received: numbers });
  requireAllFinite(call, argument, given);
  return given.reshape(shape);
}
