import type { MathNode, OperatorNode } from "mathjs" with { "resolution-mode": "import" };
import { isOperator, lettersOf, mathjs, tidy, numericValue, withoutParentheses } from "./algebra";
import type { Expression } from "./expression";
import type { Bound, Relation } from "./relation";

/** One line of algebra, and what was done to come to it. */
export interface Rearrangement {
  relation: Relation;
  why: string;
}

/**
 * Rearranges a relation, line by line, until `letter` stands alone in its middle. The letter must occur there
 * once, in sums, products and quotients whose other factors are positive.
 */
export function isolate(letter: string, relation: Relation): Rearrangement[] {
  const lines: Rearrangement[] = [];
  const sides = relation.low === relation.high ? "both sides" : "all sides";
  let current = relation;
  while (current.middle !== letter) {
    const { inner, undo, turns, what } = peel(current.middle, letter, sides);
    const moved = (bound: Bound | null): Bound | null => {
      if (bound === null) return null;
      const value = undo(bound.value);
      return value === null ? null : { value: tidy(value), closed: bound.closed };
    };
    const [low, high] = [moved(current.low), moved(current.high)];
    current = { middle: inner, low: turns ? high : low, high: turns ? low : high };
    const turned = turns && sides === "all sides" ? ": the order turns" : "";
    lines.push({ relation: current, why: `${what}${turned}.` });
  }
  return lines;
}

/** What lies outside of the letter in an expression, and how to bring it to the other sides. */
interface Peeled {
  inner: Expression;
  /** What becomes of a bound; `null` when it falls away. */
  undo: (bound: Expression) => Expression | null;
  /** Whether the smaller side becomes the greater. */
  turns: boolean;
  /** In words. */
  what: string;
}

function peel(expression: Expression, letter: string, sides: string): Peeled {
  const node = mathjs().parse(expression);
  const has = (part: MathNode) => lettersOf(part.toString()).includes(letter);
  if (isOperator(node, "+") || isOperator(node, "-")) return peelTerms(node, has, sides);

  const parts = (node as OperatorNode).args.map(withoutParentheses);
  const isLeft = has(parts[0]);
  const [inner, other] = (isLeft ? parts : [...parts].reverse()).map(String);
  if (isOperator(node, "*")) {
    const undo = (x: Expression) => `(${x}) / (${other})`;
    return { inner, undo, turns: false, what: `Divide by \`${other}\`` };
  }
  if (isLeft) {
    const undo = (x: Expression) => `(${other}) * (${x})`;
    return { inner, undo, turns: false, what: `Multiply by \`${other}\`` };
  }
  // Nothing divided by zero: a quotient of at least 0 sets no limit to its divisor.
  const undo = (x: Expression) => (numericValue(x) === 0 ? null : `(${other}) / (${x})`);
  return { inner, undo, turns: true, what: `Divide \`${other}\` by ${sides}` };
}

/** Brings all terms without the letter over at once. */
function peelTerms(sum: OperatorNode, has: (part: MathNode) => boolean, sides: string): Peeled {
  let node: MathNode = sum;
  let undo = (x: Expression): Expression => x;
  let turns = false;
  while (isOperator(node, "+") || isOperator(node, "-")) {
    const outer = undo;
    const isLeft = has(node.args[0]);
    const [inner, term] = isLeft ? node.args : [...node.args].reverse();
    if (node.op === "+") undo = (x) => `(${outer(x)}) - (${term})`;
    else if (isLeft) undo = (x) => `(${outer(x)}) + (${term})`;
    else {
      undo = (x) => `(${term}) - (${outer(x)})`;
      turns = !turns;
    }
    node = withoutParentheses(inner);
  }
  const moved = tidy(undo("0"));
  const negative = /^-([\w.]+)$/.exec(moved);
  const what = turns
    ? `Subtract ${sides} from \`${moved}\``
    : negative
      ? `Subtract \`${negative[1]}\` on ${sides}`
      : `Add \`${moved}\` on ${sides}`;
  return { inner: String(node), undo, turns, what };
}
