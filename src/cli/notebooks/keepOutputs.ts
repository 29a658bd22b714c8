import type { ExpandedLesson } from "./expand";
import { isExecutable, type Notebook } from "./notebook";

/**
 * The lesson as a notebook with the outputs of the one that was built before: after a change of its text there is
 * nothing to execute again.
 *
 * @returns the notebook; where other code would run than did, a sentence that says from which line on
 */
export function keepOutputs(
  { name, notebook: { cells }, lines }: ExpandedLesson,
  built: Notebook,
): Notebook | string {
  const ran = built.cells.filter(isExecutable);
  const running = cells.filter(isExecutable);
  const first = running.findIndex(({ source }, i) => source !== ran[i]?.source);
  if (first !== -1 || ran.length > running.length) {
    const where = first === -1 ? "at its end" : `at line ${lines[cells.indexOf(running[first])]}`;
    return `${name}: lesson.md has other code than the notebook ${where}, so its outputs cannot be kept. npx convbook build ${name.slice(0, 2)} executes it.`;
  }
  let next = 0;
  const filled = cells.map((cell) => {
    if (!isExecutable(cell)) return cell;
    const { outputs = [], execution_count = null } = ran[next++];
    return { ...cell, outputs, execution_count };
  });
  return { ...built, cells: filled };
}
