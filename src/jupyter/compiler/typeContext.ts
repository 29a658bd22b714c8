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
  // Looked up by the hints that ask for it alone: most ask for none of it.
  const program = () => session.program();
  const checker = () => program().getTypeChecker();
  const file = () => program().getSourceFile(session.cellFile)!;
  const node = () => nodeAt(file(), start);
  const spanning = () => nodeSpanning(file(), start, length);
  const owner = () => ownerOf(file(), start);
  return {
    code,
    message,
    text: source.slice(offset, offset + length),
    before: source.slice(0, offset),
    after: source.slice(offset + length),
    inPackage: (name) => session.packageNames().has(name),
    hasFile: (name) => session.hasFile(name),
    refused: (name) => earlier.refusedIn(name),
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
      return signatureAround(program(), session.cellFile, start, length);
    },
    get type() {
      return typeText(program(), spanning());
    },
    get owner() {
      return typeText(program(), owner());
    },
    get members() {
      return membersOf(program(), owner());
    },
    get resultMembers() {
      return resultMembersOf(program(), owner());
    },
    get known() {
      const spanned = spanning();
      const type = ts.isExpression(spanned) ? checker().getContextualType(spanned) : undefined;
      return type && fitting(checker(), type.getNonNullableType(), spanned);
    },
    get properties() {
      return propertiesAt(program(), session.cellFile, start);
    },
    get choices() {
      return choicesAt(checker(), spanning());
    },
    get isType() {
      return ts.isTypeReferenceNode(node().parent);
    },
    get isLoopIndex() {
      return isLoopIndex(program(), node());
    },
    get exported() {
      return exportsAt(program(), node());
    },
  };
}

/** The texts that are allowed where a node stands: those of an option, or of a property with its name. */
function choicesAt(checker: ts.TypeChecker, node: ts.Node): string[] {
  const property = ts.isPropertyAssignment(node.parent) ? node.parent : undefined;
  const value = ts.isPropertyAssignment(node) ? node.initializer : (property?.initializer ?? node);
  if (!ts.isExpression(value)) return [];
  const type = checker.getContextualType(value)?.getNonNullableType();
  const members = type?.isUnion() ? type.types : type ? [type] : [];
  return members.flatMap((member) => (member.isStringLiteral() ? [member.value] : []));
}

/** Whether a name is what a `for ... in` counts with: a text, also where it looks like a number. */
function isLoopIndex(program: ts.Program, node: ts.Node): boolean {
  const named = ts.isIdentifier(node) ? [node] : [];
  const assigned = node.parent?.parent;
  if (assigned && ts.isBinaryExpression(assigned) && ts.isIdentifier(assigned.right))
    named.push(assigned.right);
  if (ts.isBinaryExpression(node.parent) && ts.isIdentifier(node.parent.right))
    named.push(node.parent.right);
  return named.some((name) => {
    const declaration = program.getTypeChecker().getSymbolAtLocation(name)?.valueDeclaration;
    const statement = declaration?.parent?.parent;
    return statement !== undefined && ts.isForInStatement(statement);
  });
}

/** What the module exports from which the name is imported. */
function exportsAt(program: ts.Program, node: ts.Node): string[] {
  let at: ts.Node | undefined = node;
  while (at && !ts.isImportDeclaration(at)) at = at.parent;
  const checker = program.getTypeChecker();
  const module = at && checker.getSymbolAtLocation(at.moduleSpecifier);
  return module ? checker.getExportsOfModule(module).map(({ name }) => name) : [];
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

/** The largest expression that is within the underlined text: an argument that is a call is not the call it stands in. */
function nodeSpanning(file: ts.SourceFile, offset: number, length: number): ts.Node {
  let node = nodeAt(file, offset);
  while (
    node.parent &&
    !ts.isStatement(node.parent) &&
    node.parent.getStart(file) >= offset &&
    node.parent.end <= offset + length
  )
    node = node.parent;
  return node;
}

/** What stands before the dot or the bracket, left of the operator, or what is taken apart. */
function ownerOf(file: ts.SourceFile, offset: number): ts.Node | undefined {
  let node: ts.Node | undefined = nodeAt(file, offset);
  while (node && !ts.isStatement(node)) {
    if (ts.isObjectBindingPattern(node))
      return ts.isVariableDeclaration(node.parent) ? node.parent.initializer : node;
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

/** What a value has behind its dot. */
function membersOf(program: ts.Program, node: ts.Node | undefined): string[] {
  return usableNames(node && program.getTypeChecker().getTypeAtLocation(node));
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
  return usableNames(type?.getCallSignatures()[0]?.getReturnType());
}

/** Those of properties that a learner can use: none of symbols, and none that begin with an underscore. */
function usableNames(type: ts.Type | undefined): string[] {
  const names = type?.getProperties().map(({ name }) => name) ?? [];
  return names.filter((name) => /^[a-z]/i.test(name) && name !== "prototype");
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
  const signatures = ts.isNewExpression(node)
    ? called.getConstructSignatures()
    : called.getCallSignatures();
  const given = node.arguments?.length ?? 0;
  // Of several forms the first that takes these arguments, or else so many.
  const fitting = signatures.filter(takes(given));
  const values = (node.arguments ?? []).map((value) => checker.getTypeAtLocation(value));
  const signature =
    fitting.find(({ parameters }) =>
      values.every((value, i) => {
        const parameter = parameters[i];
        return (
          parameter !== undefined &&
          checker.isTypeAssignableTo(value, checker.getTypeOfSymbolAtLocation(parameter, node))
        );
      }),
    ) ??
    fitting[0] ??
    signatures[0];
  if (!signature) return undefined;
  const text = shortened(
    checker.signatureToString(signature, node, ts.TypeFormatFlags.NoTruncation),
  );
  const name = `${ts.isNewExpression(node) ? "new " : ""}${node.expression.getText(file)}`;
  return `${name}${text}`.length > 300 ? undefined : `${name}${text}`;
}

function takes(count: number): (signature: ts.Signature) => boolean {
  return ({ parameters, declaration }) => {
    const last = declaration?.parameters.at(-1);
    const takesAnyNumber = last && ts.isParameter(last) && last.dotDotDotToken !== undefined;
    return count <= parameters.length || takesAnyNumber === true;
  };
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
