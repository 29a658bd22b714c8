import { ARITHMETIC, type HintContext, NO_RETURN } from "./HintContext";

/** Operators between things that are no numbers. */
export function arithmetic({
  message,
  text,
  before,
  after,
  type = "",
  owner = "",
}: HintContext): string | undefined {
  if (/[-+*/%]\s*\n/.test(text) && /'void'/.test(message))
    return "This line ends with an operator, so that it goes on in the next one: a value is missing at its end.";
  if (/'void'/.test(message) || type === "void") return NO_RETURN;
  if (/'\([^']*\) => /.test(message) || /^\(.*\) => /.test(type))
    return "A function is not called yet: put () behind its name.";
  if (/^\s*["'`]/.test(text) && /^\s*%/.test(after))
    return "Values are put into a text between backquotes: `${n} items`.";
  if (/Tensor/.test(message) || /Tensor/.test(text) || [type, owner].includes("Tensor"))
    return ARITHMETIC;
  if (/types 'boolean' and 'number'/.test(message))
    return "Two comparisons are two: 0 < x && x < 3.";
  if (/bigint|'-?\d+n'/.test(message) && /types/.test(message))
    return "A number like 10n is a BigInt, and goes with its like alone: Number(x) makes a plain number of it.";
  if (/\[\]'/.test(message) || /\[\]$/.test(type))
    return "Lists are joined by [...a, ...b]; with each value: xs.map((x) => x * 2).";
  if (/^\s*["'`]/.test(text) || /["'`]\s*\*?\s*$/.test(before))
    return 'A text is repeated by "-".repeat(20), and becomes a number by Number(text).';
  if (/^"|^string$/.test(type)) return "A text becomes a number by Number(text).";
  if (/'\{/.test(message) || /^\{/.test(type))
    return "An object is no number: take the property that is meant, as in o.size.";
  if (/arithmetic operation must be/.test(message))
    return `${ARITHMETIC} A text becomes a number by Number(text).`;
  return undefined;
}

/** Comparisons of what can never be the same. */
export function neverTheSame({ text, message }: HintContext): string {
  const literal = /the types '(-?[\d.]+|"[^"]*")' and '(?:-?[\d.]+|"[^"]*")'/.exec(message)?.[1];
  if (literal)
    return `It is always ${literal} here, since it is a const: what changes is declared by let.`;
  if (/\btypeof\b/.test(text))
    return 'typeof knows "number", "string", "boolean", "object", "function" and "undefined"; a class is asked for by x instanceof Tensor.';
  if (/^\s*!/.test(text))
    return "! belongs to what stands right behind it: for not equal write a !== b.";
  return "The two can never be the same; often one is a text and the other a number.";
}
