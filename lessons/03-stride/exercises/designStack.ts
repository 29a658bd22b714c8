import { exercise, expectThat } from "convbook";
import * as solution from "../solution";

export const designStack = exercise({
  id: "03.designStack",
  title: "A stack that sees exactly so much",
  minutes: 15,
  task: "Write `designStack(field)`: the strides, each 1 or 2, of a stack of at most 8 layers, all with f = 3, whose receptive field is exactly `field` pixels: an odd number from 3 to 63. Any such stack is right.",
  example: `
receptiveField(designStack(11).map((s) => ({ f: 3, s }))) // → 11`,
  starter: `
function designStack(field: number): number[] {
  // one stride for each layer, from the first to the last
  return yourCode();
}`,
  solution: solution.designStack,
  manyAnswers: true,
  tests: [
    {
      title: "designStack(3), designStack(5) and designStack(7) see 3, 5 and 7 pixels",
      async run(designStack) {
        for (const field of [3, 5, 7]) judge(field, await designStack(field));
      },
    },
    {
      title: "designStack(31) needs strides: 15 layers without would be too many",
      async run(designStack) {
        judge(31, await designStack(31));
      },
    },
    {
      title: "designStack(field) for every odd field from 3 to 63",
      points: 2,
      async run(designStack) {
        for (let field = 3; field <= 63; field += 2) judge(field, await designStack(field));
      },
    },
  ],
  hints: [
    "A 3-wide layer adds 2 · jump, and the jump doubles after each stride of 2. Which fields can you reach with the strides [2, 2, 2, 1]?",
    "So (field - 1) / 2 must be a sum of jumps that start at 1 and never skip a power of two: 1, 2, 4, ..., each used at least once, up to the largest. How often must each be used at most?",
    "Once or twice is enough. If the rest is odd use the jump once, if it is even twice; take that away, halve, go on with the next jump. The last layer of each jump has stride 2.",
  ],
  wrongAnswers: [
    {
      says: "Strides of 1 alone reach every odd field, but too slowly: 31 pixels need 15 layers, and you may use 8.",
      answer: (field) => Array.from({ length: (field - 1) / 2 }, () => 1),
    },
    {
      says: "Doubling at every layer reaches 3, 7, 15, 31 and 63 pixels and nothing between. Some jumps must be used twice.",
      answer: (field) => {
        const strides: number[] = [];
        while (solution.receptiveField(strides.map((s) => ({ f: 3, s }))) < field) strides.push(2);
        return strides;
      },
    },
    {
      says: "You return the filter sizes. All layers are 3 wide here; their strides are asked for.",
      answer: (field) => solution.designStack(field).map(() => 3),
    },
    {
      says: "The strides stand in the wrong order: a stride works on the layers after it, so the first layers decide how far the last ones reach.",
      answer: (field) => solution.designStack(field).reverse(),
    },
    {
      says: "One layer is missing. n strides belong to n layers: also the last layer, whose stride changes nothing, adds to the field.",
      answer: (field) => solution.designStack(field).slice(0, -1),
    },
    {
      says: "You used the binary digits of (field - 1) / 2. A digit 0 would skip a jump, and jumps cannot be skipped: each power of two is needed once at least.",
      answer: (field) => {
        const jumps: number[] = [];
        for (
          let rest = (field - 1) / 2, jump = 1;
          rest > 0;
          rest = Math.floor(rest / 2), jump *= 2
        ) {
          if (rest % 2 === 1) jumps.push(jump);
        }
        return jumps.map((_, i) => (i + 1 < jumps.length ? 2 : 1));
      },
    },
  ],
});

function judge(field: number, strides: unknown): void {
  expectThat(
    Array.isArray(strides) && strides.every((s) => s === 1 || s === 2),
    `designStack(${field}) must be a list of strides, each 1 or 2.`,
  );
  expectThat(
    strides.length <= 8,
    `designStack(${field}) has ${strides.length} layers; 8 are allowed.`,
  );
  const sees = solution.receptiveField((strides as number[]).map((s) => ({ f: 3, s })));
  expectThat(
    sees === field,
    `designStack(${field}) gave the strides [${strides.join(", ")}], which see ${sees} pixels.`,
  );
}
