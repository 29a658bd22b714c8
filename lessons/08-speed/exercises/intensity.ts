import { exercise, expectNumber } from "convbook";
import * as solution from "../solution";

type Intensity = typeof solution.intensity;

export const intensity = exercise({
  id: "08.intensity",
  title: "Work for each byte",
  minutes: 8,
  task:
    "Write `intensity(size, cin, cout, f)`: FLOPs for each byte of a convolution layer, size×size " +
    'pixels in and out (padding "same", stride 1), f×f filters, no bias. A multiply-add is two FLOPs,' +
    " those on the padding included. The bytes are those of x, the filters and y in float32, each " +
    "moved once.",
  example: `
intensity(2, 1, 3, 1) // 24 FLOPs, 19 values of four bytes
// → 0.3157895`,
  starter: `
function intensity(size: number, cin: number, cout: number, f: number): number {
  return yourCode(); // FLOP / byte
}`,
  solution: solution.intensity,
  tests: [
    {
      title: "intensity(1, 1, 1, 1) is 2 FLOPs on 12 bytes",
      async run(intensity, { random }) {
        expectNumber(await intensity(1, 1, 1, 1), 2 / 12, { of: "intensity(1, 1, 1, 1)" });
        const size = random.integer(2, 40);
        expectNumber(await intensity(size, 1, 1, 1), solution.intensity(size, 1, 1, 1), {
          of: `intensity(${size}, 1, 1, 1)`,
        });
      },
    },
    {
      title: "intensity(56, 64, 64, 3), a layer of ResNet",
      async run(intensity, { random }) {
        const expected = solution.intensity(56, 64, 64, 3);
        expectNumber(await intensity(56, 64, 64, 3), expected, { of: "intensity(56, 64, 64, 3)" });
        const [size, c] = [7 * random.integer(1, 7), 32 * random.integer(3, 16)];
        expectNumber(await intensity(size, c, c, 3), solution.intensity(size, c, c, 3), {
          of: `intensity(${size}, ${c}, ${c}, 3)`,
        });
      },
    },
    {
      title: "intensity(size, cin, cout, f) for ten random layers",
      async run(intensity, { random }) {
        for (let trial = 0; trial < 10; trial++) {
          const [size, cin] = [random.integer(2, 60), random.integer(1, 100)];
          const [cout, f] = [random.integer(101, 200), random.integer(2, 7)];
          expectNumber(
            await intensity(size, cin, cout, f),
            solution.intensity(size, cin, cout, f),
            { of: `intensity(${size}, ${cin}, ${cout}, ${f})`, tolerance: 1e-9 },
          );
        }
      },
    },
  ],
  hints: [
    "Count the multiply-adds as in lesson 04, twice as many FLOPs. Which three tensors have to pass between memory and processor at least once?",
    "FLOPs: 2 · size² · cout · f² · cin. Values: size² · cin + f² · cin · cout + size² · cout, of four bytes each.",
    "Divide the first by four times the second.",
  ],
  wrongAnswers: [
    {
      says: "This is half of it: either a multiply-add is counted as one FLOP, and it is two, or a number as eight bytes, and a float32 has four.",
      answer: (...layer) => solution.intensity(...layer) / 2,
    },
    {
      says: "You divide by values. A float32 has four bytes.",
      answer: (...layer) => solution.intensity(...layer) * 4,
    },
    {
      says: "The filters are missing: they have to be fetched too.",
      answer: withValues((size, cin, cout) => size ** 2 * (cin + cout)),
    },
    {
      says: "The output is missing: it has to be written.",
      answer: withValues((size, cin, cout, f) => size ** 2 * cin + f * f * cin * cout),
    },
    {
      says: "The input is missing: it has to be read.",
      answer: withValues((size, cin, cout, f) => size ** 2 * cout + f * f * cin * cout),
    },
    {
      says: "The input is counted f · f times, once for each window that sees it. That is how often it is used; in the best case it is fetched once and stays in the cache.",
      answer: withValues(
        (size, cin, cout, f) => size ** 2 * cin * f * f + f * f * cin * cout + size ** 2 * cout,
      ),
    },
    {
      says: "This is bytes for each FLOP. Intensity is the other way round: FLOPs for each byte.",
      answer: (...layer) => 1 / solution.intensity(...layer),
    },
    {
      says: "The window is counted along one axis: a filter has f · f values for each channel.",
      answer: (size, cin, cout, f) =>
        (2 * size * size * cout * f * cin) / (4 * (size * size * (cin + cout) + f * cin * cout)),
    },
    {
      says: 'You count (size - f + 1)² outputs, as without padding. With padding "same" as many pixels come out as go in: size².',
      answer: (size, cin, cout, f) => {
        const out = (size - f + 1) ** 2;
        return (
          (2 * out * cout * f * f * cin) /
          (4 * (size * size * cin + f * f * cin * cout + out * cout))
        );
      },
    },
    {
      says: 'Your FLOPs are those of (size - f + 1)² outputs, as without padding. With padding "same" there are size² outputs, as in your bytes.',
      answer: (size, ...layer) =>
        (solution.intensity(size, ...layer) * (size - layer[2] + 1) ** 2) / size ** 2,
    },
    {
      says: "cin is missing in your FLOPs: each output is a sum over the window and over all cin channels.",
      answer: (size, cin, cout, f) => solution.intensity(size, cin, cout, f) / cin,
    },
    {
      says: "cout is missing in your FLOPs: the sum is made at every pixel once for each filter.",
      answer: (size, cin, cout, f) => solution.intensity(size, cin, cout, f) / cout,
    },
    {
      says: "The pixels are counted along one axis, in FLOPs and bytes. An image of size by size has size² of them.",
      answer: (size, cin, cout, f) =>
        (2 * size * cout * f * f * cin) / (4 * (size * (cin + cout) + f * f * cin * cout)),
    },
    {
      says: "You divide by bits. A float32 has four bytes.",
      answer: (...layer) => solution.intensity(...layer) / 8,
    },
  ],
});

function withValues(
  values: (size: number, cin: number, cout: number, f: number) => number,
): Intensity {
  return (size, cin, cout, f) =>
    (2 * size * size * cout * f * f * cin) / (4 * values(size, cin, cout, f));
}
