import ts from "typescript";
import type { Look } from "./Trap";

/** Slips of the hand: one sign too many, too few, or another than was meant. */
export const SLIPS: readonly Look[] = [
  /** `for (let i = 0; i <= xs.length; i++) xs[i]` */
  function beyondTheEnd(node) {
    if (!ts.isForStatement(node) || !node.condition) return undefined;
    const { condition } = node;
    if (
      !ts.isBinaryExpression(condition) ||
      condition.operatorToken.kind !== ts.SyntaxKind.LessThanEqualsToken ||
      !ts.isPropertyAccessExpression(condition.right) ||
      condition.right.name.text !== "length"
    )
      return undefined;
    const [index, list] = [condition.left.getText(), condition.right.expression.getText()];
    if (!contains(node.statement, (inner) => isElement(inner, list, index))) return undefined;
    return [
      condition,
      `The last index is ${list}.length - 1: ${list}[${list}.length] is undefined.`,
      `Write ${index} < ${list}.length.`,
    ];
  },

  /** `for (...); { ... }` */
  function emptyBody(node) {
    if (!ts.isForStatement(node) && !ts.isWhileStatement(node) && !ts.isIfStatement(node))
      return undefined;
    const body = ts.isIfStatement(node) ? node.thenStatement : node.statement;
    if (!ts.isEmptyStatement(body)) return undefined;
    const next = node.getSourceFile().text.slice(node.end);
    if (!/^\s*\{/.test(next)) return undefined;
    return [
      body,
      "The statement ends at this semicolon: the braces behind it are no part of it.",
      "Leave out the semicolon.",
    ];
  },

  /** `"size ${n}"` */
  function templateInQuotes(node) {
    if (!ts.isStringLiteral(node) || !/\$\{[\w.$[\]()]+\}/.test(node.text)) return undefined;
    return [
      node,
      "Values are put into a text only between backquotes.",
      `Write \`${node.text.replaceAll("`", "\\`")}\`.`,
    ];
  },

  /** `xs.filter((x) => x = 2)` */
  function assignmentAsAnswer(node) {
    if (!ts.isArrowFunction(node) || !ts.isCallExpression(node.parent)) return undefined;
    const { expression } = node.parent;
    if (!ts.isPropertyAccessExpression(expression) || !ASKING.has(expression.name.text))
      return undefined;
    if (
      !ts.isBinaryExpression(node.body) ||
      node.body.operatorToken.kind !== ts.SyntaxKind.EqualsToken
    )
      return undefined;
    return [node.body, "This = gives a value, it does not compare.", "To compare write ===."];
  },

  /** `n === 1 || 2` */
  function halfComparison(node) {
    if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.BarBarToken)
      return undefined;
    const { left, right } = node;
    if (!ts.isBinaryExpression(left) || !COMPARING.has(left.operatorToken.kind)) return undefined;
    if (!ts.isNumericLiteral(right) && !ts.isStringLiteral(right)) return undefined;
    if (!right.text || right.text === "0") return undefined;
    const comparison = `${left.left.getText()} ${left.operatorToken.getText()} ${right.getText()}`;
    return [
      right,
      "Behind || this stands alone, and counts as true.",
      `Each comparison names both sides: ${left.getText()} || ${comparison}.`,
    ];
  },

  /** `n in xs` asks for an index. */
  function valueInList(node, checker) {
    if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.InKeyword)
      return undefined;
    const type = checker.getTypeAtLocation(node.right);
    if (!checker.isArrayType(type) && !checker.isTupleType(type)) return undefined;
    return [
      node,
      "in asks for an index of the list, not for a value in it.",
      `Write ${node.right.getText()}.includes(${node.left.getText()}).`,
    ];
  },

  /** `{n}` in a text between backquotes, without its dollar. */
  function forgottenDollar(node, checker) {
    if (!ts.isNoSubstitutionTemplateLiteral(node)) return undefined;
    const name = /(?:^|[^$\w])\{([A-Za-z_]\w*)\}/.exec(node.text)?.[1];
    if (!name || !checker.resolveName(name, node, ts.SymbolFlags.Value, false)) return undefined;
    return [
      node,
      `The value of ${name} is not put in: a $ is missing before the {.`,
      `Write ${node.getText().replace(`{${name}}`, `\${${name}}`)}.`,
    ];
  },

  /** `x = x` in a constructor. */
  function givenToItself(node) {
    if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
      return undefined;
    const name = node.left.getText();
    if (!ts.isIdentifier(node.left) || node.right.getText() !== name) return undefined;
    let around: ts.Node = node;
    while (around.parent && !ts.isConstructorDeclaration(around)) around = around.parent;
    return [
      node,
      `${name} gets the value that it has.`,
      ts.isConstructorDeclaration(around)
        ? `A property of the object is this.${name}: write this.${name} = ${name}.`
        : "One of the two names is meant to be another.",
    ];
  },

  /** Python's `__init__`, and Java's method named as its class. */
  function otherConstructor(node) {
    if (!ts.isMethodDeclaration(node) || !ts.isClassLike(node.parent)) return undefined;
    const name = node.name.getText();
    if (name !== "__init__" && name !== node.parent.name?.text) return undefined;
    return [
      node.name,
      "Nothing calls this when an object is made.",
      `It is called constructor: constructor(${node.parameters
        .map((parameter) => parameter.getText())
        .filter((text) => text !== "self")
        .join(", ")}) { ... }.`,
    ];
  },

  /** `xs.forEach(async (x) => { await ... })` */
  function notAwaited(node) {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression))
      return undefined;
    const [callback] = node.arguments;
    if (!callback || !(ts.isArrowFunction(callback) || ts.isFunctionExpression(callback)))
      return undefined;
    if (!callback.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword))
      return undefined;
    const name = node.expression.name.text;
    const list = node.expression.expression.getText();
    if (name === "forEach")
      return [
        node.expression.name,
        "forEach does not wait for what is async: the lines below run before it is done.",
        `Write for (const ${callback.parameters[0]?.name.getText() ?? "x"} of ${list}) { ... }, with await inside.`,
      ];
    if (!ASKING.has(name)) return undefined;
    return [
      node.expression.name,
      `What is async gives a promise, which counts as true: ${name} asks nothing.`,
      `First await all answers: const answers = await Promise.all(${list}.map(async (x) => ...)).`,
    ];
  },

  /** `texts.map(parseInt)` */
  function indexAsBase(node) {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression))
      return undefined;
    const [callback] = node.arguments;
    if (node.expression.name.text !== "map" || callback?.getText() !== "parseInt") return undefined;
    return [
      callback,
      "map hands over the index too, which parseInt takes for the base to count in.",
      "Write map(Number).",
    ];
  },

  /** `0.1 + 0.2 === 0.3` */
  function exactFractions(node) {
    if (!ts.isBinaryExpression(node) || !COMPARING.has(node.operatorToken.kind)) return undefined;
    const sides = [node.left, node.right];
    const isFraction = (side: ts.Node) => ts.isNumericLiteral(side) && /\./.test(side.getText());
    if (!sides.every((side) => contains(side, isFraction))) return undefined;
    if (!sides.some((side) => ts.isBinaryExpression(side))) return undefined;
    const [a, b] = sides.map((side) => side.getText());
    return [
      node,
      "Fractions are rounded when they are computed with: these may differ in the last digit.",
      `Ask Math.abs(${a} - ${ts.isBinaryExpression(node.right) ? `(${b})` : b}) < 1e-9.`,
    ];
  },

  /** `${v}` or `"text" + v` of a promise, or of a method that is not called. */
  function unfinishedInText(node, checker) {
    const typeOf = (value: ts.Expression) => checker.getTypeAtLocation(value);
    const isText = (value: ts.Expression) => (typeOf(value).flags & ts.TypeFlags.StringLike) !== 0;
    const value = ts.isTemplateSpan(node)
      ? node.expression
      : ts.isBinaryExpression(node) &&
          node.operatorToken.kind === ts.SyntaxKind.PlusToken &&
          isText(node.left)
        ? node.right
        : undefined;
    if (!value) return undefined;
    if (/^Promise</.test(checker.typeToString(typeOf(value))))
      return [
        value,
        "The value is still on its way: the text says [object Promise].",
        `Write await ${value.getText()}.`,
      ];
    if (!ts.isPropertyAccessExpression(value) || typeOf(value).getCallSignatures().length === 0)
      return undefined;
    return [
      value,
      "This is a function, and the text gets its code.",
      `Call it: ${value.getText()}().`,
    ];
  },

  /** `return` with its value on the line below. */
  function returnAlone(node) {
    if (!ts.isReturnStatement(node) || node.expression || !ts.isBlock(node.parent))
      return undefined;
    const { statements } = node.parent;
    const next = statements[statements.indexOf(node) + 1];
    if (!next || !ts.isExpressionStatement(next) || /;$/.test(node.getText())) return undefined;
    return [
      node,
      "return ends with its line: the value below is not given back.",
      "Let the value begin behind return, on the same line.",
    ];
  },

  /** `new Array(3).fill([])` */
  function oneForAll(node) {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression))
      return undefined;
    const [value] = node.arguments;
    if (node.expression.name.text !== "fill" || !value) return undefined;
    const made =
      ts.isArrayLiteralExpression(value) ||
      ts.isObjectLiteralExpression(value) ||
      ts.isNewExpression(value) ||
      (ts.isCallExpression(value) && /^(?:new )?Array\b|\.fill\(/.test(value.getText()));
    if (!made) return undefined;
    return [
      node,
      "Every index gets one and the same object: what changes in one changes in all.",
      `One for each: Array.from({ length: n }, () => ${value.getText()}).`,
    ];
  },
];

const COMPARING: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
]);

/** Methods whose function answers yes or no. */
const ASKING = new Set(["filter", "find", "findIndex", "findLast", "some", "every"]);

const isElement = (node: ts.Node, list: string, index: string) =>
  ts.isElementAccessExpression(node) &&
  node.expression.getText() === list &&
  node.argumentExpression.getText() === index;

function contains(node: ts.Node, matches: (node: ts.Node) => boolean): boolean {
  return (
    matches(node) ||
    (ts.forEachChild(node, (child) => contains(child, matches) || undefined) ?? false)
  );
}
