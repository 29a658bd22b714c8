import ts from "typescript";
import type { CheckedCell } from "./CheckedCell";
import { wordsOf } from "./EarlierNames";

/** What TypeScript says of a name that nobody has declared, for each use, as a value, of a global that is not there. */
export function absentGlobalsUsed({
  source,
  preludeLength,
  session,
}: CheckedCell): ts.Diagnostic[] {
  const absent = session.absentGlobals();
  const words = wordsOf(source);
  if (![...absent].some((name) => words.has(name))) return [];
  const program = session.program();
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(session.cellFile)!;
  const found: ts.Diagnostic[] = [];
  const visit = (node: ts.Node): void => {
    if (node.end <= preludeLength) return; // what stands before the cell is ours
    if (ts.isIdentifier(node) && absent.has(node.text) && isValue(node) && isGlobal(node))
      found.push({
        category: ts.DiagnosticCategory.Error,
        code: 2304,
        messageText: `Cannot find name '${node.text}'.`,
        file,
        start: node.getStart(file),
        length: node.text.length,
      });
    ts.forEachChild(node, visit);
  };
  const isGlobal = (node: ts.Identifier): boolean => {
    const symbol = ts.isShorthandPropertyAssignment(node.parent)
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);
    // What a cell declares, or has of an earlier one, is declared in the cell's own file.
    return symbol?.declarations?.every((declared) => declared.getSourceFile() !== file) ?? false;
  };
  visit(file);
  return found;
}

/** Whether a name stands for a value of its own: it is no type, and no property of something. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    !ts.isPartOfTypeNode(node) &&
    !ts.isTypeQueryNode(parent) &&
    !(ts.isPropertyAccessExpression(parent) && parent.name === node) &&
    !ts.isImportSpecifier(parent) &&
    !ts.isExportSpecifier(parent) &&
    !(ts.isPropertyAssignment(parent) && parent.name === node) &&
    !(ts.isBindingElement(parent) && parent.propertyName === node)
  );
}
