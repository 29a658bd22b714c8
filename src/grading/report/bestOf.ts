import type { SubmissionReport } from "./GradeReport";

/** The one that counts, where a student handed in several notebooks for a lesson: the best of those that may. */
export function bestOf(submissions: readonly SubmissionReport[]): SubmissionReport | undefined {
  return submissions
    .filter(({ notCounted }) => !notCounted)
    .reduce<SubmissionReport | undefined>(
      (best, submission) =>
        best && (best.final > submission.final || isTie(best, submission)) ? best : submission,
      undefined,
    );
}

/** Where a penalty leaves nothing of either, what the tests gave decides. */
function isTie(best: SubmissionReport, other: SubmissionReport): boolean {
  return best.final === other.final && best.earned >= other.earned;
}
