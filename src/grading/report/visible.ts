import type { FeedbackLevel } from "../../exercises";
import type { ExerciseReport, Feedback, TestReport } from "./GradeReport";

/** What a student sees of a test. */
export type VisibleTest = Omit<TestReport, "feedback">;

/** The level of a test at a time: some instructors tell more later. */
export function levelAt({ level, later }: Feedback, at: Date): FeedbackLevel {
  return later && new Date(later.from) <= at ? later.level : level;
}

/**
 * What a student sees of a test at a level of feedback. Here alone that is decided; every format
 * that students see is made from what comes out here.
 *
 * @returns undefined when nothing is shown, not even that there is such a test
 */
export function visibleTest(test: TestReport, level: FeedbackLevel): VisibleTest | undefined {
  if (level === "nothing") return undefined;
  const { title, points, earned, verdict, message, expected, actual } = test;
  const visible: VisibleTest = { title, points, earned, verdict, private: test.private };
  if (level === "verdict") return visible;
  if (message !== undefined) visible.message = message;
  if (level === "message") return visible;
  if (expected !== undefined) visible.expected = expected;
  if (actual !== undefined) visible.actual = actual;
  return visible;
}

/**
 * The levels of an exercise's tests, in their order. All run in one process, and an answer may keep what one test gave
 * it, and say it in another: where a test is not explained, none behind it is.
 *
 * @param levelOf the level of a test, for itself
 */
export function levelsOf(
  tests: readonly TestReport[],
  levelOf: (feedback: Feedback) => FeedbackLevel,
): FeedbackLevel[] {
  let open = true;
  return tests.map(({ feedback }) => {
    const level = levelOf(feedback);
    const visible = explains(level) && !open ? "verdict" : level;
    open &&= explains(level);
    return visible;
  });
}

/** Whether a level says why a test did not pass. */
export function explains(level: FeedbackLevel): boolean {
  return level === "message" || level === "difference";
}

/**
 * What a student sees of an exercise besides its tests. A diagnosis explains a test that did not pass, and is shown
 * where one such test may be explained. What the code printed, and whether it wrote into its input, may hold the inputs
 * of any test, and is shown only where all tests are. That all is well is said only where nothing is kept back.
 */
export function visibleExercise(
  { verdict, tests, diagnosis, output, changedInput }: ExerciseReport,
  at: Date,
): Pick<ExerciseReport, "verdict" | "diagnosis" | "output" | "changedInput"> {
  const levels = levelsOf(tests, (feedback) => levelAt(feedback, at));
  const open = levels.every(explains);
  const explained = tests.some(({ verdict }, i) => verdict !== "passed" && explains(levels[i]));
  const failed = tests.find(({ verdict }, i) => verdict !== "passed" && levels[i] !== "nothing");
  const keptBack = levels.includes("nothing");
  return {
    verdict:
      verdict === "by hand" ? verdict : (failed?.verdict ?? (keptBack ? "withheld" : "passed")),
    ...(explained && diagnosis !== undefined && { diagnosis }),
    ...(open && output !== undefined && { output }),
    changedInput: open && changedInput,
  };
}
