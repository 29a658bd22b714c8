import type ts from "typescript";

/** A name of the top level on which an expression's value may hang. */
export interface Root {
  name: string;
  /** Through what a call gives back, or what a call gives to a function: the value may be another. */
  isGuess: boolean;
}

/**
 * The names of the top level whose values an expression may be, or be a part of: `table` of `table.rows[3]`, of
 * `(table as any).rows`, and of `row` where `const row = table[n]` stands before, or `for (const row of table)`, or
 * `table.forEach((row) => ...)`; `a` and `b` of `[a, b]`.
 */
export class Roots {
  /** @param outside the symbols of the file: all else is local to a statement */
  constructor(
    private readonly typescript: typeof ts,
    private readonly checker: ts.TypeChecker,
    private readonly outside: ReadonlySet<ts.Symbol>,
  ) {}

  of(expression: ts.Expression): Root[] {
    const found = new Map<string, boolean>();
    const seen = new Set<ts.Node>();
    const waiting: { node: ts.Node; isGuess: boolean }[] = [{ node: expression, isGuess: false }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { node, isGuess } = next;
      if (seen.has(node)) continue;
      seen.add(node);
      if (this.typescript.isIdentifier(node)) {
        const local = this.localDeclarations(node);
        if (!local) found.set(node.text, isGuess && (found.get(node.text) ?? true));
        else
          for (const one of local)
            for (const value of this.valuesOf(one, isGuess)) waiting.push(value);
      } else for (const part of this.partsOf(node, isGuess)) waiting.push(part);
    }
    return [...found].map(([name, isGuess]) => ({ name, isGuess }));
  }

  isOutside(node: ts.Identifier): boolean {
    return this.localDeclarations(node) === undefined;
  }

  /** Undefined for a name of the top level, or of nothing that is known. */
  private localDeclarations(node: ts.Identifier): readonly ts.Declaration[] | undefined {
    const symbol = this.typescript.isShorthandPropertyAssignment(node.parent)
      ? this.checker.getShorthandAssignmentValueSymbol(node.parent)
      : this.checker.getSymbolAtLocation(node);
    if (!symbol?.declarations?.length || this.outside.has(symbol)) return undefined;
    return symbol.declarations;
  }

  /** The expressions that an expression's value may be, or be a part of. */
  private partsOf(node: ts.Node, isGuess: boolean): { node: ts.Node; isGuess: boolean }[] {
    const { typescript } = this;
    const as = (guess: boolean, nodes: readonly (ts.Node | undefined)[]) =>
      nodes.flatMap((one) => (one ? [{ node: one, isGuess: guess }] : []));
    if (
      typescript.isPropertyAccessExpression(node) ||
      typescript.isElementAccessExpression(node) ||
      typescript.isNonNullExpression(node) ||
      typescript.isParenthesizedExpression(node) ||
      typescript.isAsExpression(node) ||
      typescript.isSatisfiesExpression(node) ||
      typescript.isTypeAssertionExpression(node) ||
      typescript.isSpreadElement(node) ||
      typescript.isAwaitExpression(node)
    )
      return as(isGuess, [node.expression]);
    if (typescript.isArrayLiteralExpression(node)) return as(isGuess, node.elements);
    if (typescript.isObjectLiteralExpression(node))
      return node.properties.flatMap((property) => {
        if (typescript.isShorthandPropertyAssignment(property)) return as(isGuess, [property.name]);
        if (typescript.isPropertyAssignment(property)) return as(isGuess, [property.initializer]);
        return typescript.isSpreadAssignment(property) ? as(isGuess, [property.expression]) : [];
      });
    if (typescript.isConditionalExpression(node))
      return as(isGuess, [node.whenTrue, node.whenFalse]);
    if (typescript.isBinaryExpression(node)) {
      const { FirstAssignment, LastAssignment } = typescript.SyntaxKind;
      const { kind } = node.operatorToken;
      const isAssignment = kind >= FirstAssignment && kind <= LastAssignment;
      return isAssignment || CHOOSES.has(node.operatorToken.getText())
        ? as(isGuess, [node.left, node.right])
        : [];
    }
    if (typescript.isCallExpression(node)) {
      const { expression: callee } = node;
      const isMethod =
        typescript.isPropertyAccessExpression(callee) ||
        typescript.isElementAccessExpression(callee);
      return as(true, [isMethod ? callee.expression : undefined, ...node.arguments]);
    }
    return typescript.isNewExpression(node) ? as(true, node.arguments ?? []) : [];
  }

  /** The expressions from which a local name has its value. */
  private valuesOf(
    declaration: ts.Declaration,
    isGuess: boolean,
  ): { node: ts.Node; isGuess: boolean }[] {
    const { typescript } = this;
    let declared: ts.Node = declaration;
    while (typescript.isBindingElement(declared)) declared = declared.parent.parent;
    if (typescript.isVariableDeclaration(declared)) {
      const loop = declared.parent.parent;
      const isLoop = typescript.isForOfStatement(loop) || typescript.isForInStatement(loop);
      const from = isLoop ? loop.expression : declared.initializer;
      return from ? [{ node: from, isGuess }] : [];
    }
    if (!typescript.isParameter(declared)) return [];
    const call = givenTo(typescript, declared.parent);
    if (!call || !typescript.isCallExpression(call)) return [];
    return this.partsOf(call, isGuess).filter(({ node }) => !typescript.isFunctionLike(node));
  }
}

const CHOOSES: ReadonlySet<string> = new Set(["||", "&&", "??", ","]);

/** The call that a function is given to, or whose function it is. */
export function givenTo(
  typescript: typeof ts,
  made: ts.Node,
): ts.CallExpression | ts.NewExpression | undefined {
  let node = made;
  while (typescript.isParenthesizedExpression(node.parent)) node = node.parent;
  const { parent } = node;
  return typescript.isCallExpression(parent) || typescript.isNewExpression(parent)
    ? parent
    : undefined;
}
