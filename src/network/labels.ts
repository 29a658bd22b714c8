import type { Window } from "../arithmetic";
import type { Layer } from "./description";

/** How a layer is named for people, in summaries, drawings and explanations. */

/**
 * What kind of layer it is, with the size of its window.
 *
 * @example
 * kindLabel(zoo.mobilenetV1().layer("separable2/conv1")) // → "3×3 depthwise conv"
 */
export function kindLabel({ operation, inputs }: Layer): string {
  switch (operation.kind) {
    case "conv": {
      const channels = inputs[0].shape[2];
      const depthwise = operation.groups === channels && channels > 1;
      const sort = depthwise ? "depthwise conv" : operation.groups > 1 ? "grouped conv" : "conv";
      return `${windowLabel(operation.window)} ${sort}`;
    }
    case "transposedConv":
      return `${windowLabel(operation.window)} ${operation.groups > 1 ? "grouped " : ""}transposed conv`;
    case "pool":
      return `${windowLabel(operation.window)} ${operation.mode} pool`;
    case "globalPool":
      return `global ${operation.mode} pool`;
    case "adaptivePool":
      return `adaptive ${operation.mode} pool`;
    case "activation":
      return operation.function;
    case "resize":
      return `${operation.mode} resize`;
    case "unknown":
      return operation.type;
    default:
      return plainLabels[operation.kind];
  }
}

const plainLabels = {
  input: "input",
  dense: "dense",
  batchNorm: "batch norm",
  layerNorm: "layer norm",
  groupNorm: "group norm",
  localResponseNorm: "local response norm",
  channelScale: "channel scale",
  inputNorm: "input norm",
  dropout: "dropout",
  add: "add",
  scaledAdd: "scaled add",
  multiply: "multiply",
  concat: "concat",
  slice: "slice",
  channelShuffle: "channel shuffle",
  zeroPad: "zero pad",
  crop: "crop",
  flatten: "flatten",
} as const;

/**
 * What was chosen for a layer, by name, as it is written in a table. Defaults are left out.
 *
 * @example
 * layerOptions(zoo.resnet().layer("conv1/conv1")) // → { filters: 64, stride: 2, padding: 3, bias: "no" }
 */
export function layerOptions({ operation }: Layer): Readonly<Record<string, string | number>> {
  const chosen: Record<string, string | number> = {};
  if ("window" in operation) {
    const { height, width } = operation.window;
    const pair = (a: number, b: number) => (a === b ? a : `${a}×${b}`);
    const stride = pair(height.stride, width.stride);
    const dilation = pair(height.dilation, width.dilation);
    const sides = [height.before, height.after, width.before, width.after];
    const padding = sides.every((n) => n === sides[0]) ? sides[0] : sides.join(", ");
    if ("filters" in operation) chosen.filters = operation.filters;
    if (stride !== 1) chosen.stride = stride;
    if (padding !== 0) chosen.padding = padding;
    if (dilation !== 1) chosen.dilation = dilation;
  }
  if ("groups" in operation && operation.groups !== 1) chosen.groups = operation.groups;
  if ("units" in operation) chosen.units = operation.units;
  if ("bias" in operation) chosen.bias = operation.bias ? "yes" : "no";
  if (operation.kind === "batchNorm" && operation.momentum !== undefined)
    chosen.momentum = operation.momentum;
  if (operation.kind === "batchNorm" && operation.unbiased) chosen.variance = "unbiased";
  if ("center" in operation && !operation.scale) chosen.gamma = "no";
  if ("center" in operation && !operation.center) chosen.beta = "no";
  if (operation.kind === "resize" && operation.alignCorners) chosen.corners = "aligned";
  if (operation.kind === "scaledAdd") chosen.scale = operation.scale;
  if (operation.kind === "dropout") chosen.rate = operation.rate;
  if (operation.kind === "slice") chosen.channels = `${operation.from} to ${operation.to - 1}`;
  return chosen;
}

function windowLabel({ height, width }: Window): string {
  return `${height.kernel}×${width.kernel}`;
}
