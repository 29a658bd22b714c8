import { display, escapeMarkup } from "../notebook";
import { COLOURS } from "./html";
import { lessonNames } from "../project";
import { exercisesOf } from "./exercisesOf";
import { type ExerciseProgress, progressOf, readProgress } from "./progress";

/** Shows how far you are: every lesson with its exercises, points and what was tried. */
export function progress(lesson?: string): void {
  const record = readProgress();
  const rows = lessonNames()
    .filter((name) => lesson === undefined || name.startsWith(lesson))
    .map((name) => ({
      name,
      exercises: exercisesOf(name).map((exercise) => ({
        exercise,
        ...progressOf(exercise.id, record),
      })),
    }))
    .filter((row) => row.exercises.length > 0);
  const all = rows.flatMap((row) => row.exercises);
  const earned = all.reduce((sum, entry) => sum + entry.earned, 0);
  const points = all.reduce((sum, entry) => sum + entry.exercise.points, 0);
  const passed = all.filter((entry) => entry.verdict === "passed").length;
  const total = `${passed} of ${all.length} exercises passed, ${earned} of ${points} points`;

  const text = rows.flatMap((row) => [
    row.name,
    ...row.exercises.map((e) => `  ${symbolOf(e)} ${e.exercise.id} ${e.exercise.title}`),
  ]);
  const html = rows.map(
    (row) =>
      `<tr style="background:none"><td style="text-align:left;padding:3px 14px 3px 0;vertical-align:top"><b>${escapeMarkup(row.name)}</b></td>` +
      `<td style="text-align:left;padding:3px 0">${row.exercises.map((e) => chipHtml(e, e.exercise.entry, e.exercise.title)).join("")}</td></tr>`,
  );
  display({
    "text/html": `<div style="font-family:var(--jp-ui-font-family,system-ui,sans-serif);font-size:14px"><div><b>${total}</b></div><table style="border-collapse:collapse">${html.join("")}</table></div>`,
    "text/plain": [total, ...text].join("\n"),
  });
}

function symbolOf({ verdict, attempts }: ExerciseProgress): string {
  return verdict === "passed" ? "✓" : attempts > 0 ? "✗" : "○";
}

function chipHtml(entry: ExerciseProgress, name: string, title: string): string {
  const colour =
    entry.verdict === "passed" ? COLOURS.good : entry.attempts > 0 ? COLOURS.bad : COLOURS.neutral;
  const style = `display:inline-block;margin:1px 10px 1px 0;white-space:nowrap`;
  return `<span style="${style}" title="${escapeMarkup(title)}"><span style="color:${colour}">${symbolOf(entry)}</span> <code>${escapeMarkup(name)}</code></span>`;
}
