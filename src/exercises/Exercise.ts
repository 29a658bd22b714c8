import { ArgumentError, type Random } from "../tensor";

/** What may cross the boundary to a learner's code and back: data, never functions or live objects. */
export type Data = unknown;

/** A function that a learner is asked to write. */
// Parameters are checked where an exercise is written: `Answer` only has to hold any function.
export type Answer = (...input: never[]) => Data;

/** The learner's function as a test sees it: it may live in another process, so every call is awaited. */
export type AsyncAnswer<F extends Answer> = (
  ...input: Parameters<F>
) => Promise<Awaited<ReturnType<F>>>;

/** What a test may use besides the learner's function. */
export interface TestContext {
  /** Seeded anew for each run of a grader, so that an answer typed in from a printout fails. */
  random: Random;
  /** Of the whole run: the same for all tests of an exercise, where `random` is each test's own. */
  seed: number;
  /**
   * A function of the library, for long work on what an answer gave, such as training a network that it designed. A
   * grader runs it in a process of its own, which has seen no answer, within limits; elsewhere it runs here.
   *
   * @param name under which the library exports it
   */
  apart<F extends Answer>(name: string, f: F): AsyncAnswer<F>;
}

/**
 * How much a grader shows a student of a test: nothing at all, whether it passed, the message as well, or
 * the expected and the actual value too.
 */
export type FeedbackLevel = "nothing" | "verdict" | "message" | "difference";

/** One requirement of an answer. It passes when it returns, and fails when it throws. */
export interface ExerciseTest<F extends Answer> {
  /** The call as a specification: `"zeroPad(x, 2) puts two rings of zeros around each image"`. */
  title: string;
  /** 1 when left out. */
  points?: number;
  /** Left to the grader when left out. The notebook's own check always shows everything. */
  feedback?: FeedbackLevel;
  /** How long it may take where that is more than the usual, in milliseconds: for tests that train. */
  timeout?: number;
  run(answer: AsyncAnswer<F>, context: TestContext): Promise<void>;
}

/** A mistake that learners make, as code: an answer that behaves the same gets its sentence. */
export interface WrongAnswer<F extends Answer> {
  answer: F;
  /** Names the mistake and asks the question that leads out of it. */
  says: string;
}

export interface ExerciseDefinition<F extends Answer> {
  /** Lesson number and function: `"02.zeroPad"`. The same in the text, the code and the tests. */
  id: string;
  title: string;
  /** How long it takes, in minutes. */
  minutes: number;
  /** What to do, in a sentence or two of Markdown: it stands in the text, above the learner's cell. */
  task: string;
  /**
   * The task at the smallest case, worked out: calls of the function whose last ends in `// → value`. Where the
   * answer is a prediction, which takes nothing, `// such as value` shows its form and not what is right.
   */
  example: string;
  /** The cell that the learner completes. It calls `yourCode()` where the answer goes. */
  starter: string;
  /** From `solution.ts` next to the exercises, where its text is shown from. */
  solution: F;
  tests: readonly ExerciseTest<F>[];
  /** At least two; each asks the next question, only the last comes close to the answer. */
  hints: readonly string[];
  wrongAnswers: readonly WrongAnswer<F>[];
  /** Where other answers are right than what the solution gives: then nothing is said of how an answer differs from it. */
  manyAnswers?: true;
}

export interface Exercise<F extends Answer = Answer> extends ExerciseDefinition<F> {
  /** The name of the function that the learner writes: the part of the id behind the dot. */
  entry: string;
  /** The number of the lesson: the part of the id before the dot. */
  lesson: string;
  /** All points together. */
  points: number;
}

/**
 * Defines an exercise, once for the notebook, the command line and the grader.
 *
 * @throws ArgumentError when the id is not `NN.name`, or when the starter does not declare that name
 *
 * @example
 * const double = exercise({
 *   id: "99.double", title: "Twice a number", minutes: 1,
 *   task: "Write `double(x)`: a number as large as two of x.", example: "double(3) // → 6",
 *   starter: "function double(x: number): number {\n  return yourCode();\n}",
 *   solution: (x: number) => 2 * x,
 *   tests: [{ title: "double(3) is 6", run: async (double) => expectNumber(await double(3), 6) }],
 *   hints: ["What is x + x?", "Multiply by 2."],
 *   wrongAnswers: [{ answer: (x: number) => x * x, says: "That is the square." }],
 * });
 * double.points // → 1
 */
export function exercise<F extends Answer>(definition: ExerciseDefinition<F>): Exercise<F> {
  const parts = /^(\d\d)\.([A-Za-z]\w*)$/.exec(definition.id);
  if (!parts) {
    const expected = `"NN.functionName", like "02.zeroPad"`;
    throw new ArgumentError({
      call: "exercise",
      argument: "id",
      expected,
      received: definition.id,
    });
  }
  const [, lesson, entry] = parts;
  if (!new RegExp(`function\\s+${entry}\\b`).test(definition.starter)) {
    const expected = `code that declares function ${entry}, since the id is "${definition.id}"`;
    throw new ArgumentError({
      call: "exercise",
      argument: "starter",
      expected,
      received: definition.starter,
    });
  }
  const points = definition.tests.reduce((sum, test) => sum + (test.points ?? 1), 0);
  return { ...definition, starter: definition.starter.trim(), lesson, entry, points };
}

/** Thrown by `yourCode()`; recognised by its name, which survives the way from another process. */
export const NOT_ATTEMPTED = "NotAttempted";

/**
 * Stands in a starter where the learner's code goes. As long as it is called, the exercise counts as
 * not attempted, which is no mistake.
 *
 * @example
 * yourCode() // throws not written yet
 */
export function yourCode(): never {
  const error = new Error("This is not written yet: replace yourCode() by your own.");
  error.name = NOT_ATTEMPTED;
  throw error;
}
