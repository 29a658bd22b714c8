import ts from "typescript";
import type { HintContext } from "../hints";
import type { CheckedCell } from "./CheckedCell";
import { shortened } from "./messages";

/** What the hints need to know of a message's surroundings. */
export function typeContext(
  { code, start = 0, length = 0 }: ts.Diagnostic,
  message: string,
  { source, preludeLength, session, earlier }: CheckedCell,
): HintContext {
  const offset = start - preludeLength;
  return {
    code,
    message,
    text: source.slice(offset, offset + length),
    before: source.slice(0, offset),
    after: source.slice(offset + length),
    inPackage: (name) => session.packageNames().has(name),
    get packageNames() {
      return session.packageNames();
    },
    earlier: (name) => {
      const known = earlier.get(name);
      return (
        known && { kind: known.kind, cell: known.cell, wasImported: earlier.formerImport(name) }
      );
    },
    get signature() {
      return signatureAround(session.program(), session.cellFile, start, length);
    },
    get type() {
      const program = session.program();
      const node = nodeSpanning(program.getSourceFile(session.cellFile)!, start, length);
      return typeText(program, node);
    },
    get owner() {
      const program = session.program();
      return typeText(program, ownerOf(program.getSourceFile(session.cellFile)!, start));
    },
    get members() {
      const program = session.program();
      return membersOf(program, ownerOf(program.getSourceFile(session.cellFile)!, start));
    },
    get resultMembers() {
      const program = session.program();
      return resultMembersOf(program, ownerOf(program.getSourceFile(session.cellFile)!, start));
    },
    get known() {
      const program = session.program();
      const node = nodeSpanning(program.getSourceFile(session.cellFile)!, start, length);
      const type = ts.isExpression(node)
        ? program.getTypeChecker().getContextualType(node)
        : undefined;
      return type && fitting(program.getTypeChecker(), type.getNonNullableType(), node);
    },
    get properties() {
      return propertiesAt(session.program(), session.cellFile, start);
    },
  };
}

function nodeAt(file: ts.SourceFile, offset: number): ts.Node {
  let node: ts.Node = file;
  for (;;) {
    const inner: ts.Node | undefined = ts.forEachChild(node, (child) =>
      child.pos <= offset && offset < child.end ? child : undefined,
    );
    if (!inner) return node;
    node = inner;
  }
}

/** The largest node within the underlined text: an argument that is a call is not the call it stands in. */
function nodeSpanning(file: ts.SourceFile, offset: number, length: number): ts.Node {
  let node = nodeAt(file, offset);
  while (node.parent && node.parent.getStart(file) >= offset && node.parent.end <= offset + length)
    node = node.parent;
  return node;
}

/** What stands before the dot or the bracket, or left of the operator. */
function ownerOf(file: ts.SourceFile, offset: number): ts.Node | undefined {
  let node: ts.Node | undefined = nodeAt(file, offset);
  while (node && !ts.isStatement(node)) {
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
      return node.expression;
    if (ts.isBinaryExpression(node)) return node.left;
    node = node.parent;
  }
  return undefined;
}

function typeText(program: ts.Program, node: ts.Node | undefined): string | undefined {
  const checker = program.getTypeChecker();
  return node && shortened(checker.typeToString(checker.getTypeAtLocation(node)));
}

/** The names behind the dot that a learner can use: none of symbols, and none that begin with an underscore. */
function membersOf(program: ts.Program, node: ts.Node | undefined): string[] {
  const type = node && program.getTypeChecker().getTypeAtLocation(node);
  const names = type?.getProperties().map(({ name }) => name) ?? [];
  return names.filter((name) => /^[a-z]/i.test(name) && name !== "prototype");
}

/** The properties of a type that can hold what stands at a node. */
function fitting(checker: ts.TypeChecker, type: ts.Type, node: ts.Node): string[] {
  const value = checker.getTypeAtLocation(node);
  return type
    .getProperties()
    .filter((property) =>
      checker.isTypeAssignableTo(value, checker.getTypeOfSymbolAtLocation(property, node)),
    )
    .map(({ name }) => name);
}

/** What the result of a function has behind its dot. */
function resultMembersOf(program: ts.Program, node: ts.Node | undefined): string[] {
  const type = node && program.getTypeChecker().getTypeAtLocation(node);
  const [signature] = type?.getCallSignatures() ?? [];
  const names =
    signature
      ?.getReturnType()
      .getProperties()
      .map(({ name }) => name) ?? [];
  return names.filter((name) => /^[a-z]/i.test(name));
}

function signatureAround(
  program: ts.Program,
  path: string,
  offset: number,
  length: number,
): string | undefined {
  const file = program.getSourceFile(path)!;
  const spanned = nodeSpanning(file, offset, length);
  const isArgument =
    (ts.isCallExpression(spanned.parent) || ts.isNewExpression(spanned.parent)) &&
    spanned.parent.expression !== spanned;
  let node: ts.Node | undefined = isArgument ? spanned.parent : spanned;
  while (node && !ts.isCallExpression(node) && !ts.isNewExpression(node)) node = node.parent;
  if (!node) return undefined;
  const checker = program.getTypeChecker();
  const called = checker.getTypeAtLocation(node.expression);
  const [signature] = ts.isNewExpression(node)
    ? called.getConstructSignatures()
    : called.getCallSignatures();
  if (!signature) return undefined;
  const text = shortened(
    checker.signatureToString(signature, node, ts.TypeFormatFlags.NoTruncation),
  );
  const name = node.expression.getText(file);
  return `${name}${text}`.length > 300 ? undefined : `${name}${text}`;
}

/** The names that an object's type knows, of the object literal around the offset. */
function propertiesAt(program: ts.Program, path: string, offset: number): string[] | undefined {
  let node: ts.Node | undefined = nodeAt(program.getSourceFile(path)!, offset);
  while (node && !ts.isObjectLiteralExpression(node)) node = node.parent;
  const type = node && program.getTypeChecker().getContextualType(node);
  return type
    ?.getNonNullableType()
    .getProperties()
    .map(({ name }) => name);
}
