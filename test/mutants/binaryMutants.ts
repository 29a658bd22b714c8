import type ts from "typescript";
import type { Replacement } from "./Mutant";

const OTHERS: Record<string, readonly string[]> = {
  "+": ["-"],
  "-": ["+"],
  "*": ["/", "+"],
  "/": ["*"],
  "%": ["*", "/"],
  "**": ["*"],
  "<": ["<=", ">"],
  "<=": ["<", ">="],
  ">": [">=", "<"],
  ">=": [">", "<="],
  "===": ["!=="],
  "!==": ["==="],
  "&&": ["||"],
  "||": ["&&"],
};
/** Of these, either side may have been forgotten. */
const TERMS = new Set(["+", "-", "*", "/", "%", "**", "&&", "||", "??"]);

/** Another operator in place of one, or one side of it alone. */
export function binaryMutants(typescript: typeof ts, node: ts.Node): Replacement[] {
  if (!typescript.isBinaryExpression(node)) return [];
  const { left, operatorToken, right } = node;
  const operator = operatorToken.getText();
  const changed = (OTHERS[operator] ?? []).map((text) => ({
    start: operatorToken.getStart(),
    end: operatorToken.getEnd(),
    text,
  }));
  if (!TERMS.has(operator)) return changed;
  const whole = { start: node.getStart(), end: node.getEnd() };
  const alone = [left, right].map((side) => ({ ...whole, text: `(${side.getText()})` }));
  return [...changed, ...alone];
}
