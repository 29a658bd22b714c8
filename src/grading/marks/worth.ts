import { readTable } from "../readTable";
import type { GradedLesson } from "../report";
import { lessonNamed } from "../submissions/lessonNames";

/**
 * What an exercise, or all of a lesson, is worth where that is not what its tests add up to; or a question that is answered
 * in words, which has no tests, and is worth what the instructor says.
 */
export interface WorthRow {
  /** Where it is written, for messages. */
  where: string;
  lesson: string;
  /** The whole lesson, where none is named. */
  exercise?: string;
  points: number;
  bonus: boolean;
  /** What is asked, of a question that is answered in words: then `exercise` is a name for it, `"05.whyMaxima"`. */
  question?: string;
}

/** `"05.whyMaxima"` */
const QUESTION_ID = /^\d\d\.[A-Za-z]\w*$/;

/**
 * Reads a CSV or JSON file with the columns `points`, `lesson` or `exercise`, `bonus` and `question`.
 *
 * @throws Error which names the line
 */
export function readWorth(file: string): WorthRow[] {
  const rows = readTable(file, ["points"], ["lesson", "exercise", "bonus", "question"]).map(
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
      const question = values.question || undefined;
      if (question && !(exercise && QUESTION_ID.test(exercise)))
        throw new Error(
          `${where}: a question needs a name of its own as its exercise, like "05.whyMaxima", but has "${exercise ?? ""}".`,
        );
      const named = lessonNamed(lesson, `${where}: lesson`);
      if (question && lessonNamed(exercise!.slice(0, 2), `${where}: exercise`) !== named)
        throw new Error(`${where}: ${exercise} is of another lesson than ${named}.`);
      const of = { lesson: named, ...(exercise && { exercise }) };
      return { where, ...of, points, bonus, ...(question && { question }) };
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
 * A lesson with what its exercises are worth, and behind them the questions that are answered in words. Those that are a bonus are not among the lesson's points; the whole is
 * then multiplied to what the lesson is worth.
 *
 * @throws Error where a row names an exercise that the lesson does not have, or nothing is left to be earned
 */
export function worthOf(lesson: GradedLesson, rows: readonly WorthRow[]): GradedLesson {
  const ours = rows.filter((row) => row.lesson === lesson.name);
  if (ours.length === 0) return lesson;
  const ids = lesson.exercises.map(({ id }) => id);
  const questions = ours.filter(({ question }) => question !== undefined);
  const taken = questions.find(({ exercise }) => ids.includes(exercise!));
  if (taken)
    throw new Error(
      `${taken.where}: ${taken.exercise} is an exercise, so a question needs another name.`,
    );
  const unknown = ours.find(
    ({ exercise, question }) =>
      exercise !== undefined && question === undefined && !ids.includes(exercise),
  );
  if (unknown)
    throw new Error(
      `${unknown.where} names ${unknown.exercise}. Exercises of ${lesson.name}: ${ids.join(", ")}. ` +
        "A question that is answered in words needs a text in the column question.",
    );
  const tested = lesson.exercises.map((exercise) => {
    const row = ours.find((row) => row.exercise === exercise.id);
    return row ? { ...exercise, points: row.points, ...(row.bonus && { bonus: true }) } : exercise;
  });
  const exercises = [
    ...tested,
    ...questions.map(({ exercise, question, points, bonus }) => ({
      id: exercise!,
      title: question!,
      points,
      ...(bonus && { bonus: true }),
      inWords: true as const,
    })),
  ];
  const sum = sumOf(exercises);
  if (!(sum > 0))
    throw new Error(`${ours[0].where}: nothing of ${lesson.name} counts; one exercise has to.`);
  const whole = ours.find(({ exercise }) => exercise === undefined)?.points ?? sum;
  const scaled = exercises.map((exercise) => ({
    ...exercise,
    points: (exercise.points * whole) / sum,
  }));
  const factor = whole / sum;
  return {
    name: lesson.name,
    points: whole,
    exercises: scaled,
    ...(factor !== 1 && { factor }),
  };
}

function sumOf(exercises: GradedLesson["exercises"]): number {
  return exercises.reduce((sum, { points, bonus }) => sum + (bonus ? 0 : points), 0);
}
