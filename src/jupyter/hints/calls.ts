import { GET, type HintContext, NO_RETURN, SEMICOLON } from "./HintContext";

/** Something is called that is no function. */
export function notCallable(context: HintContext): string | undefined {
  const { text, earlier, after, message, signature } = context;
  const known = earlier(text.trim());
  if (known?.wasImported)
    return `${text} was convbook's until cell ${known.cell} gave the name to something else. To have it back, run: import { ${known.wasImported} } from "convbook";`;
  if (/^[^\S\n]*\n\s*[([]/.test(after) || /\n\s*\(/.test(text)) return SEMICOLON;
  if (/'typeof Tensor'/.test(message)) return MADE;
  if (/'typeof (\w+)'/.test(message)) return undefined; // TypeScript says itself that new is missing
  if (/^``?$/.test(text) && after.startsWith("`"))
    return "A line with ``` belongs to Markdown: leave it out, and the one that ends the block.";
  if (/Tensor/.test(message)) return GET;
  const index = /^\s*\(([^()\n]+)\)/.exec(after)?.[1];
  if (index && /Type '[^']*\[\]'/.test(message))
    return `A value of a list stands in square brackets: ${text}[${index}].`;
  if (/^\s*\(/.test(after) || signature)
    return `It is no function: a value is had without the brackets.`;
  return undefined;
}

const MADE = "A tensor is made by tensor([[1, 2], [3, 4]]), or zeros([2, 2]).";

/** `new` before what is no class. */
export function notConstructable({ text }: HintContext): string {
  return /\btensor\b/i.test(text)
    ? MADE
    : "new makes an object of a class; a function is called without it.";
}

/** Arguments too few or too many. */
export function wrongCount({ text, before, signature }: HintContext): string | undefined {
  if (/^new Tensor\b/.test(text)) return MADE;
  if (signature && /\bnew\s+[\w.]+\([^()]*$/.test(before))
    return `It is made so: new ${signature.replace(/: [^:]*$/, "")}`;
  const callee = /^[\w.$]+/.exec(signature ?? "")?.[0];
  if (callee && /\((?:shape|outputShape): Shape\)/.test(signature ?? ""))
    return `A shape is one list, in brackets: ${callee}([28, 28]).`;
  return signature && `It is called so: ${signature}`;
}

/** An argument of the wrong kind. */
export function wrongArgument(context: HintContext): string | undefined {
  const { message, text, type = "", signature = "" } = context;
  const callee = /^[\w.$]+/.exec(signature)?.[0] ?? "";
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
  if (/^set(?:Timeout|Interval)$/.test(callee))
    return `The function comes first, then the milliseconds: ${callee}(() => console.log("now"), 1000).`;
  const small = type.toLowerCase();
  if (callee === "photograph" && small !== type && message.includes(small))
    return `It is spelt ${small}.`;
  if (callee === "photograph" && /^"/.test(type))
    return 'photograph knows the course\'s own pictures. A file of yours: await loadImage("photo.jpg"), imported from convbook.';
  if (/type '\([^']*=> [^']*' is not assignable to parameter of type '\(/.test(message))
    return `The function is called with other values than it takes. Write what is to be done with each: ${callee}((x) => ...).`;
  if (
    /type 'number' is not assignable to parameter of type '(?:Shape|readonly number\[\])'/.test(
      message,
    )
  )
    return callee === "tensor"
      ? "The values are one list, in brackets: tensor([1, 2, 3])."
      : `A shape is a list, in brackets: ${callee === "network" ? "[28, 28, 1]" : `${callee || "zeros"}([28, 28])`}.`;
  if (/'NestedArray'/.test(message) && /'string'/.test(message))
    return "A tensor holds numbers alone.";
  if (callee === "show" && /^(?:string|number|boolean|"|-?\d)/.test(type))
    return "show draws figures and tensors; console.log(...) prints text and numbers.";
  if (
    /type '[^']*' is not assignable to parameter of type '\([^']*=>/.test(message) &&
    !/=>/.test(type)
  )
    return `Here a function is wanted, as (x) => x + 1. It is called so: ${signature}`;
  return undefined;
}

/** What somebody means who writes a value alone. */
const USUAL_OPTIONS = ["depth", "filters", "units", "size", "stride"];

/** Something else where options should stand. */
export function noOptions({ signature, text, known = [] }: HintContext): string | undefined {
  const given = /^\w+\s*=\s*([^=].*)$/s.exec(text)?.[1] ?? text; // conv2d(x, w, stride=2)
  const value = given.length < 20 ? given : "...";
  const name = USUAL_OPTIONS.find((usual) => known.includes(usual)) ?? known[0] ?? "stride";
  return `Options stand in braces, each with its name: { ${name}: ${value} }.${signature ? ` It is called so: ${signature}` : ""}`;
}
