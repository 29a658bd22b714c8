import { isDeepStrictEqual } from "node:util";
import type { ExpandedLesson } from "./expand";
import type { Cell, Notebook } from "./notebook";

/**
 * Says where a built notebook is no longer what its lesson gives, and what to do; nothing when it is.
 * Outputs do not count.
 */
export function staleness(
  { name, notebook: wanted, lines }: ExpandedLesson,
  built: Notebook,
): string | undefined {
  const remedy = `Run npx convbook build ${name.slice(0, 2)} and commit the notebook.`;
  const count = Math.max(wanted.cells.length, built.cells.length);
  for (let i = 0; i < count; i++) {
    const [expected, found] = [wanted.cells[i], built.cells[i]];
    if (isDeepStrictEqual(withoutOutputs(expected), withoutOutputs(found))) continue;
    const where = expected
      ? `cell ${i + 1} (lesson.md line ${lines[i]})`
      : `cell ${i + 1}, which lesson.md no longer has,`;
    const difference = `    the lesson has    ${excerpt(expected, found)}\n    the notebook has  ${excerpt(found, expected)}`;
    return `notebooks/${name}.ipynb is older than its lesson: ${where} differs.\n${difference}\n${remedy}`;
  }
  if (isDeepStrictEqual(wanted.metadata.kernelspec, built.metadata.kernelspec)) return undefined;
  return `notebooks/${name}.ipynb names another kernel than lessons are built for. ${remedy}`;
}

function withoutOutputs(
  cell: Cell | undefined,
): Omit<Cell, "outputs" | "execution_count"> | undefined {
  if (!cell) return undefined;
  const { outputs: _, execution_count: __, ...others } = cell;
  return others;
}

/** The first line of a cell that the other does not have in its place; where the sources are alike, its metadata. */
function excerpt(cell: Cell | undefined, other: Cell | undefined): string {
  if (!cell) return "no such cell";
  const others = other?.source.split("\n") ?? [];
  const line = cell.source.split("\n").findIndex((text, i) => text !== others[i]);
  if (line !== -1) return `${cell.cell_type}: ${cell.source.split("\n")[line]}`;
  return cell.source === other?.source
    ? `${cell.cell_type}, ${cell.id}, ${JSON.stringify(cell.metadata)}`
    : `${cell.cell_type}: nothing more`;
}
