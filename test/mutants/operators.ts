import type ts from "typescript";
import { binaryMutants } from "./binaryMutants";
import type { Mutate, Replacement } from "./Mutant";
import { swaps } from "./swaps";

/** The kinds of small change that are made to a solution, each wherever it fits. */
export const OPERATORS: Record<string, Mutate> = {
  "operator changed": binaryMutants,

  "number off by one"(typescript, node) {
    if (!typescript.isNumericLiteral(node)) return [];
    const value = Number(node.text);
    const others = [value + 1, value - 1, ...(value > 1 ? [0] : [])];
    return others.map((other) => replace(node, other < 0 ? `(${other})` : String(other)));
  },

  "argument off by one"(typescript, node) {
    if (!typescript.isCallExpression(node)) return [];
    return node.arguments
      .filter((argument) => isPlainNumber(typescript, argument))
      .flatMap((argument) =>
        [" + 1", " - 1"].map((by) => replace(argument, `${argument.getText()}${by}`)),
      );
  },

  "statement left out"(typescript, node) {
    const isLeft =
      typescript.isExpressionStatement(node) ||
      typescript.isIfStatement(node) ||
      typescript.isContinueStatement(node) ||
      typescript.isBreakStatement(node);
    return isLeft ? [replace(node, ";")] : [];
  },

  "condition fixed"(typescript, node) {
    const condition = typescript.isIfStatement(node)
      ? node.expression
      : typescript.isConditionalExpression(node)
        ? node.condition
        : undefined;
    return condition ? ["true", "false"].map((value) => replace(condition, value)) : [];
  },

  "loop cut short"(typescript, node) {
    if (typescript.isForOfStatement(node)) {
      const list = node.expression;
      const parts = ["slice(0, 1)", "slice(1)", "slice(0, -1)"];
      return parts.map((part) => replace(list, `[...${list.getText()}].${part}`));
    }
    if (!typescript.isForStatement(node)) return [];
    const { statement, condition } = node;
    const body = statement.getText();
    return [
      replace(statement, `{ ${body} break; }`),
      ...(condition && typescript.isBinaryExpression(condition)
        ? [
            replace(condition.right, "1"),
            replace(condition.right, `${condition.right.getText()} - 1`),
          ]
        : []),
    ];
  },

  "break and continue"(typescript, node) {
    if (typescript.isBreakStatement(node)) return [replace(node, "continue;")];
    return typescript.isContinueStatement(node) ? [replace(node, "break;")] : [];
  },

  "assignment changed"(typescript, node) {
    if (!typescript.isBinaryExpression(node)) return [];
    const others: Record<string, string[]> = {
      "+=": ["=", "-="],
      "-=": ["=", "+="],
      "*=": ["=", "+=", "/="],
      "/=": ["=", "*="],
    };
    const at = node.operatorToken;
    return (others[at.getText()] ?? []).map((other) => replace(at, other));
  },

  "sign changed"(typescript, node) {
    if (typescript.isPrefixUnaryExpression(node))
      return ["-", "!"].includes(node.getText()[0]) ? [replace(node, node.operand.getText())] : [];
    if (!typescript.isReturnStatement(node) || !node.expression) return [];
    const isNumber =
      typescript.isBinaryExpression(node.expression) || typescript.isIdentifier(node.expression);
    return isNumber ? [replace(node.expression, `-(${node.expression.getText()})`)] : [];
  },

  "choice changed"(typescript, node) {
    if (!typescript.isConditionalExpression(node)) return [];
    const [yes, no] = [node.whenTrue.getText(), node.whenFalse.getText()];
    return [replace(node, `${node.condition.getText()} ? ${no} : ${yes}`)];
  },

  "function changed"(typescript, node) {
    if (
      !typescript.isCallExpression(node) ||
      !typescript.isPropertyAccessExpression(node.expression)
    )
      return [];
    const { name, expression } = node.expression;
    const others: Record<string, string[]> = {
      floor: ["ceil", "round"],
      ceil: ["floor", "round"],
      round: ["floor"],
      max: ["min"],
      min: ["max"],
      abs: ["sign"],
      every: ["some"],
      some: ["every"],
      hypot: ["max"],
      argmax: [],
    };
    const changed = (others[name.text] ?? []).map((other) => replace(name, other));
    const isMath = expression.getText() === "Math";
    const [first] = node.arguments;
    const without = isMath
      ? node.arguments.map((argument) => replace(node, `(${argument.getText()})`))
      : ["map", "filter", "slice", "reverse", "sort", "transpose", "reshape"].includes(name.text)
        ? [replace(node, expression.getText())]
        : [];
    return first || without.length > 0 ? [...changed, ...without] : changed;
  },

  "value changed"(typescript, node) {
    const others: Record<string, string> = {
      true: "false",
      false: "true",
      '"same"': '"valid"',
      '"valid"': '"same"',
      '"max"': '"average"',
      '"average"': '"max"',
    };
    const isValue =
      typescript.isStringLiteral(node) ||
      node.kind === typescript.SyntaxKind.TrueKeyword ||
      node.kind === typescript.SyntaxKind.FalseKeyword;
    const other = isValue ? others[node.getText()] : undefined;
    return other ? [replace(node, other)] : [];
  },

  "part left out"(typescript, node) {
    if (typescript.isCallExpression(node))
      return node.arguments
        .filter((argument) => typescript.isCallExpression(argument))
        .map((argument) => leftOut(node.arguments, argument));
    if (typescript.isObjectLiteralExpression(node))
      return node.properties.map((property) => leftOut(node.properties, property));
    if (typescript.isArrayLiteralExpression(node))
      return node.elements.map((element) => leftOut(node.elements, element));
    return [];
  },

  "neighbours swapped": swaps,

  "property taken from its neighbour"(typescript, node) {
    if (!typescript.isObjectLiteralExpression(node)) return [];
    const values = node.properties.map((property) =>
      typescript.isPropertyAssignment(property)
        ? property.initializer.getText()
        : property.name?.getText(),
    );
    return node.properties.flatMap((property, i) => {
      const other = values[(i + 1) % values.length];
      if (!property.name || other === undefined || other === values[i]) return [];
      return [replace(property, `${property.name.getText()}: ${other}`)];
    });
  },
};

function isPlainNumber(typescript: typeof ts, argument: ts.Expression): boolean {
  return (
    typescript.isIdentifier(argument) ||
    (typescript.isBinaryExpression(argument) && /^[+\-*/%]$/.test(argument.operatorToken.getText()))
  );
}

function replace(node: ts.Node, text: string): Replacement {
  return { start: node.getStart(), end: node.getEnd(), text };
}

/** Without one of a list, and the comma that belongs to it. */
function leftOut(all: ts.NodeArray<ts.Node>, one: ts.Node): Replacement {
  const at = all.indexOf(one);
  const next = all[at + 1];
  const before = all[at - 1];
  return {
    start: next || !before ? one.getStart() : before.getEnd(),
    end: next ? next.getStart() : one.getEnd(),
    text: "",
  };
}
