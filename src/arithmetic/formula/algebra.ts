import type {
  FunctionNode,
  MathNode,
  OperatorNode,
  ParenthesisNode,
  SymbolNode,
} from "mathjs" with { "resolution-mode": "import" };
import type { Expression } from "./expression";

/** What `require` gives too; mathjs has declarations for `import` alone. */
type Mathjs = typeof import("mathjs", { with: { "resolution-mode": "import" } });

/** mathjs takes a good part of a second to load: only who asks for algebra waits for it. */
export function mathjs(): Mathjs {
  return require("mathjs") as Mathjs;
}

/** The letters in an expression, each once. */
export function lettersOf(expression: Expression): string[] {
  const letters = mathjs()
    .parse(expression)
    .filter((node, path) => isSymbol(node) && path !== "fn")
    .map((node) => (node as SymbolNode).name);
  return [...new Set(letters)];
}

/** The expression with other expressions substituted for letters. */
export function substitute(
  expression: Expression,
  values: Readonly<Record<string, Expression>>,
): Expression {
  const { parse } = mathjs();
  return parse(expression)
    .transform((node) =>
      isSymbol(node) && node.name in values ? parse(`(${values[node.name]})`) : node,
    )
    .toString({ parenthesis: "auto" });
}

/** Brackets opened, so that terms can meet and cancel. */
const OPEN_BRACKETS = [
  "c1*(n1 + n2) -> c1*n1 + c1*n2",
  "c1*(n1 - n2) -> c1*n1 - c1*n2",
  "n1 - (n2 + n3) -> n1 - n2 - n3",
  "n1 - (n2 - n3) -> n1 - n2 + n3",
];

/** The same expression, written as shortly as mathjs finds. */
export function tidy(expression: Expression): Expression {
  const { simplify, simplifyCore, simplifyConstant } = mathjs();
  const candidates = [
    simplifyConstant(simplifyCore(expression)),
    simplify(expression, OPEN_BRACKETS),
    simplify(expression),
    simplify(simplify(expression, OPEN_BRACKETS)),
  ].map((node) => node.toString({ parenthesis: "auto" }));
  // Of two as short the first is kept, which has its terms in the order of the formula.
  return candidates.reduce((best, next) => (next.length < best.length ? next : best));
}

/** The value of an expression; `null` when it has letters. */
export function numericValue(expression: Expression): number | null {
  return lettersOf(expression).length > 0 ? null : Number(mathjs().evaluate(expression));
}

/** The expression in TeX, written as on paper: 2p, a fraction, a floor. */
export function texOf(expression: Expression): string {
  const tex = (node: MathNode): string => node.toTex({ parenthesis: "auto", handler });
  const handler = (node: MathNode): string | undefined => {
    if (isSymbol(node)) return node.name;
    if (node.type === "FunctionNode") {
      return String.raw`\left\lfloor ${tex((node as FunctionNode).args[0])} \right\rfloor`;
    }
    if (isOperator(node, "*")) {
      const [left, right] = node.args.map(withoutParentheses).map((factor) => {
        const isSum = isOperator(factor, "+") || isOperator(factor, "-");
        return isSum ? String.raw`\left(${tex(factor)}\right)` : tex(factor);
      });
      const bothNumbers = /\d$/.test(left) && /^\d/.test(right);
      return bothNumbers ? String.raw`${left} \cdot ${right}` : `${left} ${right}`;
    }
    return undefined;
  };
  return tex(mathjs().parse(expression)).trim().replaceAll(/ +/g, " ");
}

/** The expression as text, with a point between factors: `"(n + 2·p - f) / s"`. */
export function textOf(expression: Expression): string {
  return expression.replaceAll(" * ", "·");
}

export function isOperator(node: MathNode, op: string): node is OperatorNode {
  return node.type === "OperatorNode" && (node as OperatorNode).op === op;
}

export function withoutParentheses(node: MathNode): MathNode {
  if (node.type !== "ParenthesisNode") return node;
  return withoutParentheses((node as ParenthesisNode).content);
}

function isSymbol(node: MathNode): node is SymbolNode {
  return node.type === "SymbolNode";
}
