import path from "node:path";
import ts from "typescript";
import type { ExpandedLesson } from "./expand";
import { isExecutable } from "./notebook";
import type { Problem } from "./problems";
import { projectRoot } from "./project";

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
 * Type-checks the code cells of lessons under `strict`, which the kernel does not do.
 *
 * A later cell may declare a name again. So each cell becomes a module of its own, which begins with
 * declarations of every name that the cells above have left, as the kernel does it too. What an answer's
 * cell holds can be replaced, to check the lesson with the solutions in it.
 *
 * @param replaceAnswer gives the code to put in place of an exercise's starter, or nothing to keep it
 * @returns the problems of each lesson, in the lessons' order
 */
export function typeCheckLessons(
  lessons: readonly ExpandedLesson[],
  replaceAnswer: (exercise: string) => string | undefined = () => undefined,
): Problem[][] {
  const modules = lessons.map((lesson) => cellModules(lesson, replaceAnswer));
  const texts = new Map(modules.flat().map(({ file, text }) => [file, text]));
  const program = ts.createProgram([...texts.keys()], OPTIONS, hostWith(texts));
  return modules.map((cells) =>
    cells.flatMap(({ file, cell, source }) => {
      const module = program.getSourceFile(file);
      return [...program.getSyntacticDiagnostics(module), ...program.getSemanticDiagnostics(module)].map(
        (diagnostic) => ({ cell, message: typeErrorMessage(diagnostic, source) }),
      );
    }),
  );
}

interface CellModule {
  file: string;
  /** The cell's place in the notebook. */
  cell: number;
  source: string;
  /** One line of declarations, then the source. */
  text: string;
}

function cellModules(
  { name, notebook }: ExpandedLesson,
  replaceAnswer: (exercise: string) => string | undefined,
): CellModule[] {
  const visible = new Map<string, string>(); // name → the declaration that makes it known to later cells
  return notebook.cells.flatMap((cell, i): CellModule[] => {
    if (!isExecutable(cell)) return [];
    const mark = cell.metadata.convbook;
    const source = (mark?.role === "answer" && replaceAnswer(mark.exercise)) || cell.source;
    const module = `${name}-cell-${i}`;
    const declared = declaredNames(source);
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

/** The names that a cell's top level declares. */
function declaredNames(source: string): Map<string, "variable" | "other"> {
  const names = new Map<string, "variable" | "other">();
  const bind = (name: ts.BindingName, kind: "variable" | "other"): void => {
    if (ts.isIdentifier(name)) names.set(name.text, kind);
    else for (const e of name.elements) if (ts.isBindingElement(e)) bind(e.name, kind);
  };
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022);
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) {
      const { flags, declarations } = statement.declarationList;
      const kind = flags & ts.NodeFlags.Const ? "other" : "variable";
      for (const declaration of declarations) bind(declaration.name, kind);
    } else if (ts.isImportDeclaration(statement)) {
      const clause = statement.importClause;
      if (clause?.name) names.set(clause.name.text, "other");
      const bindings = clause?.namedBindings;
      if (bindings && ts.isNamespaceImport(bindings)) names.set(bindings.name.text, "other");
      else bindings?.elements.forEach((element) => names.set(element.name.text, "other"));
    } else if (
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isEnumDeclaration(statement)
    ) {
      if (statement.name) names.set(statement.name.text, "other");
    }
  }
  return names;
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
