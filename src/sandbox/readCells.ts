import type { SourceText } from "../sources";
import type { Reader } from "./reading/Reader";
import type { CellProblem, ReadAnswer, TaskReply } from "./reading/task";

/** Which cells the kernel refuses, and why. */
export interface Refusals {
  /** Indices of cells. Those that do not parse are among them. */
  refused: ReadonlySet<number>;
  problems: readonly CellProblem[];
  /** Why that is not known, where the compiler does not come to an end. */
  unknown?: string;
}

/** The code of a course is small. More than this, in bytes, is not read. */
const MOST_CODE = 2 ** 20;

/**
 * Finds functions in cells as they are after the kernel has run them: what a refused cell declares is not there, so
 * that an earlier declaration counts, which may stand in a cell that has not been looked at yet.
 */
export async function readCells(
  cells: readonly SourceText[],
  others: readonly SourceText[],
  entries: readonly string[],
  reader: Reader,
): Promise<{ found: TaskReply<"extract">; refusals: Refusals }> {
  const bytes = cells.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  if (bytes > MOST_CODE) {
    const failed = `there are ${bytes} bytes of it, ${MOST_CODE} is the most`;
    return { found: { failed }, refusals: { refused: new Set(), problems: [] } };
  }
  const prose = others.reduce((sum, { text }) => sum + text.length, 0) > MOST_CODE ? [] : others;
  const problems: CellProblem[] = [];
  const checked = new Set<number>();
  let refused: number[] = [];
  for (;;) {
    const found = await reader.do({
      kind: "extract",
      sources: cells,
      others: prose,
      entries,
      refused,
    });
    const wanted = "failed" in found ? [] : sourcesOf(found.result).filter((i) => !checked.has(i));
    if (wanted.length === 0) return { found, refusals: { refused: new Set(refused), problems } };
    const reply = await reader.do({ kind: "check", sources: cells, wanted, refused });
    if ("failed" in reply) {
      const unknown = reply.failed;
      return { found, refusals: { refused: new Set(refused), problems, unknown } };
    }
    wanted.forEach((source) => checked.add(source));
    for (const problem of reply.result.problems) problems.push(problem);
    problems.sort((a, b) => a.cell - b.cell || a.offset - b.offset);
    const isNew = reply.result.refused.length > refused.length;
    refused = reply.result.refused;
    if (!isNew) return { found, refusals: { refused: new Set(refused), problems } };
  }
}

function sourcesOf(found: readonly (ReadAnswer | object)[]): number[] {
  const sources = found.flatMap((read) => {
    if (!("sources" in read)) return [];
    const { sources, checkedIn } = read as ReadAnswer;
    return checkedIn === undefined ? sources : [...sources, checkedIn];
  });
  return [...new Set(sources)].sort((a, b) => a - b);
}
