import type { FeedbackLevel } from "../../exercises";
import type { ExerciseReport, TestReport } from "./GradeReport";
import { explains, toldOf } from "./told";

/** What a student is told of a test at a level of feedback, as a plain text; empty when nothing. */
export function toStudent(
  exercise: ExerciseReport,
  test: TestReport,
  level: FeedbackLevel,
): string {
  const told = toldOf(test, level);
  if (!told) return "";
  const lines: string[] = [told.verdict];
  if (told.verdict === "passed") return lines.join("\n");
  const message = told.message ?? exercise.message; // what is missing or refused they must know
  if (message) lines.push(message);
  if (explains(level) && exercise.diagnosis) lines.push(exercise.diagnosis);
  if (told.expected !== undefined) lines.push(`expected: ${told.expected}`);
  if (told.actual !== undefined) lines.push(`actual: ${told.actual}`);
  return lines.join("\n");
}
