import { type Exercise, exercisesOf } from "../exercises";
import { fingerprint } from "./fingerprint";
import { type PrivateTests, withPrivateTests } from "./privateTests";
import type { GradedLesson } from "./report";

/** A lesson as it is graded: its exercises with an instructor's private tests among theirs. */
export interface GradableLesson {
  name: string;
  exercises: readonly Exercise[];
  /** Whether a test is the instructor's own. */
  isPrivate(test: Exercise["tests"][number]): boolean;
  /** Of all code that its marks depend on, as it was when it was first asked for. */
  fingerprint(): string;
  /** The lesson in the report. */
  summary: GradedLesson;
}

/**
 * @throws Error when the lesson has nothing to grade: marks without a test would be made up
 */
export function gradableLesson(name: string, privateTests: PrivateTests): GradableLesson {
  const exercises = exercisesOf(name).map((exercise) => withPrivateTests(exercise, privateTests));
  const untested = exercises.find(({ tests }) => tests.length === 0);
  if (exercises.length === 0) throw new Error(`Lesson ${name} has no exercises to grade.`);
  if (untested) throw new Error(`Exercise ${untested.id} has no tests.`);
  let known: string | undefined;
  const added = new Set(exercises.flatMap(({ id }) => privateTests.tests.get(id) ?? []));
  return {
    name,
    exercises,
    isPrivate: (test) => added.has(test),
    fingerprint: () => (known ??= fingerprint(name, privateTests.files)),
    summary: {
      name,
      points: exercises.reduce((sum, { points }) => sum + points, 0),
      exercises: exercises.map(({ id, title, points }) => ({ id, title, points })),
    },
  };
}
