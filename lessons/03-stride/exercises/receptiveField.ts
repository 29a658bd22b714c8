import { exercise, expectNumber } from "convbook";
import * as solution from "../solution";
import { ALEXNET } from "./alexNet";

export const receptiveField = exercise({
  id: "03.receptiveField",
  title: "How far one value sees",
  minutes: 10,
  task: "Write `receptiveField(layers)`: how many input pixels, along one axis, lie from the first to the last that one output value of the stack depends on. The layers stand in the order in which the picture goes through them, each with a filter size f and a stride s.",
  example: `
receptiveField([{ f: 3, s: 2 }, { f: 4, s: 1 }]) // → 9`,
  starter: `
function receptiveField(layers: { f: number; s: number }[]): number {
  // pixels, along one axis
  return yourCode();
}`,
  solution: solution.receptiveField,
  tests: [
    {
      title: "receptiveField([one 5-wide layer]) is 5, whatever its stride",
      async run(receptiveField, { random }) {
        const [f, s] = [random.integer(2, 11), random.integer(2, 4)];
        expectNumber(await receptiveField([{ f, s }]), f, {
          of: `receptiveField([{ f: ${f}, s: ${s} }])`,
        });
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
      async run(receptiveField, { random }) {
        const three = { f: 3, s: 1 };
        expectNumber(await receptiveField([three, three]), 5, { of: "two 3-wide layers" });
        expectNumber(await receptiveField([three, three, three]), 7, { of: "three 3-wide layers" });
        const other = { f: random.integer(2, 9), s: 1 };
        expectNumber(await receptiveField([three, other, three]), other.f + 4, {
          of: `layers 3, ${other.f} and 3 wide`,
        });
      },
    },
    {
      title: "a stride counts for the layers behind it: [3 by 2, 3] sees 7",
      async run(receptiveField, { random }) {
        const s = random.integer(3, 5);
        expectNumber(
          await receptiveField([
            { f: 3, s },
            { f: 3, s: 1 },
          ]),
          3 + 2 * s,
          { of: `[3 by ${s}, 3 by 1]` },
        );
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
      says: "The strides do not come in. After a stride of 2 neighbours lie two pixels apart, and each layer adds (f - 1) times that distance.",
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

/** The receptive field without a formula: the inputs below one output, followed back layer by layer. */
function traced(layers: { f: number; s: number }[]): number {
  let seen = [0];
  for (const { f, s } of [...layers].reverse()) {
    const below = new Set<number>();
    for (const index of seen) for (let tap = 0; tap < f; tap++) below.add(index * s + tap);
    seen = [...below];
  }
  return Math.max(...seen) - Math.min(...seen) + 1;
}
