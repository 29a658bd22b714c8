import { exercise, expectTensor, fromFunction, type Tensor, type TestContext } from "convbook";
import * as solution from "../solution";

type Rule = (isLabel: boolean, classes: number, epsilon: number, label: number) => number;

function targetsBy(rule: Rule) {
  return (labels: number[], classes: number, epsilon: number): Tensor =>
    fromFunction([labels.length, classes], (i, k) =>
      rule(labels[i] === k, classes, epsilon, labels[i]),
    );
}

export const smoothTargets = exercise({
  id: "16.smoothTargets",
  title: "Label smoothing",
  minutes: 8,
  task:
    "Write `smoothTargets(labels, classes, epsilon)`: the targets of a batch, [m, classes]. Row i mixes " +
    "the one-hot target of the class labels[i] with the uniform distribution over all classes, which gets " +
    "the weight epsilon; the weights add up to 1.",
  example: `
smoothTargets([2, 0], 4, 0.2)
// → [[0.05, 0.05, 0.85, 0.05],
//    [0.85, 0.05, 0.05, 0.05]]`,
  starter: `
function smoothTargets(labels: number[], classes: number, epsilon: number): Tensor {
  return yourCode(); // [m, classes]
}`,
  solution: solution.smoothTargets,
  tests: [
    targetTest([2], 4, 0),
    targetTest([1], 4, 0.2),
    targetTest([0, 2], 3, 0.3),
    {
      title: "smoothTargets(labels, classes, epsilon) of random labels",
      async run(smoothTargets, { random }) {
        const classes = random.integer(5, 12);
        const labels = Array.from({ length: 6 }, () => random.integer(0, classes - 1));
        const epsilon = random.uniform(0.05, 0.4);
        expectTensor(
          await smoothTargets(labels, classes, epsilon),
          solution.smoothTargets(labels, classes, epsilon),
          { of: `smoothTargets([${labels.join(", ")}], ${classes}, ${epsilon.toFixed(3)})` },
        );
      },
    },
  ],
  hints: [
    "Mix two distributions: the label itself, with weight 1 - eps, and all classes alike, with weight eps. What does each class get from the second?",
    "Every class gets eps / classes, the right one too. The right one gets 1 - eps on top. Does each row sum to 1?",
    "fromFunction([labels.length, classes], (i, k) => ...) asks for one value at a time.",
  ],
  wrongAnswers: [
    {
      says: "The labels are not smoothed: these are the one-hot targets.",
      answer: targetsBy((isLabel) => (isLabel ? 1 : 0)),
    },
    {
      says: "You share eps among the other classes only. The paper mixes with the uniform distribution over all of them, so the right class gets its eps / classes back.",
      answer: targetsBy((isLabel, classes, epsilon) =>
        isLabel ? 1 - epsilon : epsilon / (classes - 1),
      ),
    },
    {
      says: "The rows do not sum to 1: the right class has lost eps, and its own part of the uniform distribution is missing.",
      answer: targetsBy((isLabel, classes, epsilon) => (isLabel ? 1 - epsilon : epsilon / classes)),
    },
    {
      says: "The rows sum to more than 1: what the wrong classes get has to be taken from the right one.",
      answer: targetsBy((isLabel, classes, epsilon) => (isLabel ? 1 : 0) + epsilon / classes),
    },
    {
      says: "eps and 1 - eps have changed places: eps is the small part that is shared among all classes, and the label keeps 1 - eps.",
      answer: targetsBy(
        (isLabel, classes, epsilon) => (isLabel ? epsilon : 0) + (1 - epsilon) / classes,
      ),
    },
    {
      says: "eps and 1 - eps have changed places: the label keeps 1 - eps. (And eps is shared among all classes, the right one too, not among the others only.)",
      answer: targetsBy((isLabel, classes, epsilon) =>
        isLabel ? epsilon : (1 - epsilon) / (classes - 1),
      ),
    },
    {
      says: "Each wrong class gets the whole of eps. It is shared among all classes.",
      answer: targetsBy((isLabel, _, epsilon) => (isLabel ? 1 - epsilon : epsilon)),
    },
    {
      says: "The labels are counted from 1. Class 0 is the first column.",
      answer: (labels, classes, epsilon) =>
        solution.smoothTargets(
          labels.map((label) => label - 1),
          classes,
          epsilon,
        ),
    },
    {
      says: "The uniform part is shared among the images of the batch. It is the classes that share it.",
      answer: (labels, classes, epsilon) =>
        fromFunction([labels.length, classes], (i, k) =>
          labels[i] === k ? 1 - epsilon + epsilon / labels.length : epsilon / labels.length,
        ),
    },
  ],
});

function targetTest(labels: number[], classes: number, epsilon: number) {
  const call = `smoothTargets([${labels.join(", ")}], ${classes}, ${epsilon})`;
  const row = (values: number[]) => values.map((value) => +value.toFixed(3)).join(", ");
  const targets = solution.smoothTargets(labels, classes, epsilon);
  return {
    title: `${call} begins with the row ${row((targets.toArray() as number[][])[0])}`,
    async run(
      answer: (...input: Parameters<typeof solution.smoothTargets>) => Promise<Tensor>,
      { random }: TestContext,
    ) {
      expectTensor(await answer(labels, classes, epsilon), targets, { of: call });
      const more = classes + random.integer(1, 4);
      const others = labels.map(() => random.integer(0, more - 1));
      const expected = solution.smoothTargets(others, more, epsilon);
      const of = `smoothTargets([${others.join(", ")}], ${more}, ${epsilon})`;
      expectTensor(await answer(others, more, epsilon), expected, { of });
    },
  };
}
