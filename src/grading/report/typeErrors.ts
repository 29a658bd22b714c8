import { counted } from "./counted";
import type { TypeErrorReport } from "../../sandbox";
import type { ExerciseReport, SubmissionReport } from "./GradeReport";

/** The type errors of an exercise as they are shown. */
export interface ShownTypeErrors {
  /** Those that no exercise before it has. */
  own: TypeErrorReport[];
  /** Of the others, which lie in helpers, how many stand with which exercise: `"It shares 2 type errors with 05.twin."` */
  shared: string[];
}

/** The type errors of a submission, exercise by exercise: each once, though several answers may call the helper it is in. */
export function shownTypeErrors({ exercises }: SubmissionReport): ShownTypeErrors[] {
  const first = new Map<string, ExerciseReport["id"]>();
  return exercises.map(({ id, typeErrors }) => {
    const sharedWith = new Map<string, number>();
    const own = typeErrors.filter((error) => {
      const key = JSON.stringify(error);
      const seen = first.get(key);
      if (seen === undefined) first.set(key, id);
      else sharedWith.set(seen, (sharedWith.get(seen) ?? 0) + 1);
      return seen === undefined;
    });
    const shared = [...sharedWith].map(
      ([other, count]) => `It shares ${counted(count, "type error")} with ${other}.`,
    );
    return { own, shared };
  });
}
