import { exercise, expectNumber, expectNumbers, expectThat } from "convbook";
import * as solution from "./solution";

export const outputSize = exercise({
  id: "03.outputSize",
  title: "The output size",
  minutes: 4,
  starter: `
function outputSize(n: number, f: number, s: number, p: number): number {
  // positions of a window of size f, moving by s, on n pixels with p zeros on each side
  return yourCode();
}`,
  solution: solution.outputSize,
  tests: [
    {
      title: "outputSize(7, 3, 2, 0) is 3: the window starts at 0, 2 and 4",
      async run(outputSize) {
        expectNumber(await outputSize(7, 3, 2, 0), 3, { of: "outputSize(7, 3, 2, 0)" });
      },
    },
    {
      title: "outputSize(8, 3, 2, 0) is 3 too: the last pixel is never seen",
      async run(outputSize) {
        expectNumber(await outputSize(8, 3, 2, 0), 3, { of: "outputSize(8, 3, 2, 0)" });
      },
    },
    {
      title: "outputSize(227, 11, 4, 0) is 55, AlexNet's first layer",
      async run(outputSize) {
        expectNumber(await outputSize(227, 11, 4, 0), 55, { of: "outputSize(227, 11, 4, 0)" });
      },
    },
    {
      title: "outputSize(n, f, s, p) for thirty random layers, counted by hand",
      async run(outputSize, { random }) {
        for (let trial = 0; trial < 30; trial++) {
          const [f, s, p] = [random.integer(1, 7), random.integer(1, 4), random.integer(0, 3)];
          const n = random.integer(f, 40);
          let positions = 0;
          for (let start = -p; start + f <= n + p; start += s) positions++;
          expectNumber(await outputSize(n, f, s, p), positions, {
            of: `outputSize(${n}, ${f}, ${s}, ${p})`,
          });
        }
      },
    },
  ],
  hints: [
    "The first window starts at the very beginning of the padded input, of length n + 2p. Where does the last one start that still fits?",
    "The starts lie between 0 and n + 2p - f. How many whole steps of s fit into that? And how many windows are there for that many steps?",
    "Math.floor((n + 2 * p - f) / s) + 1",
  ],
  wrongAnswers: [
    {
      says: "You count the steps between windows, not the windows. With no room for a step there is still one window.",
      answer: (n, f, s, p) => Math.floor((n + 2 * p - f) / s),
    },
    {
      says: "The result is not always whole: (8 - 3) / 2 + 1 is 3.5. Half a window fits nowhere: round down.",
      answer: (n, f, s, p) => (n + 2 * p - f) / s + 1,
    },
    {
      says: "You round up. That is ceil mode, which lets the last window hang over the end; here it must fit.",
      answer: (n, f, s, p) => Math.ceil((n + 2 * p - f) / s) + 1,
    },
    {
      says: "p zeros stand on each side: the input grows by 2p, not by p.",
      answer: (n, f, s, p) => Math.floor((n + p - f) / s) + 1,
    },
    {
      says: "The + 1 is inside the division: (n + 2p - f + 1) / s. It counts windows, not pixels, so it comes after dividing.",
      answer: (n, f, s, p) => Math.floor((n + 2 * p - f + 1) / s),
    },
    {
      says: "This is floor((n + 2p - f + 1) / s) + 1, as some notes have it: one window too many whenever the windows do not end with the input.",
      answer: (n, f, s, p) => Math.floor((n + 2 * p - f + 1) / s) + 1,
    },
    {
      says: "The stride is not in your formula. At stride 2 the window skips every other place.",
      answer: (n, f, _s, p) => n + 2 * p - f + 1,
    },
    {
      says: "That is ceil(n / s), the size of TensorFlow's SAME padding, which depends neither on f nor on p.",
      answer: (n, _f, s) => Math.ceil(n / s),
    },
  ],
});

const ALEXNET = [
  { f: 11, s: 4, p: 0 },
  { f: 3, s: 2, p: 0 },
  { f: 5, s: 1, p: 2 },
  { f: 3, s: 2, p: 0 },
  { f: 3, s: 1, p: 1 },
  { f: 3, s: 1, p: 1 },
  { f: 3, s: 1, p: 1 },
  { f: 3, s: 2, p: 0 },
];

export const stackSizes = exercise({
  id: "03.stackSizes",
  title: "AlexNet's column of shapes",
  minutes: 6,
  starter: `
function stackSizes(n: number, layers: { f: number; s: number; p: number }[]): number[] {
  // the length after each layer, so as many numbers as there are layers
  return yourCode();
}`,
  solution: solution.stackSizes,
  tests: [
    {
      title: "stackSizes(28, [5x5 layer, 2x2 pooling]) is [24, 12], the start of LeNet",
      async run(stackSizes) {
        const layers = [
          { f: 5, s: 1, p: 0 },
          { f: 2, s: 2, p: 0 },
        ];
        expectNumbers(await stackSizes(28, layers), [24, 12], { of: "stackSizes(28, ...)" });
      },
    },
    {
      title: "stackSizes(227, AlexNet) is [55, 27, 27, 13, 13, 13, 13, 6]",
      points: 2,
      async run(stackSizes) {
        expectNumbers(await stackSizes(227, ALEXNET), [55, 27, 27, 13, 13, 13, 13, 6], {
          of: "stackSizes(227, AlexNet)",
        });
      },
    },
    {
      title: "stackSizes(224, AlexNet with 2 zeros around) gives 55 as well",
      async run(stackSizes) {
        const layers = [{ ...ALEXNET[0], p: 2 }, ...ALEXNET.slice(1)];
        expectNumbers(await stackSizes(224, layers), [55, 27, 27, 13, 13, 13, 13, 6], {
          of: "stackSizes(224, ...)",
        });
      },
    },
    {
      title: "stackSizes(n, []) is []: no layers, no lengths",
      async run(stackSizes) {
        expectNumbers(await stackSizes(32, []), [], { of: "stackSizes(32, [])" });
      },
    },
  ],
  hints: [
    "What is the input of the second layer? You need a variable that changes as you walk down the stack.",
    "Loop over the layers: compute the new length from the current one, keep it in n, and push it onto a list.",
    "`for (const { f, s, p } of layers) { n = Math.floor((n + 2 * p - f) / s) + 1; sizes.push(n); }`",
  ],
  wrongAnswers: [
    {
      says: "Every layer is fed with the first input. The second layer sees what the first one made.",
      answer: (n, layers) => layers.map(({ f, s, p }) => Math.floor((n + 2 * p - f) / s) + 1),
    },
    {
      says: "Your list begins with the input itself. Asked for are the lengths after the layers, one for each.",
      answer: (n, layers) => [n, ...solution.stackSizes(n, layers)],
    },
    {
      says: "Only the last length came back. Collect one for each layer.",
      answer: (n, layers) => solution.stackSizes(n, layers).slice(-1),
    },
    {
      says: "The padding is left out: AlexNet's 3x3 layers then shrink the map from 13 to 11. What are the 2p for?",
      answer: (n, layers) =>
        solution.stackSizes(
          n,
          layers.map((layer) => ({ ...layer, p: 0 })),
        ),
    },
    {
      says: "Each layer lacks its + 1: you pass on the number of steps instead of the number of windows.",
      answer: (n, layers) => {
        const sizes: number[] = [];
        for (const { f, s, p } of layers) sizes.push((n = Math.floor((n + 2 * p - f) / s)));
        return sizes;
      },
    },
    {
      says: "The lengths are not rounded down on the way. A half window in one layer becomes input of the next.",
      answer: (n, layers) => {
        const sizes: number[] = [];
        for (const { f, s, p } of layers) sizes.push((n = (n + 2 * p - f) / s + 1));
        return sizes;
      },
    },
  ],
});

export const paddingsFor = exercise({
  id: "03.paddingsFor",
  title: "Solve for the padding",
  minutes: 10,
  starter: `
function paddingsFor(n: number, f: number, s: number, out: number): number[] {
  // every whole p >= 0 for which the output has exactly \`out\` values, smallest first; [] if there is none
  return yourCode();
}`,
  solution: solution.paddingsFor,
  tests: [
    {
      title: "paddingsFor(28, 5, 1, 28) is [2]: at stride 1 there is at most one",
      async run(paddingsFor) {
        expectNumbers(await paddingsFor(28, 5, 1, 28), [2], { of: "paddingsFor(28, 5, 1, 28)" });
      },
    },
    {
      title: "paddingsFor(28, 4, 1, 28) is []: an even filter has no symmetric padding",
      async run(paddingsFor) {
        expectNumbers(await paddingsFor(28, 4, 1, 28), [], { of: "paddingsFor(28, 4, 1, 28)" });
      },
    },
    {
      title: "paddingsFor(224, 11, 4, 55) is [2, 3]: the floor leaves room",
      async run(paddingsFor) {
        expectNumbers(await paddingsFor(224, 11, 4, 55), [2, 3], {
          of: "paddingsFor(224, 11, 4, 55)",
        });
      },
    },
    {
      title: "paddingsFor(30, 3, 2, 5) is []: padding never makes the output smaller",
      async run(paddingsFor) {
        expectNumbers(await paddingsFor(30, 3, 2, 5), [], { of: "paddingsFor(30, 3, 2, 5)" });
      },
    },
    {
      title: "paddingsFor(n, f, s, out) for twenty random layers, tried one by one",
      async run(paddingsFor, { random }) {
        for (let trial = 0; trial < 20; trial++) {
          const [n, f, s] = [random.integer(7, 40), random.integer(1, 7), random.integer(1, 5)];
          const out = solution.outputSize(n, f, s, random.integer(0, 3));
          const tried = Array.from({ length: 40 }, (_, p) => p).filter(
            (p) => solution.outputSize(n, f, s, p) === out,
          );
          expectNumbers(await paddingsFor(n, f, s, out), tried, {
            of: `paddingsFor(${n}, ${f}, ${s}, ${out})`,
          });
        }
      },
    },
  ],
  hints: [
    "You could try p = 0, 1, 2, ... and keep those that fit. When is it safe to stop?",
    "The output grows with p, or stays. So stop as soon as it is larger than `out`.",
    "floor(x) = k means k <= x < k + 1. With k = out - 1 this is (out - 1) · s <= n + 2p - f < out · s, which you can solve for p.",
  ],
  wrongAnswers: [
    {
      says: "You solved the formula without its floor, p = ((out - 1)s + f - n) / 2, and found one value. The floor lets several paddings through, or, with an even filter, none.",
      answer: (n, f, s, out) => [((out - 1) * s + f - n) / 2],
    },
    {
      says: "You found the smallest padding and stopped. With a stride above 1 a few more zeros may change nothing.",
      answer: (n, f, s, out) => solution.paddingsFor(n, f, s, out).slice(0, 1),
    },
    {
      says: "You solved for the exact p and rounded it up. Check it by putting it back: for n = 28, f = 4, s = 1 it gives 29 outputs, not 28.",
      answer: (n, f, s, out) => [Math.ceil(((out - 1) * s + f - n) / 2)],
    },
    {
      says: "Negative paddings are among your answers. Zeros cannot be taken away.",
      answer: (n, f, s, out) => {
        const found: number[] = [];
        for (let p = -40; p < 40; p++) if (solution.outputSize(n, f, s, p) === out) found.push(p);
        return found;
      },
    },
    {
      says: "Your p is the total of both sides. With p zeros on each side the input grows by 2p.",
      answer: (n, f, s, out) => {
        const found: number[] = [];
        for (let p = 0; p < 80; p++) if (Math.floor((n + p - f) / s) + 1 === out) found.push(p);
        return found;
      },
    },
    {
      says: "Your search leaves p = 0 out. No padding at all may be the answer.",
      answer: (n, f, s, out) => solution.paddingsFor(n, f, s, out).filter((p) => p > 0),
    },
  ],
});

export const receptiveField = exercise({
  id: "03.receptiveField",
  title: "How far one value sees",
  minutes: 10,
  starter: `
function receptiveField(layers: { f: number; s: number }[]): number {
  // how many input pixels lie, along one axis, from the first to the last that one output value looks at
  return yourCode();
}`,
  solution: solution.receptiveField,
  tests: [
    {
      title: "receptiveField([one 5-wide layer]) is 5, whatever its stride",
      async run(receptiveField) {
        expectNumber(await receptiveField([{ f: 5, s: 1 }]), 5, {
          of: "receptiveField([{ f: 5, s: 1 }])",
        });
        expectNumber(await receptiveField([{ f: 5, s: 2 }]), 5, {
          of: "receptiveField([{ f: 5, s: 2 }])",
        });
      },
    },
    {
      title: "two 3-wide layers see 5 pixels, three see 7",
      async run(receptiveField) {
        const three = { f: 3, s: 1 };
        expectNumber(await receptiveField([three, three]), 5, { of: "two 3-wide layers" });
        expectNumber(await receptiveField([three, three, three]), 7, { of: "three 3-wide layers" });
      },
    },
    {
      title: "a stride counts for the layers behind it: [3 by 2, 3] sees 7",
      async run(receptiveField) {
        expectNumber(
          await receptiveField([
            { f: 3, s: 2 },
            { f: 3, s: 1 },
          ]),
          7,
          { of: "[3 by 2, 3 by 1]" },
        );
        expectNumber(
          await receptiveField([
            { f: 3, s: 1 },
            { f: 3, s: 2 },
          ]),
          5,
          { of: "[3 by 1, 3 by 2]" },
        );
      },
    },
    {
      title: "AlexNet's last pooling sees 195 pixels; no layers see 1",
      async run(receptiveField) {
        expectNumber(await receptiveField(ALEXNET), 195, { of: "receptiveField(AlexNet)" });
        expectNumber(await receptiveField([]), 1, { of: "receptiveField([])" });
      },
    },
    {
      title: "receptiveField(random stacks), traced back pixel by pixel",
      async run(receptiveField, { random }) {
        for (let trial = 0; trial < 10; trial++) {
          const layers = Array.from({ length: random.integer(1, 4) }, () => ({
            f: random.integer(1, 5),
            s: random.integer(1, 3),
          }));
          const shown = layers.map(({ f, s }) => `${f} by ${s}`).join(", ");
          expectNumber(await receptiveField(layers), traced(layers), { of: `[${shown}]` });
        }
      },
    },
  ],
  hints: [
    "One value of the last map sees f values of the map before. How far apart do those lie, measured in input pixels?",
    "Keep two numbers as you walk down: the field, and the jump, the distance in input pixels between two neighbours of the current map. Both start at 1.",
    "For each layer: field += (f - 1) * jump, and then jump *= s. Why in this order?",
  ],
  wrongAnswers: [
    {
      says: "You added the filter sizes. Two 3-wide layers see 5 pixels, not 6: neighbouring windows overlap, so each layer adds f - 1.",
      answer: (layers) => layers.reduce((sum, { f }) => sum + f, 0),
    },
    {
      says: "The strides do not come in. Behind a stride of 2 neighbours lie two pixels apart, and each layer adds (f - 1) times that distance.",
      answer: (layers) => 1 + layers.reduce((sum, { f }) => sum + f - 1, 0),
    },
    {
      says: "The stride of a layer already widens its own window. It only spreads what comes after: a 5-wide layer by 2 still sees 5. Add first, then multiply the jump.",
      answer: (layers) => {
        let [field, jump] = [1, 1];
        for (const { f, s } of layers) {
          jump *= s;
          field += (f - 1) * jump;
        }
        return field;
      },
    },
    {
      says: "You multiplied the filter sizes. That would be right if windows never overlapped, with strides as large as the filters.",
      answer: (layers) => layers.reduce((product, { f }) => product * f, 1),
    },
    {
      says: "Only the stride just before a layer counts in your sum. The jump is the product of all strides so far.",
      answer: (layers) =>
        1 + layers.reduce((sum, { f }, i) => sum + (f - 1) * (i > 0 ? layers[i - 1].s : 1), 0),
    },
    {
      says: "The first pixel is missing: a stack starts out seeing 1 pixel, and its layers add to that.",
      answer: (layers) => solution.receptiveField(layers) - 1,
    },
    {
      says: "You walk the stack from its end with the rule for walking from its start. From the end: field = (field - 1) · s + f.",
      answer: (layers) => solution.receptiveField([...layers].reverse()),
    },
  ],
});

export const designStack = exercise({
  id: "03.designStack",
  title: "A stack that sees exactly so much",
  minutes: 15,
  starter: `
function designStack(field: number): number[] {
  // The strides, 1 or 2, of a stack of at most 8 layers, all 3 wide, that sees exactly \`field\` pixels.
  // field is odd, from 3 to 63.
  return yourCode();
}`,
  solution: solution.designStack,
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
    "A 3-wide layer adds 2 · jump, and the jump doubles behind each stride of 2. Which fields can you reach with the strides [2, 2, 2, 1]?",
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
      says: "The strides stand in the wrong order: a stride works on the layers behind it, so the first layers decide how far the last ones reach.",
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

/** The receptive field without a formula: the inputs below one output, followed back layer by layer. */
function traced(layers: { f: number; s: number }[]): number {
  let seen = [0];
  for (const { f, s } of [...layers].reverse()) {
    const below = new Set<number>();
    for (const place of seen) for (let tap = 0; tap < f; tap++) below.add(place * s + tap);
    seen = [...below];
  }
  return Math.max(...seen) - Math.min(...seen) + 1;
}
