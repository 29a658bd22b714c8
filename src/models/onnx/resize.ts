import { layers } from "../../network";
import { integersOf, textOf } from "./attributes";
import type { OnnxNode } from "./OnnxModel";
import type { Scope } from "./Scope";
import { flow, shapeFrom, sizesOf, type Value } from "./values";

/** Resize and Upsample of maps. Ways of sampling that the layer does not have are unknown here, their shape is not. */
export function resize(node: OnnxNode, scope: Scope): Value {
  const x = scope.flow(node, 0);
  const special =
    integersOf(node, "axes") !== undefined ||
    textOf(node, "keep_aspect_ratio_policy", "stretch") !== "stretch";
  if (x?.axes.length !== 4 || special) return scope.unknown(node);
  const before = sizesOf(x);
  const sizes = sizesAfter(node, scope, before);
  if (sizes?.length !== 4 || sizes.some((size) => !(size >= 1))) return scope.unknown(node);
  const shape = shapeFrom(sizes, x.axes)!;
  const [height, width, channels] = shape;
  const mode = modeOf(node);
  if (!mode || channels !== x.tensor.shape[2]) return scope.unknown(node, shape);
  return flow(layers.resize({ outputSize: [height, width], ...mode })(x.tensor), x.axes);
}

/** The sizes that the node states, or the scales come to; undefined where neither is a constant. */
function sizesAfter(
  node: OnnxNode,
  scope: Scope,
  before: readonly number[],
): readonly number[] | undefined {
  const given = scope.constant(node, 3)?.values;
  if (given && given.length > 0) return [1, ...given.slice(1)];
  // Scales came second before there were regions of interest, and as an attribute before that.
  const scales =
    scope.constant(node, node.inputs.length > 2 ? 2 : 1)?.values ??
    node.attributes.get("scales")?.floats;
  if (scales?.length !== before.length) return undefined;
  return before.map((size, i) => Math.floor(size * scales[i]));
}

type Sampling = Omit<Parameters<typeof layers.resize>[0], "outputSize">;

function modeOf(node: OnnxNode): Sampling | undefined {
  const mode = textOf(node, "mode", "nearest");
  const positions = textOf(node, "coordinate_transformation_mode", "half_pixel");
  if (mode === "nearest") return { mode };
  if (mode !== "linear" && mode !== "bilinear") return undefined;
  if (positions === "align_corners") return { mode: "bilinear", alignCorners: true };
  return positions.endsWith("half_pixel") ? { mode: "bilinear" } : undefined;
}
