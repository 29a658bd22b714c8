import type { WindowAxis } from "../../../arithmetic";

/** A window that slides over volumes, [m, depth, height, width, channels], or over images, which are one deep. */
export interface Walk {
  readonly batch: number;
  readonly axes: readonly [WindowAxis, WindowAxis, WindowAxis];
}

/** How many positions the window has; pixels; and entries of the window. */
export function sizesOf({ axes }: Walk): { outputs: number; inputs: number; taps: number } {
  const product = (key: "output" | "input" | "kernel") =>
    axes.reduce((size, axis) => size * axis[key], 1);
  return { outputs: product("output"), inputs: product("input"), taps: product("kernel") };
}

/**
 * Visits every entry of the window at every position of it, in the order of the positions, where it lies on a pixel and not
 * on padding. Channels are left to the visitor: the positions and pixels are counted through the batch, the entries
 * through the window, without channels.
 */
export function forEachTap(
  walk: Walk,
  visit: (output: number, input: number, tap: number) => void,
): void {
  const [depth, height, width] = walk.axes;
  const { inputs } = sizesOf(walk);
  let output = 0;
  for (let image = 0; image < walk.batch; image++)
    for (let a = 0; a < depth.output; a++)
      for (let b = 0; b < height.output; b++)
        for (let c = 0; c < width.output; c++, output++)
          for (let i = 0; i < depth.kernel; i++) {
            const z = pixelUnder(depth, a, i);
            if (z < 0 || z >= depth.input) continue;
            for (let j = 0; j < height.kernel; j++) {
              const y = pixelUnder(height, b, j);
              if (y < 0 || y >= height.input) continue;
              for (let k = 0; k < width.kernel; k++) {
                const x = pixelUnder(width, c, k);
                if (x < 0 || x >= width.input) continue;
                const input = image * inputs + (z * height.input + y) * width.input + x;
                visit(output, input, (i * height.kernel + j) * width.kernel + k);
              }
            }
          }
}

function pixelUnder({ stride, dilation, before }: WindowAxis, output: number, tap: number): number {
  return output * stride - before + tap * dilation;
}
