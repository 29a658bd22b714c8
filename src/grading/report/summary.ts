import { quantile } from "../../tensor";
import type { GradeReport } from "./GradeReport";

/** What a class did in one lesson. */
export interface LessonSummary {
  name: string;
  points: number;
  /** How many submissions were graded and count: of several of one student for a lesson, one. */
  count: number;
  mean: number;
  median: number;
  lowest: number;
  highest: number;
  /** How many marks lie in each tenth of the points: 0 to 10%, ..., 90 to 100%. */
  tenths: number[];
  /** The hardest first; those that everybody passed are left out. */
  hardest: TestSummary[];
  /** The known mistakes, the most frequent first. */
  mistakes: { exercise: string; diagnosis: string; count: number }[];
}

export interface TestSummary {
  exercise: string;
  title: string;
  passed: number;
  /** How many attempted it: a test that nobody reached says nothing of its difficulty. */
  attempted: number;
}

/** What the marks of a class look like, lesson by lesson; lessons in which nothing was graded are left out. */
export function summarise(report: GradeReport): LessonSummary[] {
  return report.lessons.flatMap(({ name, points }) => {
    const graded = report.submissions.filter(
      ({ lesson, outcome, notCounted }) => lesson === name && outcome === "graded" && !notCounted,
    );
    if (graded.length === 0) return [];
    const marks = graded.map(({ final }) => final).sort((a, b) => a - b);
    return {
      name,
      points,
      count: marks.length,
      mean: marks.reduce((sum, mark) => sum + mark, 0) / marks.length,
      median: quantile(marks, 0.5),
      lowest: marks[0],
      highest: marks[marks.length - 1],
      tenths: tenthsOf(marks, points),
      hardest: hardestOf(graded),
      mistakes: mistakesOf(graded),
    };
  });
}

function tenthsOf(marks: readonly number[], points: number): number[] {
  const tenths = new Array<number>(10).fill(0);
  for (const mark of marks) {
    const fraction = points > 0 ? mark / points : 1;
    tenths[Math.min(9, Math.max(0, Math.floor(fraction * 10)))]++; // full marks belong to the last tenth
  }
  return tenths;
}

type Graded = GradeReport["submissions"];

function hardestOf(graded: Graded): TestSummary[] {
  const byTest = new Map<string, TestSummary>();
  for (const exercise of graded.flatMap(({ exercises }) => exercises)) {
    for (const { title, verdict } of exercise.tests) {
      if (verdict === "not attempted") continue;
      const key = `${exercise.id} ${title}`;
      const test = byTest.get(key) ?? { exercise: exercise.id, title, passed: 0, attempted: 0 };
      byTest.set(key, test);
      test.attempted++;
      if (verdict === "passed") test.passed++;
    }
  }
  const rate = ({ passed, attempted }: TestSummary): number => passed / attempted;
  return [...byTest.values()].filter((test) => rate(test) < 1).sort((a, b) => rate(a) - rate(b));
}

function mistakesOf(graded: Graded): LessonSummary["mistakes"] {
  const byDiagnosis = new Map<string, LessonSummary["mistakes"][number]>();
  for (const { id, diagnosis } of graded.flatMap(({ exercises }) => exercises)) {
    if (diagnosis === undefined) continue;
    const key = `${id} ${diagnosis}`;
    const mistake = byDiagnosis.get(key) ?? { exercise: id, diagnosis, count: 0 };
    byDiagnosis.set(key, mistake);
    mistake.count++;
  }
  return [...byDiagnosis.values()].sort((a, b) => b.count - a.count);
}
