import { readTable } from "../readTable";
import type { GradedLesson } from "../report";
import { lessonNamed } from "../submissions/lessonNames";

/** What an exercise, or all of a lesson, is worth where that is not what its tests add up to. */
export interface WorthRow {
  /** Where it is written, for messages. */
  where: string;
  lesson: string;
  /** The whole lesson, where none is named. */
  exercise?: string;
  points: number;
  bonus: boolean;
}

/**
 * Reads a CSV or JSON file with the columns `points`, `lesson` or `exercise`, and `bonus`.
 *
 * @throws Error which names the line
 */
export function readWorth(file: string): WorthRow[] {
  const rows = readTable(file, ["points"], ["lesson", "exercise", "bonus"]).map(
    ({ where, values }): WorthRow => {
      const points = Number(values.points);
      if (!Number.isFinite(points) || points < 0)
        throw new Error(
          `${where}: points must be a number of at least 0, but is "${values.points}".`,
        );
      if (!/^(?:yes|no)?$/i.test(values.bonus))
        throw new Error(`${where}: bonus must be yes or no, but is "${values.bonus}".`);
      const exercise = values.exercise || undefined;
      const lesson = values.lesson || exercise?.slice(0, 2);
      if (!lesson) throw new Error(`${where} names neither a lesson nor an exercise.`);
      const bonus = /^yes$/i.test(values.bonus);
      if (bonus && !exercise)
        throw new Error(`${where}: bonus is for an exercise, and none is named.`);
      return { where, lesson: lessonNamed(lesson, `${where}: lesson`), exercise, points, bonus };
    },
  );
  for (const [i, row] of rows.entries()) {
    const other = rows
      .slice(0, i)
      .find((one) => one.lesson === row.lesson && one.exercise === row.exercise);
    if (other) throw new Error(`${row.where} says again what ${other.where} says.`);
  }
  return rows;
}

/**
 * A lesson with what its exercises are worth. Those that are a bonus are not among the lesson's points; the whole is
 * then stretched to what the lesson is worth.
 *
 * @throws Error where a row names an exercise that the lesson does not have, or nothing is left to be earned
 */
export function worthOf(lesson: GradedLesson, rows: readonly WorthRow[]): GradedLesson {
  const ours = rows.filter((row) => row.lesson === lesson.name);
  if (ours.length === 0) return lesson;
  const ids = lesson.exercises.map(({ id }) => id);
  const unknown = ours.find(({ exercise }) => exercise !== undefined && !ids.includes(exercise));
  if (unknown)
    throw new Error(
      `${unknown.where} names ${unknown.exercise}. Exercises of ${lesson.name}: ${ids.join(", ")}.`,
    );
  const exercises = lesson.exercises.map((exercise) => {
    const row = ours.find((row) => row.exercise === exercise.id);
    return row ? { ...exercise, points: row.points, ...(row.bonus && { bonus: true }) } : exercise;
  });
  const sum = sumOf(exercises);
  if (!(sum > 0))
    throw new Error(`${ours[0].where}: nothing of ${lesson.name} counts; one exercise has to.`);
  const whole = ours.find(({ exercise }) => exercise === undefined)?.points ?? sum;
  const stretched = exercises.map((exercise) => ({
    ...exercise,
    points: (exercise.points * whole) / sum,
  }));
  return { name: lesson.name, points: whole, exercises: stretched };
}

function sumOf(exercises: GradedLesson["exercises"]): number {
  return exercises.reduce((sum, { points, bonus }) => sum + (bonus ? 0 : points), 0);
}
