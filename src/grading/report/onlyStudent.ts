import { ArgumentError } from "../../tensor";
import { bestOf } from "./bestOf";
import type { GradeReport, SubmissionReport } from "./GradeReport";

/**
 * The submissions of a report about one student, for the platforms that take one student at a time: of several
 * for one lesson the best, and those whose lesson is not known. What counts for no total is none of them.
 *
 * @throws ArgumentError when there are several students, or none
 * @throws Error when the grader failed on a submission: a mark of 0 would be a lie
 */
export function onlyStudent(call: string, report: GradeReport): SubmissionReport[] {
  const { submissions } = report;
  const students = [...new Set(submissions.map(({ student }) => student.id))];
  if (students.length !== 1) {
    throw new ArgumentError({
      call,
      argument: "report",
      expected: "a report on one student",
      received: report,
      receivedAs: students.length === 0 ? "none" : `${students.length} (${students.join(", ")})`,
      remedy: "Grade each student's notebooks by themselves, or choose the format csv.",
    });
  }
  const failed = submissions.find(({ outcome }) => outcome === "not graded");
  if (failed) throw new Error(`${failed.file} was not graded: ${failed.message ?? "unknown why"}`);
  const besides = report.lessons.flatMap(({ name, besides }) => (besides ? [name] : []));
  return submissions.filter((submission) => {
    if (submission.lesson !== undefined && besides.includes(submission.lesson)) return false;
    const others = submissions.filter(({ lesson }) => lesson === submission.lesson);
    return submission.lesson === undefined || submission === bestOf(others);
  });
}
