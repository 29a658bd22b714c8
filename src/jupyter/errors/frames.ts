import { SourceMap, type SourceMapPayload } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** A call in code that the learner has written. */
export interface Frame {
  /** The function, where it has a name. */
  name: string;
  /** `cell 3`, or the path of a file of the learner's from the notebook's folder. */
  source: string;
  cell?: number;
  file?: string;
  line: number; // from 1
  column: number; // from 1
}

/** What is known of the cells that have run. */
export interface CellSources {
  source(cell: number): string | undefined;
  sourceMap(cell: number): SourceMapPayload | undefined;
  /** The source map of a file of the learner's. */
  fileMap(file: string): SourceMapPayload | undefined;
}

const FRAME =
  /^\s+at (?:async )?(?:(?<name>.+?) \()?(?<file>[^()\s][^()]*?):(?<line>\d+):(?<column>\d+)\)?$/;
const CELL = /(?:^|[\\/])cell-(\d+)\.ts$/;
/** The folders of the course, compiled, and as source maps name it: what lies in them is no code of the learner's. */
const COURSE = ["..", "../../src"].map(
  (folder) => path.resolve(__dirname, "..", folder) + path.sep,
);

/** Of an error's stack the frames that the learner has written, the innermost first, and how many others there are. */
export function ownFrames(stack: string, cells: CellSources): { frames: Frame[]; folded: number } {
  const lines = stack.split("\n").filter((line) => /^\s+at /.test(line));
  const frames: Frame[] = [];
  let folded = 0;
  for (const line of lines) {
    const frame = parse(line, cells);
    if (frame) frames.push(frame);
    else folded++;
  }
  return { frames, folded };
}

function parse(text: string, cells: CellSources): Frame | undefined {
  const { name = "", file, line, column } = FRAME.exec(text)?.groups ?? {};
  if (!file) return undefined;
  const at = { line: Number(line), column: Number(column) };
  const called = name.replace(/^(Object|Module|global|globalThis)\./, "").replace(/^new /, "");
  const cell = CELL.exec(file)?.[1];
  if (cell !== undefined) {
    const number = Number(cell);
    if (cells.source(number) === undefined) return undefined;
    const mapped = original(at, cells.sourceMap(number));
    return { name: named(called), source: `cell ${number}`, cell: number, ...mapped };
  }
  const known = file.startsWith("file:") ? fileURLToPath(file) : file;
  const isTheirs =
    path.isAbsolute(known) &&
    !known.includes(`${path.sep}node_modules${path.sep}`) &&
    !COURSE.some((folder) => known.startsWith(folder));
  if (!isTheirs) return undefined;
  const source = path.relative(process.cwd(), known);
  return { name: named(called), source, file: known, ...original(at, cells.fileMap(known)) };
}

/** A function's name; the code of the cell itself, which V8 calls by several, has none. */
function named(name: string): string {
  return /^(<anonymous>|eval|Session\.post|REPL.*|(ReadFileContext|FSReq\w*|Timeout|Immediate|Socket|ChildProcess)\..*)$/.test(
    name,
  )
    ? ""
    : name;
}

function original(
  at: { line: number; column: number },
  map: SourceMapPayload | undefined,
): { line: number; column: number } {
  if (!map) return at;
  const found = new SourceMap(map).findEntry(at.line - 1, at.column - 1);
  if (!("originalLine" in found)) return at;
  return { line: found.originalLine + 1, column: found.originalColumn + 1 };
}
