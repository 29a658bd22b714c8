import ts from "typescript";

/**
 * The globals that declarations offer and that are not there while a cell runs: Node's declare what a file's
 * code has beside (`module`, `__dirname`), and what later versions of Node bring.
 */
export function absentGlobals(
  program: ts.Program,
  declarations: string,
  isThere: (name: string) => boolean,
): ReadonlySet<string> {
  const globals = program
    .getTypeChecker()
    .getSymbolsInScope(program.getSourceFile(declarations)!, ts.SymbolFlags.Value);
  return new Set(globals.map(({ name }) => name).filter((name) => isName(name) && !isThere(name)));
}

/** Ambient modules are among the symbols too, by their names in quotes. */
const isName = (name: string) => /^[\w$]+$/.test(name);
