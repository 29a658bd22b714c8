import type { FeedbackLevel } from "../../exercises";
import type { ExerciseReport, TestReport } from "./GradeReport";

/** What a student is told of a test at a level of feedback, as a plain text; empty when nothing. */
export function toStudent(
  exercise: ExerciseReport,
  test: TestReport,
  level: FeedbackLevel,
): string {
  if (level === "nothing") return "";
  const lines: string[] = [test.verdict];
  if (level === "verdict" || test.verdict === "passed") return lines.join("\n");
  const message = test.message ?? exercise.message;
  if (message) lines.push(message);
  if (exercise.diagnosis) lines.push(exercise.diagnosis);
  if (level === "difference") {
    if (test.expected !== undefined) lines.push(`expected: ${test.expected}`);
    if (test.actual !== undefined) lines.push(`actual: ${test.actual}`);
  }
  return lines.join("\n");
}
