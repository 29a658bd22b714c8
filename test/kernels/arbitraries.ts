import fc from "fast-check";
import { type Padding } from "convbook";
import { coveredLength } from "#dist/arithmetic/index.js";

/** A sliding window along one axis that fits its input. */
const axis = fc
  .record({
    kernel: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 2 }),
    stride: fc.integer({ min: 1, max: 3 }),
    before: fc.integer({ min: 0, max: 2 }),
    after: fc.integer({ min: 0, max: 2 }),
    spare: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ spare, ...rest }) => {
    const covered = coveredLength(rest.kernel, rest.dilation);
    return { ...rest, input: Math.max(1, covered - rest.before - rest.after) + spare };
  });

/** Shapes and options of a convolution: every stride, padding, dilation and number of groups that fits. */
export const convolution = fc
  .record({
    height: axis,
    width: axis,
    batch: fc.integer({ min: 1, max: 2 }),
    groups: fc.integer({ min: 1, max: 3 }),
    channelsPerGroup: fc.integer({ min: 1, max: 2 }),
    filtersPerGroup: fc.integer({ min: 1, max: 2 }),
    seed: fc.nat({ max: 1e6 }),
  })
  .map(({ height, width, batch, groups, channelsPerGroup, filtersPerGroup, seed }) => ({
    xShape: [batch, height.input, width.input, groups * channelsPerGroup],
    filterShape: [height.kernel, width.kernel, channelsPerGroup, groups * filtersPerGroup],
    options: {
      stride: [height.stride, width.stride] as const,
      dilation: [height.dilation, width.dilation] as const,
      padding: [
        [height.before, height.after],
        [width.before, width.after],
      ] satisfies Padding,
      groups,
    },
    seed,
  }));

/** The same cases on every run. */
export const seeded = { seed: 2026, numRuns: 50 };
