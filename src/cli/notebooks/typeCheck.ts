import path from "node:path";
import ts from "typescript";
import { declaredNames } from "../../sources";
import { projectRoot } from "../../project";
import type { ExpandedLesson } from "./expand";
import { isExecutable } from "./notebook";
import { describeProblems, type Problem } from "./problems";

/** Strict, and otherwise as the kernel compiles cells. */
const OPTIONS: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts"],
  module: ts.ModuleKind.ES2022,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  ignoreDeprecations: "5.0",
  esModuleInterop: true,
  moduleDetection: ts.ModuleDetectionKind.Force,
  types: ["node"],
  skipLibCheck: true,
  noEmit: true,
};

/**
 * Type-checks the code cells of lessons under `strict`, which the kernel does not do: as they stand, and
 * with the solutions where the learner's answers go.
 *
 * A later cell may declare a name again. So each cell becomes a module of its own, which begins with
 * declarations of every name that the cells above have left, as the kernel does it too.
 *
 * @param solutionOf the code that a learner is shown as the solution of an exercise
 * @returns for each lesson its errors, ready to be printed
 */
export function typeErrors(
  lessons: readonly ExpandedLesson[],
  solutionOf: (exercise: string) => string,
): string[][] {
  const solved = lessons.map((lesson) => withSolutions(lesson, solutionOf));
  const problems = typeCheck([...lessons, ...solved]);
  return lessons.map((lesson, i) => {
    const asItStands = describeProblems(lesson, problems[i]);
    if (asItStands.length > 0) return asItStands;
    return describeProblems(solved[i], problems[lessons.length + i]).map(
      (text) => `With the solutions in place: ${text}`,
    );
  });
}

function withSolutions(
  lesson: ExpandedLesson,
  solutionOf: (exercise: string) => string,
): ExpandedLesson {
  const cells = lesson.notebook.cells.map((cell) => {
    const { exercise, role } = cell.metadata.convbook ?? {};
    return exercise && role === "answer" ? { ...cell, source: solutionOf(exercise) } : cell;
  });
  return { ...lesson, notebook: { ...lesson.notebook, cells } };
}

function typeCheck(lessons: readonly ExpandedLesson[]): Problem[][] {
  const modules = lessons.map((lesson, i) => cellModules(lesson, `lesson-${i}`));
  const texts = new Map(modules.flat().map(({ file, text }) => [file, text]));
  const program = ts.createProgram([...texts.keys()], OPTIONS, hostWith(texts));
  return modules.map((cells) =>
    cells.flatMap(({ file, cell, source }) => {
      const module = program.getSourceFile(file);
      return [
        ...program.getSyntacticDiagnostics(module),
        ...program.getSemanticDiagnostics(module),
      ].map((diagnostic) => ({ cell, message: typeErrorMessage(diagnostic, source) }));
    }),
  );
}

interface CellModule {
  file: string;
  /** The cell's index in the notebook. */
  cell: number;
  source: string;
  /** One line of declarations, then the source. */
  text: string;
}

function cellModules({ notebook }: ExpandedLesson, prefix: string): CellModule[] {
  const visible = new Map<string, string>(); // name → the declaration that makes it known to later cells
  return notebook.cells.flatMap((cell, i): CellModule[] => {
    if (!isExecutable(cell)) return [];
    const { source } = cell;
    const module = `${prefix}-cell-${i}`;
    const declared = topLevelNames(source);
    const prelude = [...visible].filter(([name]) => !declared.has(name)).map(([, line]) => line);
    const exported = `export { ${[...declared.keys()].join(", ")} };`;
    for (const [name, kind] of declared) {
      // An import cannot be assigned to, but the kernel lets a later cell assign to a variable.
      const line =
        kind === "variable"
          ? `declare let ${name}: typeof import("./${module}").${name};`
          : `import { ${name} } from "./${module}";`;
      visible.set(name, line);
    }
    // As if beside package.json: the folder has to exist, and "convbook" is found from there.
    const file = path.join(projectRoot, `${module}.ts`);
    return [{ file, cell: i, source, text: `${prelude.join(" ")}\n${source}\n${exported}\n` }];
  });
}

/** The names that a cell's top level makes known, imports included. */
function topLevelNames(source: string): Map<string, "variable" | "other"> {
  const names = new Map<string, "variable" | "other">();
  const { statements } = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022);
  for (const statement of statements) {
    const isVariable =
      ts.isVariableStatement(statement) && !(statement.declarationList.flags & ts.NodeFlags.Const);
    for (const name of [...importedNames(statement), ...declaredNames(ts, statement)])
      names.set(name, isVariable ? "variable" : "other");
  }
  return names;
}

function importedNames(statement: ts.Statement): string[] {
  if (!ts.isImportDeclaration(statement)) return [];
  const { name, namedBindings } = statement.importClause ?? {};
  const bindings =
    namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : [namedBindings];
  return [name, ...bindings.map((binding) => binding?.name)].flatMap((id) => id?.text ?? []);
}

/** A compiler host that also knows the cells, which are in no file. */
function hostWith(texts: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists, readFile } = host;
  host.getCurrentDirectory = () => projectRoot;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = texts.get(file);
    return text === undefined
      ? getSourceFile(file, version, ...rest)
      : ts.createSourceFile(file, text, version);
  };
  return host;
}

/** The compiler's words, under the line of the cell that they are about. */
function typeErrorMessage({ file, start = 0, messageText }: ts.Diagnostic, source: string): string {
  const message = ts.flattenDiagnosticMessageText(messageText, "\n");
  const { line } = file!.getLineAndCharacterOfPosition(start);
  // Line 0 holds the declarations, so that line n of the module is the cell's n-th, from 1.
  const text = source.split("\n")[line - 1] ?? "";
  return `has a type error in its line ${line}, "${text.trim()}":\n${message}`;
}
