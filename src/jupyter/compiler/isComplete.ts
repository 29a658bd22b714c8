import ts from "typescript";
import type { CellCompiler } from "./Compiler";

/**
 * Whether a text is a whole cell: incomplete when the only thing missing comes after its end, invalid when an
 * error stands within. A text that ends in an open bracket asks for another line, indented.
 */
export function isComplete(source: string): ReturnType<CellCompiler["isComplete"]> {
  const { diagnostics = [] } = ts.transpileModule(source, {
    reportDiagnostics: true,
    fileName: "cell.ts",
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Preserve },
  });
  if (diagnostics.length === 0) return { status: "complete" };
  const end = source.trimEnd().length;
  const atEnd = ({ start = 0, code }: ts.Diagnostic) =>
    (start >= end && code !== 1002) || (OPEN_TO_THE_END.has(code) && start >= 0);
  if (!diagnostics.every(atEnd)) return { status: "invalid" };
  return { status: "incomplete", indent: indentAfter(source) };
}

/** Unterminated template, unterminated comment. */
const OPEN_TO_THE_END = new Set([1160, 1010]);

function indentAfter(source: string): string {
  const line = source.trimEnd().split("\n").at(-1) ?? "";
  const indent = /^[ \t]*/.exec(line)![0];
  return /[{([]$/.test(line) ? `${indent}  ` : indent;
}
