import { ARITHMETIC, AWAIT, type HintContext, listed, NO_RETURN } from "./HintContext";
import { probablyMeant } from "./spelling";
import { NODE_MODULES, TYPE_NAMES, UNKNOWN_METHODS, UNKNOWN_NAMES } from "./names";

/** A name that nobody has declared: convbook's, another language's, misspelt, or of a cell that has not run. */
export function unknownName(
  context: HintContext,
  [, found, shorthand]: RegExpExecArray,
): string | undefined {
  const { before, after, message, choices = [] } = context;
  const name = found ?? shorthand;
  if (choices.includes(name)) return `A text stands in quotes: "${name}".`;
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const names = /^\s*(?:let|const|var)?\s*[[(]?\s*((?:[\w$]+\s*,\s*)*)$/.exec(line)?.[1];
  const others = /^((?:\s*,\s*[\w$]+)*)\s*[\])]?\s*=(?![=>])/.exec(after)?.[1];
  if (names !== undefined && others !== undefined && `${names}${others}`.includes(","))
    return `Several names get their values out of a list: let [${names}${name}${others}] = [1, 2];`;
  if (name === "let" && /^\s*\([\w$\s,]*\)\s*=/.test(after))
    return "Several names get their values out of a list: let [a, b] = [1, 2];";
  if (name === "log" && /\bconsole\s*,\s*$/.test(before))
    return "A dot is missing, where a comma stands: console.log(...).";
  // R's c is called; any other c is a name of the learner's.
  const known = name === "c" && !/^\s*\(/.test(after) ? undefined : UNKNOWN_NAMES.get(name);
  if (/\b(?:if|while)\s*\(\s*$/.test(before) && /^\s*=(?![=>])/.test(after))
    return `One = gives a value. To compare write ${name} === ...; and no cell that has run declares ${name}.`;
  if (
    /^\s*=(?![=>])/.test(after) &&
    /\w\s*\((?:[^;\n]*,)?\s*$/.test(before) &&
    !/\bfor\s*\(\s*$/.test(before)
  )
    return `Arguments have no names: they are known by their position. Options stand in braces behind them: { ${name}: ... }.`;
  if (/^\s*<-\s/.test(after))
    return `A value is given by =, and a list stands in square brackets: const ${name} = [1, 2, 3];`;
  if (/^[A-Z]$/.test(name) && /[:<|]\s*$/.test(before))
    return `A type that is left open is declared behind the function's name: function first<${name}>(xs: ${name}[]): ${name} { ... }.`;
  if (/[:<|[]\s*$/.test(before) && TYPE_NAMES.has(name)) return TYPE_NAMES.get(name);
  const refused = context.refused(name);
  const toMend =
    refused === undefined
      ? undefined
      : `${name} is declared in cell ${refused}, which could not run: mend that one first.`;
  if (context.inPackage(name)) {
    if (toMend) return toMend;
    const line = `${name} belongs to convbook and is not imported here. Add a line: import { ${name} } from "convbook";`;
    return known ? `${line} If another language's is meant: ${known}` : line;
  }
  if (/^\s*!\s*$/.test(before.slice(before.lastIndexOf("\n") + 1)))
    return "Lines with ! are commands of Python's kernel. Use a terminal: File, New, Terminal.";
  if (known) return (!/^\s*=(?![=>])/.test(after) && toMend) || known;
  if (NODE_MODULES.has(name))
    return `It is a module of Node's. Add a line: import ${name} from "node:${name}";`;
  if (/Did you mean/.test(message)) return undefined;
  if (/\bfor\s*\(\s*$/.test(before))
    return `The counter is declared in the loop's head: for (let ${name} = 0; ...).`;
  if (/\bfor\s*\([^\n]*\)\s*;\s*\{[^}]*$/.test(before) && declaredWithin(name, before))
    return "The loop ends at the semicolon behind its head: leave that out.";
  if (declaredWithin(name, before))
    return `${name} is declared within braces, and known there alone. Declare it before the {, by let.`;
  if (toMend && !/^\s*=(?![=>])/.test(after)) return toMend;
  if (/(?:Exception|Error)$/.test(name) && /\bnew\s+$/.test(before))
    return 'An error is made by new Error("what is wrong").';
  if (context.isType)
    return `No type is called ${name}. Those of the language are number, string, boolean and number[].`;
  const unknown = `No cell that has run declares ${name}.`;
  if (/^\s*=(?![=>])/.test(after))
    return `${unknown} A new name is declared first: let ${name} = ...`;
  return `${unknown} Has its cell been run since the kernel started? Is it spelt so, capitals included?`;
}

/** A name that a module does not export: one of convbook that resembles it, or what the learner's own file has. */
export function unknownExport(context: HintContext, [, name]: RegExpExecArray): string | undefined {
  const { message, exported = [] } = context;
  if (!/"\.{0,2}\//.test(message)) return UNKNOWN_NAMES.get(name) ?? resembling(context, name);
  return exported.length > 0
    ? `The file exports ${listed(exported)}.`
    : "The file exports nothing: write export before what it is to give, export function f() { ... }.";
}

/** Whether a name is another language's for what TypeScript calls otherwise. */
export const isForeign = (name: string): boolean => UNKNOWN_NAMES.has(name);

/** Names of convbook that begin alike, for one that it does not export. */
function resembling({ packageNames = [] }: HintContext, name: string): string | undefined {
  const start = name.slice(0, 4).toLowerCase();
  const isValue = (known: string) => /^[a-z]/.test(known) || /^[A-Z]/.test(name);
  const alike = [...packageNames].filter(
    (known) => known.toLowerCase().startsWith(start) && isValue(known),
  );
  return alike.length > 0 && start.length === 4 ? `convbook has ${listed(alike)}.` : undefined;
}

/** Whether the cell has declared the name above, then in a block: else it would be known. */
function declaredWithin(name: string, before: string): boolean {
  return new RegExp(`\\b(?:let|const)\\s+${name.replace(/\$/g, "\\$")}\\b`).test(before);
}

/** Something behind a dot that is not there. */
export function unknownMember(
  context: HintContext,
  [, name, type]: RegExpExecArray,
): string | undefined {
  const { message, before, after, members = [], resultMembers = [], inPackage } = context;
  if (resultMembers.includes(name)) {
    const called = /[\w.]+\.$/.exec(before)?.[0].slice(0, -1) ?? "it";
    return `${called} is a function: call it first, ${called}().${name}.`;
  }
  const sized = /^([A-Za-z]+)_?(\d+)$/.exec(name);
  const family = sized && members.find((known) => known.toLowerCase() === sized[1].toLowerCase());
  if (family && /\bzoo\.$/.test(before))
    return `How deep it is, is an option: zoo.${family}({ depth: ${sized[2]} }).`;
  if (/^CompiledNetwork</.test(type) && /^(?:predict|forward|call|apply|evaluate)$/.test(name))
    return `It is called run: ${/[\w.]+\.$/.exec(before)?.[0] ?? "x."}run(x).`;
  if (/^Promise</.test(type)) return awaited(before);
  if (type === "void") return NO_RETURN;
  const meant = /Did you mean/.test(message)
    ? undefined
    : probablyMeant(
        name,
        members.filter((known) => !OF_OLD_PAGES.has(known)),
      );
  if (meant) return `Did you mean ${meant}?`;
  const owner = /[\w.]+\.$/.exec(before)?.[0].slice(0, -1) ?? "x";
  if (LIBRARY_OBJECTS.test(type) && inPackage(name) && /^[a-z]/.test(name))
    return `${name} is a function of convbook, and takes it in its brackets: ${name}(${owner}, ...).`;
  if (/\.prototype\.$/.test(before))
    return "A class has the methods that stand in it: class Dog { run() { ... } }.";
  const names = /\b(const|let)\s*\{([\w$\s,]*)$/.exec(before);
  const others = /^((?:\s*,\s*[\w$]+)*)\s*\}\s*=/.exec(after)?.[1];
  if (names && others !== undefined && (members.includes("indexOf") || /\[\]$/.test(type)))
    return `A list is taken apart in square brackets: ${names[1]} [${names[2].trimStart()}${name}${others}] = ...`;
  if (type === "Tensor") {
    if (/Did you mean/.test(message)) return undefined;
    return (
      TENSOR_MEMBERS.get(name) ??
      TENSOR_MEMBERS.get(name.toLowerCase()) ??
      (NUMBER_FUNCTIONS.has(name) ? `Of each value: x.map(Math.${name}).` : undefined) ??
      "Press Tab behind the dot to see what a tensor has: x.shape, x.size, x.get(i, j), x.map(...), x.reshape(shape) and more."
    );
  }
  const isCalled = /^\s*\(/.test(after);
  const method = `A class has the methods that stand in it: ${name}() { ... }.`;
  if (/\bthis\.$/.test(before) && !/Did you mean/.test(message))
    return isCalled ? method : declaration(name, before, after);
  if (/Did you mean/.test(message) && name !== "append") return undefined;
  // A Shape of the learner's own is no list.
  if ((type === "Shape" && members.includes("indexOf")) || type === "TensorData")
    return UNKNOWN_METHODS.has(name)
      ? `It is only read. A list of it is [...x]. ${UNKNOWN_METHODS.get(name)}`
      : type === "Shape"
        ? "A shape is a list of numbers: x.shape[0] is the first, x.shape.length their count."
        : TENSOR_MEMBERS.get(name);
  if (/^string$|^"/.test(type)) return ofText(name);
  if (/^Set</.test(type))
    return "A set has set.add(x), set.has(x), set.delete(x) and set.size; a list of it is [...set].";
  if (/^Map</.test(type))
    return "A map gives by m.get(key), takes by m.set(key, value), and has m.size.";
  if (/\[\]$|^readonly |^\[|Array(?:<.*>)?$/.test(type)) return ofList(name);
  if (type === "number" || /^-?\d/.test(type)) return ofNumber(name);
  if (type === "Console") return "Printing is console.log(...).";
  if (type === "Math" && name === "sum") return UNKNOWN_METHODS.get("sum");
  if (/\|/.test(type)) return EITHER;
  const ofClass = /^typeof (\w+)$/.exec(type)?.[1];
  if (type === "Network" && name === "add")
    return 'A network is described whole: network("mine", [28, 28, 1], layers.flatten(), layers.dense({ units: 10 })).';
  if (/^\{ ?[<(]/.test(type))
    return `${owner} is a function: its result is had by calling it, ${owner}(...).`;
  if (type === "StringConstructor" && UNKNOWN_METHODS.has(name)) return UNKNOWN_METHODS.get(name);
  if (/^[A-Z]\w*$/.test(type) && isCalled && members.length === 0) return method;
  if (/^[A-Z]\w*$/.test(type) && members.length === 0) return declaration(name, before, after);
  const has = members.length > 0 ? `It has: ${listed(alikeFirst(members, name))}.` : undefined;
  if (ofClass && members.length === 0)
    return `${ofClass} is the class itself; an object of it is new ${ofClass}().`;
  if (/=> /.test(type))
    return `It is a function, and gives its result when it is called: ${/[\w.$]+\.$/.exec(before)?.[0].slice(0, -1) ?? "f"}(...).`;
  if (type === "{}")
    return `An object has what it was made with: { ${name}: ... }; one that is filled later is const o: Record<string, number> = {};`;
  if (/^\{/.test(type)) return ofObject(name, owner, context, has);
  return has;
}

/** Names that contain the one that was looked for stand first: getFullYear for year. */
function alikeFirst(names: readonly string[], wanted: string): string[] {
  const isAlike = (name: string) => name.toLowerCase().includes(wanted.toLowerCase());
  return [...names.filter(isAlike), ...names.filter((name) => !isAlike(name))];
}

/** An object that was made with braces: what dictionaries have elsewhere, it has not. */
function ofObject(
  name: string,
  owner: string,
  { after }: HintContext,
  has: string | undefined,
): string | undefined {
  if (/^\s*=(?![=>])/.test(after))
    return `An object has what it was made with: put ${name} into its braces; one that is filled later is const ${owner}: Record<string, number> = {};`;
  const [, key, otherwise] = /^\(\s*["'`](\w+)["'`]\s*(?:,\s*([^,()]+))?\)/.exec(after) ?? [];
  if (name === "get" && key)
    return `A property is had by its name: ${owner}.${key}${otherwise ? ` ?? ${otherwise}` : ""}.`;
  const known = OBJECT_MEMBERS.get(name)
    ?.replaceAll("o.", `${owner}.`)
    .replaceAll("(o)", `(${owner})`);
  return known && has ? `${known} ${has}` : (known ?? has ?? UNKNOWN_METHODS.get(name));
}

const NAME_AND_VALUE = "Name and value: for (const [key, value] of Object.entries(o)) { ... }.";

const OBJECT_MEMBERS = new Map([
  [
    "get",
    "A property is had by its name, o.name, and with another value where it is missing by o.name ?? 0.",
  ],
  ["keys", "The names in an object are Object.keys(o)."],
  ["values", "The values in an object are Object.values(o)."],
  ["items", NAME_AND_VALUE],
  ["entries", NAME_AND_VALUE],
  ["forEach", NAME_AND_VALUE],
  ["map", "A list of what is made of each: Object.entries(o).map(([key, value]) => ...)."],
  ["length", "How many properties an object has is Object.keys(o).length."],
  ["size", "How many properties an object has is Object.keys(o).length."],
]);

/** Methods of texts that once made HTML of them: nobody means those. */
export const OF_OLD_PAGES: ReadonlySet<string> = new Set(
  "anchor big blink bold fixed fontcolor fontsize italics link small strike sub sup".split(" "),
);

/** What to await of a promise before whose dot a text stands. */
function awaited(before: string): string {
  if (/\bawait\s[^;\n]*$/.test(before))
    return "await takes the whole of what stands behind it. Put it in brackets with the call alone: (await f()).name.";
  return /\]\s*\.$/.test(before)
    ? "Each value of the list is still on its way (a Promise): await Promise.all(xs) gives a list of them all."
    : AWAIT;
}

const EITHER =
  'It may be one or the other. Ask first: if (typeof x === "number") { ... }, or if (x !== undefined) { ... }.';

function ofText(name: string): string | undefined {
  if (["push", "append", "add", "concat"].includes(name)) return "Texts are joined by a + b.";
  if (name === "join") return 'The list stands before the dot: xs.join(", ").';
  if (name in Number.prototype)
    return `A text has no ${name}; a number has, Number(text).${name}(...).`;
  if (name in Array.prototype) return `A text has no ${name}; a list of its letters is [...text].`;
  return (
    UNKNOWN_METHODS.get(name) ?? UNKNOWN_METHODS.get(name.toLowerCase()) ?? notOf("text", name)
  );
}

function ofList(name: string): string | undefined {
  if (name === "get") return "A value of a list is xs[i].";
  const known = UNKNOWN_METHODS.get(name) ?? UNKNOWN_METHODS.get(name.toLowerCase());
  if (known) return known;
  if (name in Number.prototype || name in String.prototype)
    return `A list has no ${name}; with each value: xs.map((x) => x.${name}(...)).`;
  return notOf("list", name);
}

function ofNumber(name: string): string {
  if (name === "length") return "A number has no length.";
  if (name in Array.prototype)
    return `A number has no ${name}: a list has. Print it to see what it is.`;
  if (name in String.prototype) return `A number has no ${name}: a text has, String(x).`;
  return `A number has no ${name}; see Math, as in Math.sqrt(x).`;
}

function notOf(kind: string, name: string): string {
  return `A ${kind} has no ${name}. Press Tab behind the dot to see what it has.`;
}

/** Objects of the library's, with which its functions work. */
const LIBRARY_OBJECTS = /^(?:Tensor|Network|Mnist|LabelledImages|Cost)$/;

const NUMBER_FUNCTIONS = new Set(["abs", "sqrt", "exp", "log", "round", "floor", "ceil", "tanh"]);

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
  ["item", "A value is x.get(i, j), one index for each axis."],
  ["std", "It is Math.sqrt(x.map((v) => (v - x.mean()) ** 2).mean())."],
  ["pow", "Of each value: x.map((v) => v ** 2)."],
  ["view", "It is called x.reshape(shape)."],
  ["permute", "It is called x.transpose(axes)."],
  ["squeeze", "Axes of one go by x.reshape(shape)."],
  ["unsqueeze", "An axis of one more comes by x.reshape(shape)."],
  ["numel", "It is called x.size."],
  ["show", "A tensor is drawn by show(x)."],
  ["plot", "A tensor is drawn by show(x)."],
  ["print", "A tensor is printed by console.log(x)."],
  [
    "dot",
    "With each value of two tensors: zip(a, b, (p, q) => p * q); rows times weights are dense(x, weights).",
  ],
  ["add", ARITHMETIC],
  ["sub", ARITHMETIC],
  ["mul", ARITHMETIC],
  ["div", ARITHMETIC],
  ["mult", ARITHMETIC],
  ["forEach", "Go through the values by x.data.forEach((v, i) => ...)."],
  ["push", "A tensor does not grow; collect numbers in a list and make the tensor of it."],
  ["filter", "Keep some of its values by [...x.data].filter((v) => v > 0)."],
  [
    "reduce",
    "Go through its values by x.data.reduce((sum, v) => sum + v, 0); there is also x.sum().",
  ],
]);

/** How a class declares a property, by the value that it is given. */
function declaration(name: string, before: string, after: string): string {
  const given = new RegExp(`\\bthis\\.${name.replaceAll("$", "\\$")}${GIVEN}`);
  const value = (new RegExp(`^${GIVEN}`).exec(after) ?? given.exec(before))?.[1];
  if (value === "[")
    return `A class declares its properties: write ${name}: number[] = []; above the constructor.`;
  return value
    ? `A class declares its properties: write ${name} = ""; (or ${name}: string;) above the constructor.`
    : `A class declares its properties: write ${name} = 0; (or ${name}: number;) above the constructor.`;
}

/** A list or a text on the right of an =. */
const GIVEN = "\\s*=\\s*([\\[\"'`])";
