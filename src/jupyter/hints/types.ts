import { missingModuleHint } from "./modules";
import { UNKNOWN_METHODS, UNKNOWN_NAMES } from "./names";

/** What is known of the place that a message of the type checker is about. */
export interface HintContext {
  code: number;
  /** The whole message, its details included. */
  message: string;
  /** The text that is underlined. */
  text: string;
  /** The cell from the underlined text on, and up to it. */
  after: string;
  before: string;
  /** Whether convbook exports the name. */
  inPackage(name: string): boolean;
  /** What an earlier cell made of the name. */
  earlier(name: string): { kind: string; cell: number; wasImported?: string } | undefined;
  /** How the call around the place is made: `conv2d(x: Tensor, ...): Tensor`. */
  signature?: string;
  /** The property names that are known at the place. */
  properties?: readonly string[];
}

type Rule = (context: HintContext, match: RegExpExecArray) => string | undefined;

/** A sentence in plain words for what beginners meet: what to do about a message of the type checker. */
export function typeHint(context: HintContext): string | undefined {
  for (const [codes, pattern, say] of RULES) {
    if (codes.length > 0 && !codes.includes(context.code)) continue;
    const match = pattern.exec(context.message);
    const hint = match && say(context, match);
    if (hint) return hint;
  }
  return undefined;
}

const AWAIT = "The value is still on its way (a Promise): put await before the call that gives it.";
const GET =
  "A tensor's value is x.get(i, j), one index for each axis; x.set(value, i, j) changes it.";
const ARITHMETIC =
  "Operators work on numbers. With each value of a tensor: x.map((v) => v * 2); with two tensors: zip(a, b, (p, q) => p + q).";

const NAME = /Cannot find name '([^']+)'|shorthand property '([^']+)'/;
const UNKNOWN = [2304, 2552, 2503, 18004, 2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593, 2686];
const MEMBER = /^Property '([^']+)' (?:does not exist|may not exist) on type '([^]+?)'/;
const ASSIGN = /Type '|Argument of type '/;

const RULES: readonly [codes: readonly number[], pattern: RegExp, say: Rule][] = [
  [UNKNOWN, NAME, unknownName],
  [[2339, 2551, 2550, 2568], MEMBER, unknownMember],
  [[2307, 2792, 7016], /module '([^']+)'/i, (_, [, name]) => missingModuleHint(name)],
  [
    [2305, 2724, 2614],
    /no exported member(?: named)? '([^']+)'/,
    (_, [, name]) => UNKNOWN_NAMES.get(name),
  ],

  // values that are still on their way
  [
    [2345, 2322, 2740, 2741, 2769, 2349, 2365, 2362, 2363, 2367, 2488, 2504, 2548, 2355, 2802],
    /Promise<|'await'/,
    ({ message }) => (/to type 'Promise</.test(message) ? undefined : AWAIT),
  ],
  [[2801], /./, () => AWAIT],

  // names of earlier cells
  [[2349, 2351, 2348], /./, notCallable],
  [[2588, 2632, 2630, 2629, 2628, 2540], /'([^']+)'/, assignedConstant],
  [[2448, 2449, 2450, 2454], /'([^']+)'/, usedTooEarly],
  [
    [2451, 2300, 2393],
    /'([^']+)'|./,
    () =>
      "Within a cell a name is declared once; a later cell may declare it anew. To change the value, leave out let or const.",
  ],

  // tensors
  [[7053, 7052, 2536], /type '(?:Tensor|NetworkWeights)'/, () => GET],
  [
    [2695],
    /./,
    ({ before }) =>
      /[\w)\]]\[[^\][]*$/.test(before)
        ? `Brackets take one index. ${GET} In a nested list: rows[i][j].`
        : undefined,
  ],
  [[2362, 2363, 2365, 2447, 2356], /./, arithmetic],
  [
    [2345, 2322, 2740, 2741, 2739, 2769],
    /(?:number|never)\[\](?:\[\])*' is (?:not assignable to|missing the following properties from) (?:parameter of )?type '(?:Readonly<)?Tensor/,
    () => "A list of numbers becomes a tensor by tensor([[1, 2], [3, 4]]).",
  ],
  [
    [2345, 2322, 2740, 2741, 2739],
    /type 'number' .*type 'Tensor'/,
    () => "Here a tensor is needed: full(shape, value) fills one with a number.",
  ],
  [
    [2345, 2322, 2740, 2739],
    /type 'Tensor' .*(?:number\[\]|readonly number)/,
    () => "A tensor's values as a list are x.data, as nested lists x.toArray().",
  ],
  [
    [2345, 2322],
    /'Tensor' is not assignable to (?:parameter of )?type '(?:number|string)'/,
    () => GET,
  ],

  // calls and options
  [
    [2353, 2561],
    /'([^']+)' does not exist in type/,
    ({ properties }) => (properties?.length ? `Known here: ${listed(properties)}.` : undefined),
  ],
  [[2554, 2555, 2556, 2575], /./, ({ signature }) => signature && `It is called so: ${signature}`],
  [
    [2345, 2322],
    /'string' is not assignable to (?:parameter of )?type 'number'/,
    () => "A number from a text is Number(text).",
  ],
  [
    [2345, 2322],
    /'number' is not assignable to (?:parameter of )?type 'string'/,
    () => "A text from a number is String(x), or `${x}`.",
  ],
  [
    [2322, 2345],
    /'(?:null|undefined)' is not assignable|'undefined' is not assignable to type|type '[^']*(?:undefined|null)' is not assignable/i,
    () =>
      "If it may be missing, say so in the type, string | null, or give a value for that case: x ?? 0.",
  ],
  [[2345, 2769], ASSIGN, ({ signature }) => signature && `It is called so: ${signature}`],
  [[2741, 2739, 2740], /missing/, () => undefined],
  [
    [2531, 2532, 2533, 18047, 18048, 18049, 2722, 2721],
    /./,
    () =>
      "It may be missing. Ask first, if (x) { ... }, give a value for that case, x ?? 0, or, if you know that it is there, write x!.",
  ],
  [
    [18046, 2571],
    /./,
    () =>
      'Nothing is known of its type; ask by typeof x === "number" or x instanceof Tensor, or say it: x as number.',
  ],

  // functions
  [
    [7006, 7019, 7031, 7051],
    /'([^']+)'/,
    (_, [, name]) => `Say its type: ${name.replace(/^\.\.\./, "")}: number.`,
  ],
  [
    [7005, 7034, 7008, 7010, 7011, 7018],
    /'([^']+)'/,
    (_, [, name]) => `Say its type: ${name}: number[].`,
  ],
  [[2355, 2366, 7030], /./, () => "Each way through the function must end in return."],
  [
    [1308, 1103],
    /./,
    () =>
      "await is at home at the top of a cell and in functions that say async: async function f() { ... }.",
  ],
  [[1108], /./, () => "A cell has no return: its last expression is its value."],
  [
    [2377, 17009],
    /./,
    () => "The constructor of a class that extends another begins with super(...).",
  ],
  [
    [2564],
    /'([^']+)'/,
    (_, [, name]) => `Give it a value where it is declared, or in the constructor: ${name} = 0.`,
  ],
  [
    [2683],
    /./,
    () =>
      "this is at home in the methods of a class; a function takes what it needs as a parameter.",
  ],

  // comparisons
  [[2367], /./, () => "The two can never be the same; often one is a text and the other a number."],
  [
    [2839],
    /./,
    () =>
      "=== asks whether the two are one and the same list, not whether they hold the same; compare JSON.stringify(a) === JSON.stringify(b).",
  ],
  [[2801, 2774], /./, () => "The function is not called: put () behind it."],
  [
    [2358, 2359],
    /./,
    () => 'instanceof asks about classes; about numbers and texts ask by typeof x === "number".',
  ],
  [
    [2488, 2461],
    /./,
    ({ before, after }) =>
      /^\s*=/.test(after) || /\[[^\]]*\]\s*=\s*$/.test(before)
        ? "const [a, b] = ... takes a list apart, and this is none."
        : undefined,
  ],
  [
    [1192, 2613],
    /./,
    () =>
      'Its names are imported in braces: import { tensor } from "convbook"; or all at once: import * as convbook from "convbook";',
  ],
  [
    [2488, 2495, 2461],
    /./,
    () =>
      "for ... of goes through lists. Through an object: Object.entries(o); n times: for (let i = 0; i < n; i++) { ... }.",
  ],
  [[2464, 2538], /./, () => "An index is a number or a text."],
  [[2493], /./, () => undefined],
  [[2511], /./, () => "An abstract class is not made itself; a class that extends it is."],
  [[2341, 2445], /./, () => "private members are seen within their class alone."],
  [[2304], /./, () => undefined],
];

function unknownName(
  context: HintContext,
  [, found, shorthand]: RegExpExecArray,
): string | undefined {
  const name = found ?? shorthand;
  if (context.inPackage(name))
    return `${name} belongs to convbook and is not imported here. Add a line: import { ${name} } from "convbook";`;
  if (/^\s*!\s*$/.test(context.before.slice(context.before.lastIndexOf("\n") + 1)))
    return "Lines with ! are commands of Python's kernel. Use a terminal: File, New, Terminal.";
  const known = UNKNOWN_NAMES.get(name);
  if (known) return known;
  if (/Did you mean/.test(context.message)) return undefined;
  return `No cell that has run declares ${name}. Has its cell been run since the kernel started? Is it spelt so, capitals included?`;
}

function unknownMember(
  { message }: HintContext,
  [, name, type]: RegExpExecArray,
): string | undefined {
  if (/^Promise</.test(type)) return AWAIT;
  if (/^Tensor$/.test(type)) {
    if (/Did you mean/.test(message)) return undefined;
    return (
      TENSOR_MEMBERS.get(name) ??
      "Press Tab behind the dot to see what a tensor has: x.shape, x.size, x.get(i, j), x.map(...), x.reshape(shape) and more."
    );
  }
  if (/Did you mean/.test(message) && name !== "append") return undefined;
  if (/\[\]$|^readonly |^\[|^string$|^"|^Set<|^Map<|^\{|Array(?:<.*>)?$/.test(type))
    return UNKNOWN_METHODS.get(name);
  if (/^number$/.test(type))
    return name === "length"
      ? "A number has no length."
      : `A number has no ${name}; see Math, as in Math.sqrt(x).`;
  if (/^Console$/.test(type)) return "Printing is console.log(...).";
  if (/^Math$/.test(type) && name === "sum") return UNKNOWN_METHODS.get("sum");
  return undefined;
}

const TENSOR_MEMBERS = new Map([
  [
    "length",
    "A tensor has x.shape, and x.size values; the length of its first axis is x.shape[0].",
  ],
  ["ndim", "The number of axes is x.rank."],
  ["T", "Turn a matrix over by x.transpose([1, 0])."],
  ["astype", 'It is called x.as("float32").'],
  ["copy", "It is called x.clone()."],
  ["flatten", "One axis for all: x.reshape([x.size])."],
  ["numpy", "The values are x.data, as nested lists x.toArray()."],
  ["tolist", "It is called x.toArray()."],
  [
    "dot",
    "A product of matrices is matrixProduct(a, b) of engine; with each value: zip(a, b, (p, q) => p * q).",
  ],
  ["add", ARITHMETIC],
  ["sub", ARITHMETIC],
  ["mul", ARITHMETIC],
  ["div", ARITHMETIC],
  ["mult", ARITHMETIC],
  ["forEach", "Go through the values by x.data.forEach((v, i) => ...)."],
  ["push", "A tensor does not grow; collect numbers in a list and make the tensor of it."],
]);

function notCallable({
  text,
  earlier,
  after,
  message,
  signature,
}: HintContext): string | undefined {
  const known = earlier(text.trim());
  if (known?.wasImported)
    return `${text} was convbook's until cell ${known.cell} gave the name to something else. To have it back, run: import { ${known.wasImported} } from "convbook";`;
  if (/Tensor/.test(message)) return GET;
  if (/^\s*\(/.test(after) || signature)
    return `It is no function: a value is had without the brackets.`;
  return undefined;
}

function assignedConstant({ earlier }: HintContext, [, name]: RegExpExecArray): string {
  const known = earlier(name);
  const where = known ? ` in cell ${known.cell}` : "";
  if (known?.kind === "import")
    return `${name} is imported. Choose another name, or declare one anew: let ${name} = ...`;
  if (known && known.kind !== "constant")
    return `${name} is a ${known.kind}${where}. Choose another name, or declare one anew: let ${name} = ...`;
  return `What changes is declared by let${where}: let ${name} = ... instead of const.`;
}

function usedTooEarly({ earlier }: HintContext, [, name]: RegExpExecArray): string {
  const known = earlier(name);
  if (known)
    return `This cell declares ${name} anew, so that the ${name} of cell ${known.cell} is out of its sight. To go on from the old value, leave out let or const, or choose another name.`;
  return `Lines run from top to bottom: move the line that gives ${name} its value up.`;
}

function arithmetic({ message, text, before, after }: HintContext): string | undefined {
  if (/Tensor/.test(message) || /Tensor/.test(text)) return ARITHMETIC;
  if (/types 'boolean' and 'number'/.test(message))
    return "Two comparisons are two: 0 < x && x < 3.";
  if (/\[\]' and/.test(message) || /\[\]'/.test(message))
    return "Lists are joined by [...a, ...b]; with each value: xs.map((x) => x * 2).";
  if (/^\s*["'`]/.test(text) || /["'`]\s*\*?\s*$/.test(before))
    return 'A text is repeated by "-".repeat(20), and becomes a number by Number(text).';
  if (/arithmetic operation must be/.test(message))
    return `${ARITHMETIC} A text becomes a number by Number(text).`;
  return after ? undefined : undefined;
}

function listed(names: readonly string[]): string {
  const most = 12;
  return names.length <= most
    ? names.join(", ")
    : `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}
