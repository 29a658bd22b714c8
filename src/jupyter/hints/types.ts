import { arithmetic, neverTheSame } from "./arithmetic";
import { assignedConstant, readOnly, readOnlyElement, usedTooEarly } from "./assignments";
import {
  noOptions,
  notCallable,
  notConstructable,
  OBJECTS,
  unknownOption,
  wrongArgument,
  wrongCount,
} from "./calls";
import {
  AWAIT,
  GET,
  type HintContext,
  listed,
  NO_RETURN,
  PROMISES,
  type Rule,
  SEMICOLON,
} from "./HintContext";
import { missingModuleHint } from "./modules";
import { TYPE_NAMES, TYPES_AS_VALUES } from "./names";
import { codeHint } from "./syntax";
import { unknownExport, unknownMember, unknownName } from "./unknown";

/** A sentence in plain words for what beginners meet: what to do about a message of the type checker. */
export function typeHint(context: HintContext): string | undefined {
  for (const [codes, pattern, say] of RULES) {
    if (codes.length > 0 && !codes.includes(context.code)) continue;
    const match = pattern.exec(context.message);
    const hint = match && say(context, match);
    if (hint) return hint;
  }
  return codeHint(context.code);
}

const NAME = /Cannot find name '([^']+)'|shorthand property '([^']+)'/;
const UNKNOWN = [2304, 2552, 2503, 18004, 2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593, 2686];
const MEMBER =
  /^Property '([^']+)' (?:does not exist|may not exist) (?:on type|in the module) ['"]([^]+?)['"]/;
const ASSIGN = /Type '|Argument of type '/;

const RULES: readonly [codes: readonly number[], pattern: RegExp, say: Rule][] = [
  [UNKNOWN, NAME, unknownName],
  [[2339, 2551, 2550, 2568], MEMBER, unknownMember],
  [
    [2307, 2792, 7016],
    /module '([^']+)'/i,
    ({ hasFile }, [, name]) => missingModuleHint(name, hasFile),
  ],
  [[2305, 2724, 2614], /no exported member(?: named)? '([^']+)'/, unknownExport],

  // values that are still on their way
  [
    [2345, 2322, 2740, 2741, 2769, 2349, 2365, 2362, 2363, 2367, 2488, 2504, 2548, 2355, 2802],
    /Promise<|'await'/,
    ({ message, before, text }) =>
      /to type 'Promise</.test(message)
        ? undefined
        : /\bawait\b/.test(text) || !/\.map\(/.test(before.slice(-200))
          ? AWAIT
          : `${AWAIT} ${PROMISES}`,
  ],
  [[2801], /./, () => AWAIT],
  [
    [1308],
    /./,
    ({ before }) => {
      const [, list] = /(?<![\w$])([\w$]*)\.forEach\([^;{}]*\{[^{}]*$/.exec(before) ?? [];
      return list === undefined
        ? undefined
        : `forEach waits for nothing. A loop may await: for (const x of ${list || "xs"}) { ... }.`;
    },
  ],

  // names of earlier cells
  [[2349, 2348], /./, notCallable],
  [[2351, 7009], /./, notConstructable],
  [[2588, 2632, 2630, 2629, 2628], /'([^']+)'/, assignedConstant],
  [[2540], /'([^']+)'/, readOnly],
  [[2542], /type '([^']+)'/, readOnlyElement],
  [[2448, 2449, 2450], /'([^']+)'/, usedTooEarly],
  [
    [2454],
    /'([^']+)'/,
    ({ type = "" }, [, name]) =>
      `It has no value yet: give it one where it is declared, let ${/\[\]$/.test(type) ? `${name}: ${type} = []` : type === "string" ? `${name} = ""` : `${name} = 0`};`,
  ],
  [
    [2451, 2300, 2393, 2403],
    /'([^']+)'|./,
    () =>
      "Within a cell a name is declared once; a later cell may declare it anew. To change the value, leave out let or const.",
  ],

  [
    [2322, 2345, 2362, 2363, 2365],
    /./,
    ({ isLoopIndex }) => (isLoopIndex ? "What a for ... in counts with is a text." : undefined),
  ],
  [[2345, 2322, 2769, 2739, 2740, 2741], /./, wrongArgument],
  [
    [2345, 2322, 2769],
    /Type '"|type '"|'string' is not assignable/,
    ({ choices = [], message, text, type }) =>
      choices.length > 0 && type === "string" && /^[\w$]+$/.test(text)
        ? `${text} may be any text. It is one of ${listed(choices.map((choice) => JSON.stringify(choice)))}; a list of such words ends with as const: [${JSON.stringify(choices[0])}] as const.`
        : choices.length > 0 && !/Did you mean/.test(message)
          ? `It is one of ${listed(choices.map((choice) => JSON.stringify(choice)))}.`
          : undefined,
  ],
  [
    [2322],
    /^Type 'string' is not assignable to type 'object'/,
    ({ text, before }) =>
      /\bin\s*$/.test(before)
        ? `Whether a text is in another is asked by ${text}.includes(...).`
        : undefined,
  ],
  [
    [2322],
    /^Type 'number' is not assignable to type 'undefined'/,
    ({ before }) => (/,\s*$/.test(before) ? "The list has a value too many here." : undefined),
  ],
  [
    [2345, 2322, 2769],
    /'Tensor' is not assignable to (?:parameter of )?type '(?:ArrayLike|Iterable)</,
    () => "A tensor's values as a list are [...x.data], as nested lists x.toArray().",
  ],
  [
    [2416],
    /./,
    () => "A method that takes the place of the parent's gives the same kind of result.",
  ],
  [[2493], /./, () => "There are more names than values in the list."],
  [
    [2660, 2335, 17011],
    /./,
    () => "super is at home in the methods of a class that extends another.",
  ],

  // tensors
  [
    [7053],
    /index type 'Number'/,
    ({ text }) =>
      /\n\s*\[/.test(text)
        ? SEMICOLON
        : "A number has no index. Rows are lists of their own: const grid = [[0, 0], [0, 0]];",
  ],
  [[7053, 7052], /index type 'Promise</, () => AWAIT],
  [[7053, 7052, 2536], /type '(?:Tensor|NetworkWeights)'/, () => GET],
  [
    [7053, 7052],
    /index type 'LabelledImages'/,
    () => "One image of a set is set.image(0), its label set.label(0), the first ten set.take(10).",
  ],
  [
    [7053, 7052],
    /to index type '(?:\(|\w+Constructor|typeof )/,
    ({ text, message }) =>
      /index type '\(\) =>/.test(message)
        ? `A function is called before it gives something: ${text.replace(/\[[^[\]]*\]$/, "()$&")}.`
        : /index type '\(shape: Shape/.test(message)
          ? `A function is called in round brackets: ${text.replace(/\[([^[\]]*)\]$/, "([$1])")}.`
          : `A function is called in round brackets: ${text.replace(/\[([^[\]]*)\]$/, "($1)")}.`,
  ],
  [
    [2695],
    /./,
    ({ before }) =>
      /\n\s*\[[^\][]*$/.test(before) && /[^;{}\s]\s*\n\s*\[[^\][]*$/.test(before)
        ? SEMICOLON
        : /\b(?:Math|console|Number|JSON)\.\w+\[[^\][]*$/.test(before)
          ? "A function is called in round brackets: Math.max(1, 2)."
          : /[\w)\]]\[[^\][]*$/.test(before)
            ? `Brackets take one index. ${GET} In a nested list: rows[i][j].`
            : "Of values parted by commas the last alone counts: a list of them is [1, 2, 3].",
  ],
  [[2362, 2363, 2365, 2447, 2356], /./, arithmetic],
  [
    [2345, 2322, 2740, 2741, 2739, 2769],
    /(?:number|never)\[\](?:\[\])*' is (?:not assignable to|missing the following properties from) (?:parameter of )?type '(?:Readonly<)?Tensor/,
    () => "A list of numbers becomes a tensor by tensor([[1, 2], [3, 4]]).",
  ],
  [
    [2345, 2322, 2740, 2741, 2739],
    /type 'number' .*type 'Tensor'/i,
    () =>
      "Here a tensor is needed: tensor([1, 2]) makes one of numbers, full(shape, value) fills one with a number.",
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

  // elements and cases
  [
    [7053, 7052],
    /type '(?:Set|ReadonlySet)</,
    () => "A set has no order: ask by set.has(x); a list of it is [...set].",
  ],
  [
    [7053, 7052],
    /type '(?:Map|ReadonlyMap)</,
    () => "A map gives by m.get(key), and takes by m.set(key, value).",
  ],
  [
    [7053, 7052],
    /index type '(?:Async)?Generator</,
    ({ text }) => {
      const [name] = /^[\w$]*/.exec(text)!;
      return `What a generator yields comes one after the other: for (const x of ${name}) { ... }; a list of it is [...${name}].`;
    },
  ],
  [
    [7053],
    /Property '([^']+)' does not exist on type '\{/,
    (_, [, name]) =>
      `The object has no ${name}. One that is filled later is const o: Record<string, number> = {};`,
  ],
  [
    [7029],
    /./,
    () => "Without break at its end a case goes on into the next one: end it with break;",
  ],
  [
    [2678],
    /to type '([^']+)'/,
    (_, [, type]) =>
      /[\d"]/.test(type)
        ? `What the switch looks at is always ${type}: this case never comes.`
        : `What the switch looks at is a ${type}, and never this.`,
  ],

  // calls and options
  [[2559, 2560], /type '\w*Options'/, noOptions],
  [[2353, 2561], /'([^']+)' does not exist in type/, unknownOption],
  [[2554, 2555, 2556, 2575], /./, wrongCount],
  [
    [2322],
    /^Type '(string|number)' is not assignable to type '(number|string)'/,
    ({ text, after }, [, given, wanted]) =>
      /^[\w$]+$/.test(text) && /^\s*=\s*(?:-?\d|["'`](?!\s*-?[\d.]+\s*["'`]))/.test(after)
        ? `${text} was declared for a ${wanted}, and keeps to it. Give the ${given} a name of its own, or allow both where ${text} is declared: let ${text}: number | string = ...`
        : undefined,
  ],
  [
    [2345, 2322],
    /'string' is not assignable to (?:parameter of )?type 'number(?:'| \|)/,
    () => "A number stands without quotes; from a text it is Number(text).",
  ],
  [
    [2345, 2322],
    /'boolean' is not assignable to (?:parameter of )?type 'number'/,
    ({ text }) =>
      `A comparison gives true or false; as a number that is ${/^[^?\n]{1,40}$/.test(text) && /[<>=]/.test(text) ? text : "x > 0"} ? 1 : 0.`,
  ],
  [
    [2794],
    /./,
    ({ text, before }) =>
      /\bset(?:Timeout|Interval)\(\s*$/.test(before)
        ? `${text}() is called at once. To have it called later, hand over the function itself: setTimeout(${text}, 10).`
        : `It is called with what the promise gives: ${text}(value).`,
  ],
  [
    [2345, 2322],
    /'number\[\]' is not assignable to (?:parameter of )?type 'number'/,
    () => "One value of a list is xs[0]; how many there are is xs.length.",
  ],
  [
    [2345, 2322],
    /'number' is not assignable to (?:parameter of )?type '(?:readonly )?number\[\]'/,
    () => "A list of one number is [x].",
  ],
  [
    [2345, 2322],
    /is not assignable to (?:parameter of )?type 'never'/,
    () => "An empty list does not know what it will hold: const xs: number[] = [];",
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
  [[2314], /'Array<T>'/, () => "Say what is in the list: number[]."],
  [[2314], /'Map</, () => "Say what leads to what: Map<string, number>."],
  [[2314], /'(\w+)<T/, (_, [, name]) => `Say of what: ${name}<number>.`],
  [[2345, 2769], ASSIGN, ({ signature }) => signature && `It is called so: ${signature}`],
  [[2532], /./, ({ text, before }) => (text === "this" ? strayThis(before) : undefined)],
  [
    [2531, 2532, 2533, 18047, 18048, 18049, 2722, 2721],
    /./,
    () =>
      "It may be missing. Ask first, if (x) { ... }, give a value for that case, x ?? 0, or, if you know that it is there, write x!.",
  ],
  [
    [18046],
    /./,
    ({ text, before }) =>
      new RegExp(`\\bcatch\\s*\\(\\s*${text.replaceAll("$", "\\$")}\\s*\\)`).test(before)
        ? `Anything can be thrown. Ask first: if (${text} instanceof Error) console.log(${text}.message);`
        : undefined,
  ],
  [
    [18050],
    /'(null|undefined)'/,
    (_, [, value]) => `${value} has nothing behind its dot, and no index.`,
  ],
  [
    [18046, 2571],
    /./,
    () =>
      'Nothing is known of its type; ask by typeof x === "number" or x instanceof Tensor, or say it: x as number.',
  ],

  // functions
  [[7006], /'self'/, () => "TypeScript's self is this; methods do not list it as a parameter."],
  [[7022, 7023, 7024], /./, () => "Say the type of its result: (n: number): number => ..."],
  [
    [7006, 7019, 7031, 7051],
    /'([^']+)'/,
    ({ after }, [, name]) => {
      const plain = name.replace(/^\.\.\./, "");
      return `Say its type: ${plain}: ${typeByUse(plain, after)}.`;
    },
  ],
  [
    [7005, 7034, 7008, 7010, 7011, 7018],
    /'([^']+)'/,
    (_, [, name]) => `Say its type: ${name}: number[].`,
  ],
  [
    [2355, 2366, 7030],
    /./,
    () => "It promises a result: each way through the function must end in return and the value.",
  ],
  [[1345], /./, () => NO_RETURN],
  [
    [2377, 17009],
    /./,
    () => "The constructor of a class that extends another begins with super(...).",
  ],
  [
    [2564],
    /'([^']+)'/,
    (_, [, name]) =>
      `Give it a value where it is declared, or in the constructor: this.${name} = ...`,
  ],
  [
    [2683],
    /./,
    ({ before }) =>
      /\bfunction\s+[A-Z]\w*\s*\([^)]*\)\s*\{[^}]*$/.test(before)
        ? OBJECTS
        : /[(,]\s*function\s*\([^)]*\)\s*\{[^}]*$/.test(before)
          ? "A function has a this of its own; an arrow keeps that of the method around it: (x) => { ... }."
          : "this is at home in the methods of a class; a function takes what it needs as a parameter.",
  ],

  // comparisons
  [[2845], /./, () => "Nothing equals NaN, not even NaN: ask by Number.isNaN(x)."],
  [[2367], /./, neverTheSame],
  [
    [2364],
    /./,
    ({ text, before, after }) =>
      /^\([\w$\s,]*\)$/.test(text) && /[(,]\s*$/.test(before)
        ? `A small function is written with =>: ${text} =>${/^\s*=([^;\n)]*)/.exec(after)?.[1] ?? " ..."}.`
        : undefined,
  ],
  [
    [2364, 2357],
    /./,
    ({ text }) => {
      const [, owner, index] = /^([\w$]+)\.get\(([^()]*)\)$/.exec(text) ?? [];
      return owner && `A tensor's value is changed by ${owner}.set(value, ${index}).`;
    },
  ],
  [
    [2364],
    /./,
    () => "Only a variable, a property or an element is given a value. To compare write ===.",
  ],
  [
    [2839],
    /./,
    () =>
      "=== asks whether the two are one and the same list, not whether they hold the same; compare JSON.stringify(a) === JSON.stringify(b).",
  ],
  [[2801, 2774], /./, () => "The function is not called: put () behind it."],
  [
    [2872, 2873],
    /./,
    () => "It stands alone here. Each comparison names both sides: n === 1 || n === 2.",
  ],
  [
    [2358, 2359],
    /./,
    () => 'instanceof asks about classes; about numbers and texts ask by typeof x === "number".',
  ],
  [
    [2488, 2461],
    /./,
    ({ before, text }) =>
      /\bfor\s*\(\s*(?:const|let)\s*$/.test(before) && /^\[/.test(text)
        ? `Index and value: for (const ${text} of xs.entries()) { ... }.`
        : undefined,
  ],
  [
    [2488, 2461],
    /./,
    ({ before, after, type }) =>
      type === "Tensor"
        ? "A tensor's values are x.data: for (const v of x.data) { ... }, Math.max(...x.data)."
        : /^\s*=/.test(after) || /\[[^\]]*\]\s*=\s*$/.test(before)
          ? "const [a, b] = ... takes a list apart, and this is none."
          : undefined,
  ],
  [
    [1192, 2613],
    /Module (?:'?"([^"]*)"'?)|./,
    ({ exported = [] }, [, specifier = ""]) =>
      /^\.{0,2}\//.test(specifier) && exported.length > 0
        ? `Its names are imported in braces: import { ${exported[0]} } from "${specifier}";`
        : 'Its names are imported in braces: import { tensor } from "convbook"; or all at once: import * as convbook from "convbook";',
  ],
  [
    [2488, 2461],
    /./,
    ({ before }) =>
      /\.\.\.\s*$/.test(before)
        ? "Three dots take a list apart, and this is none: [...xs, 4], Math.max(...xs)."
        : undefined,
  ],
  [
    [2488, 2495, 2461],
    /./,
    () =>
      "for ... of goes through lists. Through an object: Object.entries(o); n times: for (let i = 0; i < n; i++) { ... }.",
  ],
  [[2464, 2538], /./, () => "An index is a number or a text."],
  [[2511], /./, () => "An abstract class is not made itself; a class that extends it is."],
  [[2341, 2445], /./, () => "private members are seen within their class alone."],
  [
    [2790],
    /./,
    ({ text }) => {
      const [, owner = "o", name = "name"] = /^([\w$]+)\.([\w$]+)$/.exec(text) ?? [];
      return `An object without ${name} is const { ${name}, ...others } = ${owner};`;
    },
  ],
  [
    [2322],
    /^Type '"([^"]*)"' is not assignable to type '(\w+)'/,
    ({ before, earlier }, [, value, name]) =>
      earlier(name)?.kind === "enum" || new RegExp(`\\benum\\s+${name}\\b`).test(before)
        ? `A value of an enum stands behind a dot: ${name}.${/^\w+$/.test(value) ? value : "Name"}.`
        : undefined,
  ],
  [
    [2322],
    /^Type '[^']*' is not assignable to type '\([^']*\) => /,
    ({ text }) =>
      /^this\.\w+$/.test(text)
        ? `The class has a method of that name: ${text}() calls it. Give the property another name.`
        : undefined,
  ],
  [
    [2322],
    /is not assignable to type 'Curve'/,
    () => "Each curve has a name, and its values in a list: curves({ loss: [2.3, 0.9, 0.4] }).",
  ],
  [
    [2693],
    /'([^']+)'/,
    ({ before }, [, name]) =>
      /\bnew\s+$/.test(before) && !TYPES_AS_VALUES.has(name)
        ? `${name} is a type, of which new makes nothing; an object of it is const o: ${name} = { ... };`
        : undefined,
  ],
  [
    [2693],
    /'([^']+)'/,
    (_, [, name]) =>
      TYPES_AS_VALUES.get(name) ??
      `${name} is a type: it is gone when the cell runs, and has no value.`,
  ],
  [
    [2749],
    /'([^']+)'/,
    (_, [, name]) => TYPE_NAMES.get(name) ?? `${name} is a value; its type is typeof ${name}.`,
  ],
  [
    [18016],
    /./,
    ({ text }) =>
      /^#(?:include|define|pragma|import)\b/.test(text)
        ? 'Nothing is included; what a package exports is imported: import { tensor } from "convbook";'
        : "A comment begins with //.",
  ],
  [[1102], /./, () => "A name need not be deleted; give it another value, or let it be."],
  [[1262, 1214], /./, () => "That word belongs to the language; choose another name."],
];

/** this outside of methods; an arrow that stands in an object is taken for one. */
function strayThis(before: string): string {
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const method = /(?<![\w$])([\w$]+)\s*:\s*(\([^()]*\))\s*=>/.exec(line);
  return method
    ? `An arrow function has no this of its own. In an object write a method: ${method[1]}${method[2]} { return ... }.`
    : "this is at home in the methods of a class; a cell's names stand by themselves.";
}

/** The type that a parameter seems to have, by the first thing that is asked of it. */
function typeByUse(name: string, after: string): string {
  const plain = name.replaceAll("$", "\\$");
  const used = new RegExp(`(?<![\\w$.])${plain}(?:\\.(\\w+)|(\\[))`).exec(after);
  const member = used?.[1] ?? "";
  if (TENSOR_ONLY.has(member)) return "Tensor";
  if (LIST_ONLY.has(member) || used?.[2]) return "number[]";
  return TEXT_ONLY.has(member) ? "string" : "number";
}

const TENSOR_ONLY = new Set(["shape", "get", "set", "data", "reshape", "rank", "channel", "mean"]);
const LIST_ONLY = new Set(["length", "map", "push", "filter", "reduce", "forEach", "join", "at"]);
const TEXT_ONLY = new Set(["toUpperCase", "toLowerCase", "split", "trim", "startsWith"]);
