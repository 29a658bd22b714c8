import ts from "typescript";
import type { CheckedCell } from "./CheckedCell";
import type { CellProblem } from "./Compiler";
import { integerDivisions } from "./integerDivisions";
import { lineAndColumn } from "./lineAndColumn";
import { SLIPS } from "./slips";
import type { Look } from "./Trap";

/** What is right by the language's rules and hardly meant: said as a warning. */
export function traps({ source, preludeLength, session }: CheckedCell): CellProblem[] {
  const program = session.program();
  const file = program.getSourceFile(session.cellFile)!;
  const found: CellProblem[] = [];
  const visit = (node: ts.Node): void => {
    for (const look of [...TRAPS, ...SLIPS]) {
      const trap = look(node, program.getTypeChecker());
      if (!trap) continue;
      const [at, message, hint] = trap;
      const start = at.getStart(file) - preludeLength;
      const length = at.end - preludeLength - start;
      found.push({ code: 0, message, start, length, ...lineAndColumn(source, start), hint });
    }
    ts.forEachChild(node, visit);
  };
  for (const statement of file.statements)
    if (statement.getStart(file) >= preludeLength) visit(statement);
  return [...found, ...integerDivisions(source)];
}

const TRAPS: readonly Look[] = [
  function negativeIndex(node) {
    if (!ts.isElementAccessExpression(node)) return undefined;
    if (/^\d*\.\d+$/.test(node.argumentExpression.getText()))
      return [node, "An index is a whole number: this is undefined.", "Math.floor(x) makes one."];
    if (!isNegative(node.argumentExpression)) return undefined;
    const write = `${node.expression.getText()}.at(${node.argumentExpression.getText()})`;
    return [node, "An index does not count from the end: this is undefined.", `Write ${write}.`];
  },

  function assignmentAsCondition(node) {
    if (!ts.isIfStatement(node) && !ts.isWhileStatement(node)) return undefined;
    if (!isOperation(node.expression, ts.SyntaxKind.EqualsToken)) return undefined;
    return [node.expression, "This = gives a value, it does not compare.", "To compare write ===."];
  },

  function power(node) {
    if (!isOperation(node, ts.SyntaxKind.CaretToken) || !ts.isNumericLiteral(node.right))
      return undefined;
    return [node, "^ is an operation on bits, and no power.", "The power is x ** 2."];
  },

  function mirroredAssignment(node) {
    if (!isOperation(node, ts.SyntaxKind.EqualsToken)) return undefined;
    const sign = /=([+-]) \S/.exec(node.getText().slice(node.left.getText().length));
    if (!sign || !ts.isPrefixUnaryExpression(node.right)) return undefined;
    return [
      node,
      `=${sign[1]} gives the value ${node.right.getText().replace(" ", "")}; it does not ${sign[1] === "+" ? "add" : "subtract"}.`,
      `Write ${node.left.getText()} ${sign[1]}= ${node.right.operand.getText()}.`,
    ];
  },

  /** `xs.map((x) => { x * 2 })`, whose braces are a block, or were meant as an object's. */
  function lostResult(node) {
    const isCallback =
      ts.isFunctionExpression(node) && !node.name && ts.isCallExpression(node.parent);
    if (!(ts.isArrowFunction(node) || isCallback) || !ts.isBlock(node.body)) return undefined;
    const [only, second] = node.body.statements;
    if (!only || second) return undefined;
    const parameters = node.parameters.map((parameter) => parameter.name.getText()).join(", ");
    if (ts.isLabeledStatement(only) && ts.isExpressionStatement(only.statement))
      return [
        node.body,
        "These braces are a block, and give nothing back.",
        `An object stands in brackets: (${parameters}) => (${node.body.getText()}).`,
      ];
    if (!ts.isExpressionStatement(only) || hasEffect(only.expression)) return undefined;
    return [
      node.body,
      "These braces are a block, and give nothing back.",
      `Write (${parameters}) => ${only.expression.getText()}, or return before the value.`,
    ];
  },

  /** `for (const i in xs)` of a list: the indices, as texts. */
  function indicesAsTexts(node, checker) {
    if (!ts.isForInStatement(node) || !isList(checker.getTypeAtLocation(node.expression), checker))
      return undefined;
    return [
      node.initializer,
      "for ... in goes through the indices of a list, and these are texts.",
      `Its values: for (const x of ${node.expression.getText()}); its indices: for (let i = 0; i < ${node.expression.getText()}.length; i++).`,
    ];
  },

  /** `[10, 9].sort()` compares texts. */
  function sortedAsTexts(node, checker) {
    if (!ts.isCallExpression(node) || node.arguments.length > 0) return undefined;
    const { expression } = node;
    if (!ts.isPropertyAccessExpression(expression)) return undefined;
    if (ts.isArrayLiteralExpression(expression.expression)) return undefined; // its numbers are in sight
    if (!/^(?:sort|toSorted)$/.test(expression.name.text)) return undefined;
    const type = checker.typeToString(checker.getTypeAtLocation(expression.expression));
    if (!/^(?:readonly )?number\[\]$/.test(type)) return undefined;
    const name = expression.name.text;
    return [
      node,
      `${name}() compares texts, and puts 10 before 9.`,
      `Write ${name}((a, b) => a - b).`,
    ];
  },

  /** `a === b` of two lists or tensors: the same object, not the same numbers. */
  function comparedAsObjects(node, checker) {
    if (!ts.isBinaryExpression(node) || !EQUALITIES.has(node.operatorToken.kind)) return undefined;
    const sides = [node.left, node.right].map((side) => checker.getTypeAtLocation(side));
    const [a, b] = [node.left.getText(), node.right.getText()];
    if (sides.every((type) => checker.typeToString(type) === "Tensor"))
      return [
        node,
        "This asks whether the two are one and the same tensor, not whether they hold the same.",
        `The largest difference: zip(${a}, ${b}, (p, q) => Math.abs(p - q)).max().`,
      ];
    if (!sides.every((type) => isList(type, checker))) return undefined;
    return [
      node,
      "This asks whether the two are one and the same list, not whether they hold the same.",
      `Compare JSON.stringify(${a}) === JSON.stringify(${b}).`,
    ];
  },

  /** `if (x)` of a tensor, a list or, with => for >=, a function. */
  function alwaysTrue(node, checker) {
    if (!ts.isIfStatement(node) && !ts.isWhileStatement(node)) return undefined;
    if (ts.isArrowFunction(node.expression))
      return [
        node.expression,
        "=> makes a function, which counts as true.",
        "To compare write >=.",
      ];
    const type = checker.getTypeAtLocation(node.expression);
    const isTensor = checker.typeToString(type) === "Tensor";
    if (!isTensor && !isList(type, checker)) return undefined;
    const text = node.expression.getText();
    return isTensor
      ? [
          node.expression,
          "A tensor counts as true, whatever it holds.",
          `Ask for a number of it: ${text}.max() > 0.`,
        ]
      : [node.expression, "A list counts as true, an empty one too.", `Write ${text}.length > 0.`];
  },

  /** `-x` of a tensor is NaN. */
  function signOfTensor(node, checker) {
    if (!ts.isPrefixUnaryExpression(node) || node.operator !== ts.SyntaxKind.MinusToken)
      return undefined;
    if (checker.typeToString(checker.getTypeAtLocation(node.operand)) !== "Tensor")
      return undefined;
    return [
      node,
      "A sign belongs to a number: this is NaN.",
      `With each value: ${node.operand.getText()}.map((v) => -v).`,
    ];
  },

  function keyboard(node) {
    if (!ts.isPropertyAccessExpression(node) || node.getText() !== "process.stdin")
      return undefined;
    return [
      node,
      "A notebook gives its kernel no keyboard: nothing comes from here.",
      'Ask for a line by prompt("name? ").',
    ];
  },
];

const EQUALITIES: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

const isNegative = (node: ts.Expression) =>
  ts.isPrefixUnaryExpression(node) &&
  node.operator === ts.SyntaxKind.MinusToken &&
  ts.isNumericLiteral(node.operand);

function isOperation(node: ts.Node, operator: ts.SyntaxKind): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === operator;
}

const isList = (type: ts.Type, checker: ts.TypeChecker) =>
  checker.isArrayType(type) || checker.isTupleType(type);

/** Whether it may do something besides giving a value: calls, assignments, await and their like. */
function hasEffect(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return false;
  if (
    ts.isCallExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isAwaitExpression(node) ||
    ts.isYieldExpression(node) ||
    ts.isDeleteExpression(node) ||
    ts.isTaggedTemplateExpression(node) ||
    ts.isPostfixUnaryExpression(node) ||
    (ts.isPrefixUnaryExpression(node) &&
      (node.operator === ts.SyntaxKind.PlusPlusToken ||
        node.operator === ts.SyntaxKind.MinusMinusToken)) ||
    (ts.isBinaryExpression(node) &&
      node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
      node.operatorToken.kind <= ts.SyntaxKind.LastAssignment)
  )
    return true;
  return ts.forEachChild(node, (child) => hasEffect(child) || undefined) ?? false;
}
