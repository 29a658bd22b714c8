import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  type BackendName,
  firstDifference,
  random,
  randomNormal,
  type Tensor,
  useBackend,
} from "convbook";
import { fromTf, toTf } from "../../training/tfjs";

export interface Case {
  x: [number, number, number, number];
  /** [kh, kw, cin, cout], or the multiplier at the end when depthwise. */
  filter: [number, number, number, number];
  strides?: number | [number, number];
  pad?: "valid" | "same" | number | [number, number][];
  dimRoundingMode?: "floor" | "ceil";
}

export const windows: Record<string, Pick<Case, "strides" | "pad" | "dimRoundingMode">> = {
  "{}": {},
  '{pad: "same"}': { pad: "same" },
  '{strides: 2, pad: "same"}': { strides: 2, pad: "same" },
  "{strides: [2, 3]}": { strides: [2, 3] },
  "{pad: 1, strides: 2}": { pad: 1, strides: 2 },
  "{pad: each side for itself}": {
    pad: [
      [0, 0],
      [2, 0],
      [1, 3],
      [0, 0],
    ],
  },
  '{strides: 2, pad: 1, dimRoundingMode: "ceil"}': {
    strides: 2,
    pad: 1,
    dimRoundingMode: "ceil",
  },
};

export const convolutions: Omit<Case, "strides" | "pad">[] = [
  { x: [2, 8, 10, 3], filter: [3, 3, 3, 4] },
  { x: [1, 9, 7, 5], filter: [1, 1, 5, 17] },
  { x: [3, 12, 9, 2], filter: [5, 2, 2, 3] },
];

export const depthwise: Omit<Case, "strides" | "pad">[] = [
  { x: [2, 8, 10, 20], filter: [3, 3, 20, 1] },
  { x: [1, 9, 7, 3], filter: [3, 2, 3, 2] },
  { x: [2, 6, 6, 1], filter: [3, 3, 1, 4] },
];

/** Runs the kernel of this name on a backend and on tfjs's cpu, on the same random numbers. */
export async function agreesWithCpu(
  backend: BackendName,
  given: Case,
  isDepthwise: boolean,
  kernel: string,
): Promise<void> {
  const { x, filter, strides = 1, pad = "valid", dimRoundingMode } = given;
  // Given one number, tfjs (4.22) gives an output that is as wide as a square window would make it.
  const around: [number, number] = [Number(pad), Number(pad)];
  const sides = typeof pad === "number" ? [[0, 0], around, around, [0, 0]] : pad;
  const info = tf.backend_util.computeConv2DInfo(
    x,
    filter,
    strides,
    1,
    sides as "valid",
    dimRoundingMode,
    isDepthwise,
  );
  const values: Record<string, Tensor> = {
    x: randomNormal(x, random(1)),
    filter: randomNormal(filter, random(2)),
    dy: randomNormal(info.outShape, random(3)),
  };
  const toFilter = kernel.endsWith("Filter");
  const attributes = {
    strides,
    pad: pad as "valid",
    dimRoundingMode: dimRoundingMode as string,
    ...(isDepthwise ? { dilations: 1 } : { dataFormat: "NHWC" }),
    ...(toFilter ? { filterShape: filter } : { inputShape: x }),
  };
  const gradientOn = async (name: BackendName): Promise<Tensor> => {
    await useBackend(name);
    const inputs = Object.fromEntries(
      [toFilter ? "x" : "filter", "dy"].map((name) => [name, toTf(values[name])]),
    );
    return fromTf(tf.engine().runKernel(kernel, inputs, attributes) as tf.Tensor);
  };
  const [expected, actual] = [await gradientOn("cpu"), await gradientOn(backend)];
  assert.deepEqual(actual.shape, toFilter ? filter : x);
  assert.ok(
    expected.data.some((value) => Math.abs(value) > 0.1),
    "there is something to compare",
  );
  assert.equal(firstDifference(actual, expected, { tolerance: 1e-4 }), null);
}
