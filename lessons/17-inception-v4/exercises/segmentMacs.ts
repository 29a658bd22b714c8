import { exercise, expectNumber } from "convbook";
import * as solution from "../solution";

export const segmentMacs = exercise({
  id: "17.segmentMacs",
  title: "From one segment to one a channel",
  minutes: 6,
  task:
    "Write `segmentMacs(input, filters, segments)`: how many multiply-adds two layers take together on " +
    "maps [h, w, c]. The first is a 1×1 convolution with `filters` filters. After it, padded 3×3 " +
    "convolutions stand side by side: each reads its own of `segments` equal segments of the `filters` " +
    "maps, and gives as many maps as it reads. No biases.",
  example: `
segmentMacs([2, 5, 3], 6, 1) // → 3420
segmentMacs([2, 5, 3], 6, 2) // → 1800`,
  starter: `
function segmentMacs(input: number[], filters: number, segments: number): number {
  const [height, width, channels] = input;
  return yourCode();
}`,
  solution: solution.segmentMacs,
  tests: [
    {
      title: "segmentMacs([1, 1, 5], 4, 1), a single segment, is 20 + 9 · 16",
      async run(segmentMacs, { random }) {
        const of = "segmentMacs([1, 1, 5], 4, 1)";
        expectNumber(await segmentMacs([1, 1, 5], 4, 1), 164, { of });
        const filters = random.integer(5, 20);
        expectNumber(await segmentMacs([1, 1, 5], filters, 1), 5 * filters + 9 * filters ** 2, {
          of: `segmentMacs([1, 1, 5], ${filters}, 1)`,
        });
      },
    },
    {
      title: "segmentMacs([1, 1, 5], 4, 4), a segment a channel, is 20 + 9 · 4",
      async run(segmentMacs, { random }) {
        const of = "segmentMacs([1, 1, 5], 4, 4)";
        expectNumber(await segmentMacs([1, 1, 5], 4, 4), 56, { of });
        const filters = random.integer(5, 20);
        expectNumber(await segmentMacs([1, 1, 5], filters, filters), 5 * filters + 9 * filters, {
          of: `segmentMacs([1, 1, 5], ${filters}, ${filters})`,
        });
      },
    },
    {
      title: "segmentMacs(input, filters, segments) for ten random layers",
      async run(segmentMacs, { random }) {
        for (let trial = 0; trial < 10; trial++) {
          const input = [random.integer(5, 30), random.integer(31, 60), random.integer(20, 90)];
          const segments = random.integer(2, 8);
          const filters = segments * random.integer(3, 9);
          const of = `segmentMacs([${input.join(", ")}], ${filters}, ${segments})`;
          const expected = solution.segmentMacs(input, filters, segments);
          expectNumber(await segmentMacs(input, filters, segments), expected, { of });
        }
      },
    },
  ],
  hints: [
    "The 1x1 layer does not know of segments. What does it take? For the other: how many channels does one of its filters read?",
    "A segment has filters / segments maps. There are as many filters as before, but each reads 9 · filters / segments values.",
    "height · width · (channels · filters + 9 · (filters / segments) · filters).",
  ],
  wrongAnswers: [
    {
      says: "Each filter of your 3x3 layer reads all maps. In segments it reads only those of its own segment.",
      answer: ([height, width, channels], filters) =>
        height * width * (channels * filters + 9 * filters * filters),
    },
    {
      says: "You count one segment only. There are `segments` of them, side by side.",
      answer: ([height, width, channels], filters, segments) =>
        height * width * (channels * filters + 9 * (filters / segments) ** 2),
    },
    {
      says: "The 1x1 layer is missing.",
      answer: ([height, width], filters, segments) =>
        (height * width * 9 * filters * filters) / segments,
    },
    {
      says: "The 1x1 layer works in segments too in your count. It reads all channels: that is where they are mixed.",
      answer: ([height, width, channels], filters, segments) =>
        (height * width * (channels * filters + 9 * filters * filters)) / segments,
    },
    {
      says: "You multiply by the segments where you should divide: the more segments, the less each filter reads.",
      answer: ([height, width, channels], filters, segments) =>
        height * width * (channels * filters + 9 * filters * filters * segments),
    },
    {
      says: "You count 3 products where a 3x3 window has 9.",
      answer: ([height, width, channels], filters, segments) =>
        height * width * (channels * filters + (3 * filters * filters) / segments),
    },
    {
      says: "Your segments read the input's channels. The 1x1 layer stands between: there are `filters` maps now.",
      answer: ([height, width, channels], filters, segments) =>
        height * width * (channels * filters + (9 * channels * filters) / segments),
    },
    {
      says: "These are FLOPs, a multiplication and an addition counted as two. Multiply-adds are asked for: half of it.",
      answer: (input, filters, segments) => 2 * solution.segmentMacs(input, filters, segments),
    },
    {
      says: "These are the weights. Each is used at every pixel.",
      answer: ([, , channels], filters, segments) =>
        channels * filters + (9 * filters * filters) / segments,
    },
    {
      says: "Every map is its own segment in your count, whatever `segments` says: this is the extreme case.",
      answer: ([height, width, channels], filters) =>
        height * width * (channels * filters + 9 * filters),
    },
  ],
});
