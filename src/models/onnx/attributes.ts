import type { Padding, Pair } from "../../arithmetic";
import type { OnnxNode } from "./OnnxModel";

export function integerOf(node: OnnxNode, name: string, otherwise: number): number {
  return node.attributes.get(name)?.integer ?? otherwise;
}

export function floatOf(node: OnnxNode, name: string, otherwise: number): number {
  return node.attributes.get(name)?.float ?? otherwise;
}

export function textOf(node: OnnxNode, name: string, otherwise: string): string {
  return node.attributes.get(name)?.text ?? otherwise;
}

export function integersOf(node: OnnxNode, name: string): readonly number[] | undefined {
  const integers = node.attributes.get(name)?.integers;
  return integers && integers.length > 0 ? integers : undefined;
}

/** Two numbers of an attribute, for rows and columns. */
export function pairOf(node: OnnxNode, name: string, otherwise: number): Pair {
  const [rows = otherwise, columns = otherwise] = integersOf(node, name) ?? [];
  return [rows, columns];
}

/**
 * The padding of a window: `pads` is [top, left, bottom, right], `auto_pad` what TensorFlow calls "same", with
 * the odd row after (SAME_UPPER) or before (SAME_LOWER).
 */
export function paddingOf(node: OnnxNode, [height, width]: Pair, kernel: Pair): Padding {
  const automatic = textOf(node, "auto_pad", "NOTSET");
  if (automatic === "SAME_UPPER") return "same";
  if (automatic === "VALID") return "valid";
  if (automatic === "SAME_LOWER") {
    const [stride, dilation] = [pairOf(node, "strides", 1), pairOf(node, "dilations", 1)];
    const sides = [height, width].map((input, axis): Pair => {
      const covered = dilation[axis] * (kernel[axis] - 1) + 1;
      const steps = Math.ceil(input / stride[axis]) - 1;
      const total = Math.max(0, steps * stride[axis] + covered - input);
      return [Math.ceil(total / 2), Math.floor(total / 2)];
    });
    return [sides[0], sides[1]];
  }
  const [top = 0, left = 0, bottom = top, right = left] = integersOf(node, "pads") ?? [];
  return [
    [top, bottom],
    [left, right],
  ];
}
