import type { FeedbackLevel } from "../../exercises";
import type { ExerciseReport, TestReport } from "./GradeReport";
import { explains, visibleTest } from "./visible";

/** What a student sees of a test at a level of feedback, as a plain text; empty when nothing. */
export function toStudent(
  exercise: ExerciseReport,
  test: TestReport,
  level: FeedbackLevel,
): string {
  const visible = visibleTest(test, level);
  if (!visible) return "";
  const lines: string[] = [visible.verdict];
  if (visible.verdict === "passed") return lines.join("\n");
  const message = visible.message ?? exercise.message; // what is missing or refused they must know
  if (message) lines.push(message);
  if (explains(level) && exercise.diagnosis) lines.push(exercise.diagnosis);
  if (visible.expected !== undefined) lines.push(`expected: ${visible.expected}`);
  if (visible.actual !== undefined) lines.push(`actual: ${visible.actual}`);
  return lines.join("\n");
}
