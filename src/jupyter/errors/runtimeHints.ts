/**
 * What to say, in plain words, about errors that beginners meet while a cell runs. The first row whose pattern
 * matches speaks; `$1` and so on are what the pattern has found.
 */
const TABLE: readonly (readonly [type: string, pattern: RegExp, hint: string])[] = [
  [
    "ReferenceError",
    /^Cannot access '(.+?)' before initialization/,
    "$1 is used above the line that gives it a value. Move that line up.",
  ],
  [
    "ReferenceError",
    /^(print|len|range|abs|sum|max|min|round|str|int|float|input|list|dict|enumerate|zip) is not defined/,
    "$1 is Python's. In TypeScript: console.log(x), x.length, a for loop, Math.abs(x), Math.max(...x), Math.round(x), String(x), Number(x).",
  ],
  [
    "ReferenceError",
    /^(.+?) is not defined/,
    "No cell that has run so far gives $1 a value. Is it spelt as it was declared, and has the cell that declares it been run?",
  ],
  [
    "TypeError",
    /^Cannot (?:read|set) properties of undefined \((?:reading|setting) '(\d+)'\)/,
    "There is no row with that index: what stands before [$1] is undefined. Indices go from 0 to length - 1; a promise wants await before it has any.",
  ],
  [
    "TypeError",
    /^Cannot (?:read|set) properties of (undefined|null) \((?:reading|setting) '(.+?)'\)/,
    "What stands before .$2 is $1: nothing was put there. Print it on the line above to see it, and look where it should get its value: a function without return gives undefined, and so does an index beyond the end.",
  ],
  [
    "TypeError",
    /^Cannot destructure property '(.+?)' of '.*' as it is (undefined|null)/,
    "What $1 is taken from is $2, which has no properties. Look where it should get its value.",
  ],
  [
    "TypeError",
    /^([\w$.[\]]+)\.([\w$]+) is not a function/,
    "$1 has no function .$2. Is the name right, and is $1 what you take it for? console.log($1) shows it; a promise wants await before it.",
  ],
  [
    "TypeError",
    /\.([\w$]+) is not a function/,
    "What stands before .$1 has no such function. Give it a name on a line of its own and print it, to see what it is.",
  ],
  [
    "TypeError",
    /^undefined is not (?:a function|iterable)/,
    "Nothing was given where something is wanted: the value is undefined. Look where it should come from.",
  ],
  [
    "TypeError",
    /^(.+?) is not a function/,
    "$1 holds something that cannot be called. console.log($1) shows what; has a cell given that name another value?",
  ],
  [
    "TypeError",
    /^(?:Failed to parse URL|Invalid URL)/,
    'An address is written whole, with its beginning: "https://example.org/data.json".',
  ],
  [
    "TypeError",
    /^fetch failed/,
    "The address gave no answer. Is it spelt right, and is this machine on the network?",
  ],
  [
    "TypeError",
    /^Reduce of empty array/,
    "The list is empty, so there is nothing to begin with: give a first value, xs.reduce((sum, x) => sum + x, 0).",
  ],
  [
    "TypeError",
    /^Cannot (?:assign to read only property|add property|delete property)/,
    "The object is frozen: it does not change. Make a new one: { ...o, name: value }.",
  ],
  [
    "TypeError",
    /^(.+?) is not a constructor/,
    "new makes an object of a class, and $1 is none. A function is called without new.",
  ],
  [
    "TypeError",
    /^(.+?) is not iterable/,
    "for...of and [...x] want a list. For a number n write for (let i = 0; i < n; i++); for an object, Object.entries(x).",
  ],
  ["TypeError", /^Assignment to constant variable/, "A const keeps its value. Declare it by let."],
  [
    "TypeError",
    /^Converting circular structure to JSON/,
    "Something in it refers back to what contains it, which JSON cannot say.",
  ],
  [
    "TypeError",
    /^Cannot mix BigInt and other types/,
    "A number like 10n is a BigInt. Number(x) makes a plain number of it.",
  ],
  ["TypeError", /^Class constructor (.+?) cannot be invoked without 'new'/, "Write new $1(...)."],
  [
    "RangeError",
    /^Maximum call stack size exceeded/,
    "A function calls itself without end. What is the case in which it should stop?",
  ],
  [
    "RangeError",
    /^Invalid (?:array|typed array) length/,
    "The length that was asked for is negative, a fraction or too large. Print it on the line above.",
  ],
  [
    "RangeError",
    /^Invalid time value/,
    'The date could not be read. One that can: new Date(2026, 0, 31), or new Date("2026-01-31").',
  ],
  [
    "RangeError",
    /^Invalid count value/,
    "A text is repeated 0, 1, 2 or more times. Print the number on the line above.",
  ],
  [
    "RangeError",
    /cannot be converted to a BigInt/,
    "A BigInt is a whole number: Math.round(x) makes one of a fraction.",
  ],
  [
    "Error",
    /^ENOENT: no such file or directory, \w+ '(.+?)'/,
    "There is no such file. A path begins in the folder of the notebook, which the file browser on the left shows: is $1 in there, and spelt so?",
  ],
  [
    "Error",
    /^E(?:ACCES|PERM)\b/,
    "The file may not be read or written by you. Choose one in the folder of the notebook.",
  ],
  ["Error", /^EISDIR\b/, "That is a folder, and a file is wanted."],
  [
    "SyntaxError",
    /^Invalid regular expression/,
    "In a pattern ( ) [ ] { } . * + ? have a meaning of their own; \\ before one takes it as it is.",
  ],
  [
    "DataCloneError",
    /could not be cloned/,
    "Functions cannot be copied to another thread or stored; numbers, texts, lists and plain objects can.",
  ],
  [
    "SyntaxError",
    /^Expected (?:property name or|double-quoted property name)/,
    'The text is no JSON: there names and texts stand in double quotes, {"a": 1}, and no comma behind the last.',
  ],
  [
    "SyntaxError",
    /^Unexpected (?:token|end of JSON)|is not valid JSON| in JSON at position/,
    "The text is no JSON. Print its beginning: is it an error page, or cut off?",
  ],
];

/** Advice where it is `this` that has no value. */
export const LOST_THIS =
  "this is undefined here: the function was called by itself, and not as a method. Call it on its object, o.run(), or hand over () => o.run(); an object of a class is made by new.";

/** The advice for an error, or nothing where there is none. */
export function runtimeHint(type: string, message: string): string | undefined {
  for (const [wanted, pattern, hint] of TABLE) {
    if (wanted !== type) continue;
    const match = pattern.exec(message);
    if (match) return hint.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? "");
  }
  return undefined;
}
