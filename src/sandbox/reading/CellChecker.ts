import path from "node:path";
import type ts from "typescript";
import { inProject } from "../../project";
import { parseSource, type SourceText, syntaxErrorsIn } from "../../sources";
import { isExcused } from "./excused";
import { GLOBALS } from "./globals";
import { type CellNames, namesOf } from "./namesOf";
import type { CellProblem, CheckedCells } from "./task";

const GLOBALS_FILE = inProject("globals.d.ts");
/** Where cells lie for the compiler: beside package.json, so that "convbook" is found. */
const CELL = inProject("cell");
const cellFile = (i: number): string => `${CELL}${i}.ts`;

/**
 * What a cell's types may come from. A type like `typeof import("./lessons/...")` asks the compiler to read any
 * file, and its messages would tell what is in there.
 */
const READABLE = [
  "package.json",
  "dist/",
  "node_modules/convbook/package.json",
  "node_modules/convbook/dist/",
  "node_modules/typescript/lib/",
].map((folder) => inProject(folder).replace(/[\\/]$/, ""));

function isReadable(file: string): boolean {
  const resolved = path.resolve(file);
  return READABLE.some((folder) => resolved === folder || resolved.startsWith(folder + path.sep));
}

/** More of them, or longer ones, help nobody and take memory: a name of 10 KB can stand in a thousand messages. */
const MOST_PROBLEMS = 1000;
const LONGEST_PROBLEM = 1000;

/**
 * Says which cells of a notebook the kernel refuses. Each cell is a module, as in the kernel; what it does not declare
 * itself it has from the last cell before that does, refused ones left out, or else from the next one behind, since
 * cells may have been run in another order. What all notebooks stand on is read once, by the first.
 */
export class CellChecker {
  private readonly options: ts.CompilerOptions;
  private readonly known = new Map<string, ts.SourceFile | undefined>();
  private program?: ts.Program;

  constructor(private readonly typescript: typeof ts) {
    const { ScriptTarget, ModuleKind, ModuleResolutionKind } = typescript;
    // As the kernel compiles cells, which is not strict.
    this.options = {
      target: ScriptTarget.ES2022,
      lib: ["lib.es2022.d.ts"],
      module: ModuleKind.ES2022,
      moduleResolution: ModuleResolutionKind.Node10,
      ignoreDeprecations: "5.0",
      esModuleInterop: true,
      types: [],
      skipLibCheck: true,
      noEmit: true,
    };
    this.known.set(GLOBALS_FILE, this.parse(GLOBALS_FILE, GLOBALS));
  }

  /**
   * @param wanted which cells are to be checked, in order
   * @param before cells that are known to be refused
   */
  check(
    cells: readonly SourceText[],
    wanted: readonly number[],
    before: readonly number[],
  ): CheckedCells {
    const names = cells.map(({ text }, i) => this.namesOf(text, i));
    const refused = new Set(before);
    names.forEach((cell, i) => !cell.parses && refused.add(i));
    const problems: CellProblem[] = [];
    const declared = new Set(names.flatMap((cell) => [...cell.declared]));
    let program = this.programOf(names, refused);
    const checked = new Set(refused);
    for (;;) {
      const i = nextToCheck(wanted, names, refused, checked);
      if (i === undefined) break;
      checked.add(i);
      const file = program.getSourceFile(cellFile(i))!;
      const found = program
        .getSemanticDiagnostics(file)
        .filter(({ start = 0 }) => start < names[i].text.length)
        .filter((problem) => !isExcused(this.typescript, file, problem, declared));
      if (found.length === 0) continue;
      problems.push(...found.slice(0, MOST_PROBLEMS).map((one) => this.problemIn(i, one)));
      refused.add(i);
      if (names[i].declared.size > 0) program = this.programOf(names, refused);
    }
    return { problems, refused: [...refused].sort((a, b) => a - b) };
  }

  private problemIn(cell: number, { start = 0, messageText }: ts.Diagnostic): CellProblem {
    const message = this.typescript.flattenDiagnosticMessageText(messageText, "\n");
    return { cell, offset: start, message: withoutPaths(message).slice(0, LONGEST_PROBLEM) };
  }

  private namesOf(text: string, i: number): CellNames {
    const file = parseSource(this.typescript, cellFile(i), text);
    const parses = syntaxErrorsIn(file).length === 0;
    return namesOf(this.typescript, file, parses);
  }

  private programOf(names: readonly CellNames[], refused: ReadonlySet<number>): ts.Program {
    const own = new Map(
      names.flatMap((cell, i) => {
        if (!cell.parses) return [];
        const text = cell.text + footerOf(i, names, refused);
        return [[cellFile(i), this.parse(cellFile(i), text)] as const];
      }),
    );
    this.program = this.typescript.createProgram({
      rootNames: [GLOBALS_FILE, ...own.keys()],
      options: this.options,
      host: this.hostWith(own),
      ...(this.program && { oldProgram: this.program }),
    });
    return this.program;
  }

  private parse(file: string, text: string): ts.SourceFile {
    const { createSourceFile, JSDocParsingMode, ScriptTarget } = this.typescript;
    const jsDocParsingMode = JSDocParsingMode.ParseNone; // documentation has no part in a type
    const options = { languageVersion: ScriptTarget.ES2022, jsDocParsingMode };
    const parsed = createSourceFile(file, text, options, true);
    // The kernels look at the types of a cell with `// @ts-nocheck` too.
    (parsed as { checkJsDirective?: unknown }).checkJsDirective = undefined;
    return parsed;
  }

  private hostWith(own: ReadonlyMap<string, ts.SourceFile>): ts.CompilerHost {
    const { sys, getDefaultLibFilePath } = this.typescript;
    const isOwn = (file: string): boolean => own.has(file) || file === GLOBALS_FILE;
    const readFile = (file: string) => (isReadable(file) ? sys.readFile(file) : undefined);
    return {
      getSourceFile: (file) => {
        if (file.startsWith(CELL)) return own.get(file);
        if (!this.known.has(file)) {
          const text = readFile(file);
          this.known.set(file, text === undefined ? undefined : this.parse(file, text));
        }
        return this.known.get(file);
      },
      fileExists: (file) => isOwn(file) || (isReadable(file) && sys.fileExists(file)),
      readFile,
      getDefaultLibFileName: getDefaultLibFilePath,
      getCurrentDirectory: () => inProject(),
      getCanonicalFileName: (file) => file,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => "\n",
      writeFile: () => {},
    };
  }
}

/** What makes a cell a module that has the names of others, behind its text so that all keeps its offset. */
function footerOf(i: number, names: readonly CellNames[], refused: ReadonlySet<number>): string {
  const { declared, exported, used } = names[i];
  const lines = ["", "export {};"];
  for (const name of declared) if (!exported.has(name)) lines.push(`export { ${name} };`);
  for (const name of used) {
    if (declared.has(name)) continue;
    const from = declaringCell(name, i, names, refused);
    if (from === undefined) continue;
    const module = JSON.stringify(`./cell${from}`);
    // What is imported cannot be given another value; a variable of another cell can.
    if (names[from].variables.has(name))
      lines.push(`declare var ${name}: typeof import(${module}).${name};`);
    else lines.push(`import { ${name} } from ${module};`);
  }
  return lines.join("\n");
}

/**
 * The first of the wanted cells, and of those that they have names from, that has not been checked: if a cell is
 * refused, those that have names from it are too.
 */
function nextToCheck(
  wanted: readonly number[],
  names: readonly CellNames[],
  refused: ReadonlySet<number>,
  checked: ReadonlySet<number>,
): number | undefined {
  const reached = new Set(wanted);
  for (const i of reached) {
    if (checked.has(i)) continue;
    for (const name of names[i].used) {
      if (names[i].declared.has(name)) continue;
      const from = declaringCell(name, i, names, refused);
      if (from !== undefined) reached.add(from);
    }
  }
  return [...reached].filter((i) => !checked.has(i)).sort((a, b) => a - b)[0];
}

function declaringCell(
  name: string,
  i: number,
  names: readonly CellNames[],
  refused: ReadonlySet<number>,
): number | undefined {
  const declares = (cell: number): boolean => !refused.has(cell) && names[cell].declared.has(name);
  for (let before = i - 1; before >= 0; before--) if (declares(before)) return before;
  for (let behind = i + 1; behind < names.length; behind++) if (declares(behind)) return behind;
  return undefined;
}

/** Where two types have one name, a message says by a path which is which. The path itself is nobody's concern. */
function withoutPaths(message: string): string {
  return message
    .replaceAll(CELL, "cell")
    .replaceAll(inProject() + path.sep, "")
    .replace(/"node_modules\/convbook\/[^"]*"/g, '"convbook"');
}
