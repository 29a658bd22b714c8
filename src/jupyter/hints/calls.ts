import { GET, type HintContext, listed, NO_RETURN, SEMICOLON } from "./HintContext";

/** Something is called that is no function. */
export function notCallable(context: HintContext): string | undefined {
  const { text, earlier, after, message, signature } = context;
  const known = earlier(text.trim());
  if (known?.wasImported) return replacedImport(text.trim(), known.cell, known.wasImported);
  if (/^[^\S\n]*\n\s*[([]/.test(after) || /\n\s*\(/.test(text)) return SEMICOLON;
  if (/'typeof Tensor'/.test(message)) return MADE;
  if (/'typeof (\w+)'/.test(message)) return undefined; // TypeScript says itself that new is missing
  if (/^``?$/.test(text) && after.startsWith("`"))
    return "A line with ``` belongs to Markdown: leave it out, and the one that ends the block.";
  if (/'CompiledNetwork</.test(message)) return `A compiled network is run by ${text}.run(x).`;
  if (/'Tensor'/.test(message)) return GET;
  const index = /^\s*\(([^()\n]+)\)/.exec(after)?.[1];
  if (index && /Type '[^']*\[\]'/.test(message))
    return index === "end"
      ? `The last value of a list is ${text}.at(-1).`
      : `A value of a list stands in square brackets: ${text}[${index}].${index === "0" ? "" : ` The first is ${text}[0].`}`;
  if (/^\s*\(/.test(after) || signature)
    return `It is no function: a value is had without the brackets.`;
  return undefined;
}

const MADE = "A tensor is made by tensor([[1, 2], [3, 4]]), or zeros([2, 2]).";

/** `new` before what is no class. */
export function notConstructable({ text }: HintContext): string {
  if (/\btensor\b/i.test(text)) return MADE;
  return /^new [A-Z]/.test(text)
    ? OBJECTS
    : "new makes an object of a class; a function is called without it.";
}

/** JavaScript had no classes once: a function made objects. */
export const OBJECTS =
  "Objects are made by a class: class Person { constructor(public name: string) {} }.";

/** What is called, and whether that was convbook's until a cell gave the name to something else. */
function replacedCallee({ earlier, signature = "" }: HintContext): string | undefined {
  const name = /^[\w$]+/.exec(signature)?.[0] ?? "";
  const known = earlier(name);
  return known?.wasImported && replacedImport(name, known.cell, known.wasImported);
}

const replacedImport = (name: string, cell: number, imported: string) =>
  `${name} was convbook's until cell ${cell} gave the name to something else. To have it back, run: import { ${imported} } from "convbook";`;

/** Arguments too few or too many. */
export function wrongCount(context: HintContext): string | undefined {
  const { text, signature } = context;
  const replaced = replacedCallee(context);
  if (replaced) return replaced;
  if (/^new Tensor\b/.test(text)) return MADE;
  if (signature?.startsWith("new ")) return `It is made so: ${signature.replace(/: [^:]*$/, "")}`;
  const callee = calleeOf(signature);
  if (/^Promise\.(?:all|race|any|allSettled)$/.test(callee ?? ""))
    return `The promises stand in a list: ${callee}([a, b]).`;
  if (callee === "String.valueOf") return "A text from a value is String(x).";
  if (callee && /\((?:shape|outputShape): Shape[,)]/.test(signature ?? ""))
    return `A shape is one list, in brackets: ${callee}([28, 28]).`;
  const whole = /\.(sum|mean|min|max)\(\): number$/.exec(signature ?? "")?.[1];
  if (whole)
    return `${whole} is of all values, and knows no axis. Of row i of a matrix: x.slice([i, 0], [1, -1]).${whole}().`;
  if (/\.transpose\(axes: /.test(signature ?? ""))
    return "The axes are named in their new order: x.transpose([1, 0]).";
  if (/^fs\.\w+$/.test(callee ?? "") && /\bcallback: /.test(signature ?? ""))
    return `This form calls a function back, and gives no promise. One to await: import fs from "node:fs/promises";`;
  if (/\boptions\??: (?:\w+\.)?\w*Options\)/.test(signature ?? "") && /^-?\d/.test(text))
    return `Options stand in braces, each with its name, as in { stride: 2 }. It is called so: ${signature}`;
  return signature && `It is called so: ${signature}`;
}

/** What a signature is of: `conv2d`, and `x.reshape` where something longer stands before the dot. */
function calleeOf(signature = ""): string | undefined {
  const plain = /^[\w.$]+(?=[(<])/.exec(signature)?.[0];
  const method = /\.(\w+)\((?:shape|outputShape): /.exec(signature)?.[1];
  return method && !plain?.endsWith(`.${method}`) ? `x.${method}` : plain;
}

/** An option of a name that is not known, or an object where none is wanted. */
export function unknownOption(context: HintContext): string {
  const { message, properties = [], after, signature } = context;
  const called = signature ? ` It is called so: ${signature}` : "";
  if (/in type 'Random'/.test(message)) {
    const value = /^\s*:\s*(-?[\w.]+)/.exec(after)?.[1] ?? "1";
    return `The seed stands by itself, without braces: ${value}.${called}`;
  }
  const named = properties.filter((name) => !(name in Object.prototype));
  if (named.includes("concat") && named.includes("indexOf"))
    return `A list is wanted, in square brackets: [{ ... }].${called}`;
  return named.length > 0
    ? `Known here: ${listed(named)}.`
    : "A list stands in square brackets: [1, 2, 3].";
}

/** An argument of the wrong kind. */
export function wrongArgument(context: HintContext): string | undefined {
  const { code, message, text, before, type = "", signature = "" } = context;
  const method = /[)\]]\.(\w+)(?=[(<])/.exec(signature)?.[1];
  const callee = method ? `xs.${method}` : (/^(?:new )?([\w.$]+)/.exec(signature)?.[1] ?? "");
  const replaced = replacedCallee(context);
  if (replaced) return replaced;
  if (/type 'void' is not assignable to (?:parameter of )?type '\(/.test(message))
    return `${text} is called at once, and gives nothing. To have it called later, hand over a function: () => ${text}`;
  if (/'void' is not assignable/.test(message)) return NO_RETURN;
  if (/'boolean' is not assignable/.test(message) && /\.(?:sort|toSorted)$/.test(callee))
    return "sort wants a number: below 0 where a comes first. For numbers: (a, b) => a - b.";
  if (/^Math\.(?:max|min)$/.test(callee)) {
    const name = callee.slice("Math.".length);
    if (type === "Tensor") return `Of a tensor it is x.${name}().`;
    if (/\[\]$/.test(type)) return `Three dots take a list apart: ${callee}(...xs).`;
  }
  if (
    /type 'number\[\]' is not assignable to parameter of type 'number'/.test(message) &&
    /^\[/.test(text) &&
    /[(,] ?\.\.\./.test(signature)
  )
    return `It takes the numbers themselves, without the square brackets: ${callee}(${text.slice(1, -1)}).`;
  if (/type '\w+\[\]' is not assignable to parameter of type 'Module'/.test(message))
    return `The layers follow one after the other, without the square brackets: ${callee}(name, shape, ${text.startsWith("[") ? text.slice(1, -1) : `...${text}`}).`;
  if (/'Network' is not assignable to parameter of type 'LayersModel'/.test(message))
    return `A network describes; toLayersModel makes of it a model that can be trained: ${callee}(toLayersModel(${text}), ...).`;
  if (/parameter of type 'Answer'/.test(message) && /\)$/.test(text))
    return `The function itself is handed over, and not called: ${/^[^(]*/.exec(text)![0]}.`;
  if (callee === "show" && type === "Network")
    return `show(summary(${text})) shows its layers as a table, show(draw(${text})) as a drawing.`;
  if (/parameter of type '(?:\w+\.)?\w*Options'/.test(message) && /^(?:\d|["'\[])/.test(text))
    return noOptions(context);
  if (callee === "network" && /of type 'string'/.test(message))
    return 'Its name comes first, then the shape of its input: network("mine", [28, 28, 1], ...).';
  if (/^set(?:Timeout|Interval)$/.test(callee)) return LATER(callee);
  const small = type.toLowerCase();
  if (callee === "network")
    return 'Each layer is called, and stands by itself: network("mine", [28, 28, 1], layers.flatten(), layers.dense({ units: 10 })).';
  if (callee === "photograph" && small !== type && message.includes(small))
    return `It is spelt ${small}.`;
  if (callee === "photograph" && /^"/.test(type))
    return 'photograph knows the course\'s own pictures. A file of yours: await loadImage("photo.jpg"), imported from convbook.';
  const parameters = /^\(([\w$\s,]+)\)\s*=>/.exec(text)?.[1];
  if (parameters && /parameter of type '\(values: Values</.test(message))
    return `The values come as one object, which is taken apart in braces: ({ ${parameters.trim()} }) => ...`;
  if (code !== 2322 && /^\((?:\w+\?: [^()]*)?\) => /.test(type) && /^[\w.$]+$/.test(text))
    if (!/parameter of type '[^']*=>/.test(message))
      return `${text} is a function, and gives its result when it is called: ${text}().`;
  if (/parameter of type '(?:Record)?Network'/.test(message) && /^(?:string$|")/.test(type))
    return `A network is wanted, and not its name: zoo.${/^"([a-z]\w*)"$/.exec(text)?.[1] ?? "lenet5"}(), or one of your own.`;
  const [, wanted, given] = /Expected (\d+) or more, but got (\d+)/.exec(message) ?? [];
  if (wanted && given)
    return `The function takes ${wanted} values, and is given ${given} when ${callee} calls it: leave out what comes last.`;
  if (/type '\([^']*=> [^']*' is not assignable to parameter of type '\(/.test(message))
    return `The function is called with other values than it takes. Write what is to be done with each: ${callee}((x) => ...).`;
  if (
    /type '(?:number|string)' is not assignable to parameter of type '(?:Shape|readonly number\[\])'/.test(
      message,
    )
  )
    return wantsList(context, callee);
  if (/NestedArray/.test(message)) return notForTensor(context);
  if (callee === "show" && /^(?:string|number|boolean|"|-?\d)/.test(type))
    return "show draws figures and tensors; console.log(...) prints text and numbers.";
  if (callee === "show" && /^(?:\{|TensorData)/.test(type))
    return "show draws figures and tensors; console.log(...) prints what else there is.";
  if (/type 'Control</.test(message))
    return "A control is made by a function: range(0, 3) gives a slider; there are select, checkbox and button too.";
  if (
    /\b(?:setTimeout|setInterval)$/.test(before.trimEnd().replace(/\($/, "")) &&
    type === "string"
  )
    return LATER(callee);
  if (
    /type '[^']*' is not assignable to parameter of type '\([^']*=>/.test(message) &&
    !/=>/.test(type)
  )
    return `Here a function is wanted, as (x) => x + 1. It is called so: ${signature}`;
  return undefined;
}

const LATER = (callee: string) =>
  `The function comes first, then the milliseconds: ${callee}(() => console.log("now"), 1000).`;

/** A number where a list of numbers is wanted. */
function wantsList({ before, text, signature = "" }: HintContext, callee: string): string {
  if (callee === "network") return "A shape is a list, in brackets: [28, 28, 1].";
  if (callee === "tensor" && /\btensor\((?:\s*-?[\d.]+\s*,)*\s*$/.test(before))
    return "The values are one list, in brackets: tensor([1, 2, 3]).";
  if (/\((?:shape|outputShape): /.test(signature) && /\(\s*$/.test(before))
    return `A shape is a list, in brackets: ${callee || "zeros"}([28, 28]).`;
  return `A list of numbers is wanted, in brackets: [${text.replace(/["'`]/g, "")}]. It is called so: ${signature}`;
}

/** What a tensor cannot be made of. */
function notForTensor({ message, signature }: HintContext): string | undefined {
  if (/'(?:Big)?(?:Int|Uint)\w*Array</.test(message))
    return "A list of its values is [...xs], of which a tensor is made: tensor([...xs]).";
  if (/'(?:string|boolean|null|undefined|true|false)'|"/.test(message))
    return "A tensor holds numbers alone.";
  return signature && `It is called so: ${signature}`;
}

/** What somebody means who writes a value alone. */
const USUAL_OPTIONS = ["depth", "filters", "units", "size", "stride"];

/** Something else where options should stand. */
export function noOptions({ signature, text, known = [] }: HintContext): string | undefined {
  const given = /^\w+\s*=\s*([^=].*)$/s.exec(text)?.[1] ?? text; // conv2d(x, w, stride=2)
  const value = given.length < 20 ? given : "...";
  const name = USUAL_OPTIONS.find((usual) => known.includes(usual)) ?? known[0] ?? "name";
  return `Options stand in braces, each with its name: { ${name}: ${value} }.${signature ? ` It is called so: ${signature}` : ""}`;
}
