import { OTHER_LANGUAGES, type Symptom } from "./otherLanguages";

/**
 * The first that matches the line of a syntax error speaks; special ones stand before general ones. All
 * patterns are linear: no repetition within a repetition.
 */
const SYMPTOMS: readonly Symptom[] = [
  ...OTHER_LANGUAGES,
  {
    pattern: /^\s*%/,
    hint: 'Lines with % are commands of Python\'s kernel. Time a block of code by console.time("name") and console.timeEnd("name").',
  },
  {
    pattern: /^\s*!\s*(?:ls|pip|cd|cat|npm|pwd|mkdir|rm|git|python|node|echo|wget|curl)\b/,
    hint: "Lines with ! are commands of Python's kernel. Use a terminal: File, New, Terminal.",
  },
  { pattern: /^\s*\$\s/, hint: "That is a line for a terminal: File, New, Terminal." },
  {
    pattern:
      /^\s*(?:pip3?|npm|npx|conda|git|cd|ls|mkdir|cat|rm|sudo|apt|brew|python3?|node|jupyter|curl|wget)\s+[\w./~-]/,
    hint: "That is a line for a terminal: File, New, Terminal.",
  },
  {
    pattern: /^\s*#\s*(?:include|define|pragma|import|ifdef)\b/,
    hint: 'Nothing is included; what a package exports is imported: import { tensor } from "convbook";',
  },
  {
    pattern: /^\s*(?:>{3}|\.{3}|(?:In|Out)\s*\[\d+\]:)\s/,
    hint: "That is the prompt of another notebook or terminal: leave it out, and keep what stands behind it.",
  },
  {
    pattern:
      /^\s*(?:#\s+[A-Z]|#{2,6}\s+\S|[-*]\s+[A-Za-z]+\s+[A-Za-z]|[A-Z][a-z]+(?:\s+[A-Za-z]+){2,}[^={}]*[.:?!]\s*$|[A-Z][a-z]+\s+[a-z]+\s[^=(){}[\];]*:)/,
    hint: "Text stands in a Markdown cell (choose Markdown in the bar above the notebook), or behind // as a comment.",
  },
  { pattern: /^\s*#(?!\w+[^\S\n]*[(=;])/, hint: "A comment begins with //." },
  { pattern: /^\s*--\s/, hint: "A comment begins with //." },
  {
    pattern: /^\s*(?:\?{1,2}[A-Za-z_][\w.]*|[A-Za-z_][\w.]*\?{1,2})\s*;?\s*$/,
    hint: "Put the cursor into a name and press Shift+Tab to read about it.",
  },
  { pattern: /^\s*(?:"""|''')/, hint: "A comment of several lines stands between /* and */." },
  {
    pattern: /(?:^|[{;])\s*(?:async\s+)?def\s/,
    hint: "A function is written function f(x: number) { return x; }: with the word function, and its body in braces.",
  },
  {
    pattern: /^\s*from\s+[\w.]+\s+import\b/,
    hint: 'The names come first: import { tensor } from "convbook";',
  },
  {
    pattern: /^\s*import\s+[\w.]+(?:\s+as\s+\w+)?\s*;?\s*$/,
    hint: 'Import names out of a package, which stands in quotes: import { tensor } from "convbook";',
  },
  { pattern: /\belif\b/, hint: "TypeScript writes else if (condition) { ... }." },
  {
    pattern: /^\s*(?:except|finally|try)\b[^{]*:/,
    hint: "TypeScript writes try { ... } catch (error) { ... }.",
  },
  {
    pattern: /^\s*with\s.*:\s*$/,
    hint: "TypeScript has no with; use the value, or try { ... } finally { ... }.",
  },
  {
    pattern: /=>\s*return\b/,
    hint: "Behind => stands the value itself, (x) => x * 2, or a body in braces, (x) => { return x * 2; }.",
  },
  {
    pattern: /^\s*from\s+["'][^"']*["']\s+import\b/,
    hint: 'The names come first: import { tensor } from "convbook";',
  },
  {
    pattern: /^\s*import\s+\*\s+from\b/,
    hint: 'All at once they get a name in common: import * as convbook from "convbook"; and then convbook.tensor(...).',
  },
  {
    pattern: /^\s*import\s+[\w$]+\s*,\s*[\w$]+/,
    hint: 'Its names are imported in braces, parted by commas: import { tensor, conv2d } from "convbook";',
  },
  {
    pattern: /^\s*import\s*\{[^}]*\w\s+(?!as\b|type\b)\w+[^}]*\}/,
    hint: 'The names are parted by commas: import { Tensor, tensor } from "convbook";',
  },
  {
    pattern: /^\s*for\s*\(?\s*\w+\s*(?:=|in\b)\s*\w+\s*:\s*\w+/,
    hint: "TypeScript counts by for (let i = 0; i < n; i++) { ... }, and goes through a list by for (const x of xs) { ... }.",
  },
  {
    pattern: /^\s*function\s+(?:\w+|\[[\w\s,]*\])\s*=\s*\w+/,
    hint: "A function is written function f(x: number) { return x ** 2; }: its result follows return, and its body stands in braces.",
  },
  {
    pattern: /[\w)\]]\.[*/^][^\S\n]*[\w(]/,
    hint: "With each value of a tensor: x.map((v) => v ** 2); of a list: xs.map((v) => v ** 2).",
  },
  {
    pattern: /[=(,[]\s*\[\s*-?[\d.]+(?:\s+-?[\d.]+)+\s*[;\]]/,
    hint: "The values of a list are parted by commas, and rows are lists of their own: [1, 2, 3], [[1, 2], [3, 4]].",
  },
  {
    pattern: /^\s*end\s*;?\s*$/,
    hint: "A block stands in braces, and ends with }: for (let i = 0; i < n; i++) { ... }.",
  },
  {
    pattern: /\bswitch\s+[^(\s]/,
    hint: "What is chosen by stands in brackets: switch (x) { case 1: ...; break; default: ... }.",
  },
  {
    pattern: /^\s*(?:else|otherwise|default)\s*:|\bcase\s+(?:_|else)\s*:/,
    hint: "What is done otherwise stands behind default: switch (x) { case 1: ...; break; default: ... }.",
  },
  {
    pattern: /\}\s*while\s+[^(\s]/,
    hint: "The condition stands in brackets: do { ... } while (x < 5);",
  },
  {
    pattern: /\belse\s+if\s*\{/,
    hint: "else if wants a condition, in brackets: else if (x > 0) { ... }; without one it is else { ... }.",
  },
  {
    pattern: /^\s*else\b/,
    hint: "else stands behind the } of its if: if (x > 0) { ... } else { ... }. Is that } missing above?",
  },
  {
    pattern: /^\s*while\s*\([^{}]*\)\s*do\b/,
    hint: "There is no do behind while: while (x < 5) { ... }.",
  },
  { pattern: /\blambda\b/, hint: "A small function is (x) => x + 1." },
  { pattern: /^\s*raise\b/, hint: 'An error is thrown by throw new Error("what is wrong");' },
  {
    pattern: /^\s*(?:global|nonlocal)\s/,
    hint: "A function sees the names around it without saying so.",
  },
  { pattern: /^\s*del\s/, hint: "Nothing need be deleted; a property is, by delete object.name." },
  { pattern: /^\s*assert\s/, hint: 'Check by if (!condition) throw new Error("what is wrong");' },
  { pattern: /^\s*print\s/, hint: "TypeScript prints by console.log(...)." },
  {
    pattern: /\[[^\]\n]*\bfor\b[^\]\n]*\bin\b/,
    hint: "A list from a list is xs.map((x) => x * x); what to keep is xs.filter((x) => x > 0).",
  },
  {
    pattern: /\bfor\s+\w[\w, ]*\s+in\b/,
    hint: "TypeScript goes through a list by for (const x of xs) { ... }, and counts by for (let i = 0; i < n; i++) { ... }.",
  },
  {
    pattern: /\bfor\s+\w+\s+of\b/,
    hint: "The loop's head stands in brackets: for (const x of xs) { ... }.",
  },
  {
    pattern: /^\s*(?:export\s+)?class\s+\w+\s*(?:\([^)]*\)\s*)?:/,
    hint: "A class's body stands in braces, and its constructor is called so: class Dog { constructor(public name: string) {} }.",
  },
  {
    pattern: /^\s*(?:if|while|for|else|class)\b[^?{]*:\s*(?:\/\/.*|#.*)?$/,
    hint: "A condition stands in brackets and a block in braces: if (x > 0) { ... }.",
  },
  {
    pattern: /\bis\s+(?:not\s+)?(?:None|null|True|False|undefined)\b/,
    hint: "Compare by x === null, or x !== null.",
  },
  { pattern: /\bnot\s+in\b/, hint: "Ask by !xs.includes(x)." },
  {
    pattern: /[\w)\]'"]\s+(?:and|or)\s+[\w(!'"]/,
    hint: "TypeScript writes && for and, || for or.",
  },
  { pattern: /(?:^|[\s(=])not\s+\w/, hint: "TypeScript writes ! for not: !found." },
  {
    pattern: /(?:^|[\s(=,+[])f(?:"[^"]*"|'[^']*')/,
    hint: "Values go into a text between backquotes: `size ${x}`.",
  },
  { pattern: /(?:^|[\s(=,])r(?:"[^"]*"|'[^']*')/, hint: "A raw text is String.raw`...`." },
  {
    pattern: /\w\[[^\][\n?{}]*:[^\][\n?{}]*\]/,
    hint: "A part of a list is xs.slice(from, to), of a tensor x.slice(begin, size), with a number for each axis.",
  },
  {
    pattern: /[\w)\]]\s*\/\/\s*[\w(]/,
    hint: "// begins a comment. Division of whole numbers is Math.floor(a / b).",
  },
  {
    pattern:
      /\bfor(?:each)?\s*\(\s*(?:int|float|double|long|char|size_t|unsigned|auto|final|String|number|string|var|val)\s+\w+\s*=/,
    hint: "The counter is declared by let: for (let i = 0; i < n; i++) { ... }.",
  },
  {
    pattern:
      /\bfor\s*\(\s*(?:(?:final|const|let|var)\s+)?(?:[\w<>[\]]+\s+)?\w+\s*:\s*\w+\s*\)|\bforeach\s*\(/,
    hint: "TypeScript goes through a list by for (const x of xs) { ... }.",
  },
  {
    pattern:
      /(?:^|[{;])\s*(?:(?:final|static|const|unsigned|signed|long)\s+)*(?:int|float|double|long|char|short|byte|unsigned|String|boolean|number|string)\s*(?:\[\s*\d*\s*\]\s*\w+|\s\w+\s*\[\s*\d*\s*\])/,
    hint: "A list is declared so: const xs: number[] = [1, 2, 3]; one of n zeros: new Array(n).fill(0).",
  },
  {
    pattern:
      /(?:^|[{;])\s*(?:(?:final|static|unsigned|signed|volatile|mutable|val)\s+(?:(?:int|float|double|long|char|short|auto|String|boolean|bool|string|number)\s+)?|const\s+(?:int|float|double|long|char|short|auto|String|bool)\s+)\w+\s*(?:=|;|$)/,
    hint: "A variable is declared by let or const, its type comes behind: const x: number = 3; within a class: x: number = 3;",
  },
  {
    pattern: /(?:^|[{;])\s*(?:List|ArrayList|vector|std::vector|Map|HashMap)\s*<[\w\s,:]*>\s+\w+/,
    hint: "A list is declared so: const xs: number[] = []; a map: const m = new Map<string, number>();",
  },
  {
    pattern: /^\s*using\s+(?:namespace\s+)?[\w.:]+\s*;?\s*$/,
    hint: 'Names are imported one by one: import { tensor } from "convbook";',
  },
  {
    pattern: /^\s*require\s+["'`]/,
    hint: 'Names are imported so: import { tensor } from "convbook";',
  },
  {
    pattern: /\b(?:check|hint|solution)\s*\(\s*\d\d?\./,
    hint: 'The exercise stands in quotes: check("02.zeroPad", zeroPad), hint("02.zeroPad").',
  },
  {
    pattern:
      /(?:^|[{;])\s*(?:int|float|double|long|char|auto|String|boolean|bool|string|number)\s+\w+\s*(?:=|;|$)/,
    hint: "A variable is declared by let or const, its type comes behind: const x: number = 3; within a class: x: number = 3;",
  },
  {
    pattern: /\b(?:int|float|double|string|number|boolean)\s+\w+\s*[,)]/,
    hint: "The type of a parameter comes behind it: (x: number, y: string).",
  },
  {
    pattern: /\)\s*->\s*\w/,
    hint: "The type of a result follows a colon: function f(x: number): number; a small function is (x) => x.",
  },
  { pattern: /\w\s*->\s*\w/, hint: "A small function is written with =>: (x) => x + 1." },
  { pattern: /\w\s*:=\s*/, hint: "A value is given by const x = ..." },
  {
    pattern: /[=(,?:]\s*<[A-Za-z][\w.]*[\s/>]/,
    hint: 'A cell knows no JSX; show(...) displays figures, and display({ "text/html": "<b>hi</b>" }) HTML.',
  },
  {
    pattern: /^\s*<[A-Za-z]/,
    hint: 'A cell is no HTML; display({ "text/html": "<b>hi</b>" }) shows some.',
  },
  {
    pattern: /[“”„‘’«»]/,
    hint: "These are typographic quotes, as word processors and web pages set them. Code takes \" or '.",
  },
  {
    pattern: /\b(?:func|fun|fn|fonction|funtion|fucntion|functon)\s+\w+\s*\(/,
    hint: "It is spelt function.",
  },
  { pattern: /\b(?:cosnt|conts|cont|lett|vra)\s+\w/, hint: "It is spelt const, or let." },
  {
    pattern: /\bfor\s*\(\s*(?:let|var)\s[^;,)]*,[^;)]*,[^;)]*\)/,
    hint: "The parts of a loop's head are parted by semicolons: for (let i = 0; i < n; i++) { ... }.",
  },
  {
    pattern: /[\w)\]]\s+if\s.*\selse\s/,
    hint: "One of two values is condition ? a : b.",
  },
  {
    pattern: /\bconsole\.\w+\s+["'`\w]/,
    hint: "What is printed stands in brackets: console.log(x).",
  },
  {
    pattern: /^\s*(?:print|puts|echo|println|printf|cout|std::cout)\b/,
    hint: "TypeScript prints by console.log(...).",
  },
  {
    pattern: /\bis\s+(?:not\s+)?(?:\d|["'])/,
    hint: "Compare by x === 3, or x !== 3.",
  },
  {
    pattern: /(?:^|[\s(=,+:[])'[^'\n]*[A-Za-z]'[A-Za-z][^'\n]*'/,
    hint: 'An apostrophe ends a text that began with one. Put the text between other quotes: "it\'s".',
  },
  {
    pattern: /^\s*(?:public|private|protected|static)\s/,
    hint: "A function stands by itself: function main() { ... }; public and private belong into a class.",
  },
  {
    pattern: /\bfrom\s+[A-Za-z_]\w*\s*;?\s*$/,
    hint: 'The name of a package stands in quotes: from "convbook".',
  },
  {
    pattern: /^\s*(?:if|while)\s+[^(\s]/,
    hint: "The condition stands in brackets: if (x > 0) { ... }.",
  },
  {
    pattern: /\b(?:let|const|var)\s+(?:let|const|var)\b/,
    hint: "One of the words is enough: const for what stays, let for what changes.",
  },
  {
    pattern:
      /\b(?:let|const|var)\s+(?:class|new|function|if|for|in|return|default|delete|this|typeof|import|export|switch|case|while|with|try|throw|void|enum|super|null|true|false|do|else|break|continue)\b/,
    hint: "That word belongs to the language; choose another name.",
  },
  {
    pattern: /^\s*(?:let|const|var)\s+[A-Za-z_]\w*[^\S\n]+[A-Za-z_]\w*\s*=/,
    hint: "A name has no spaces: use capitals, as in myImage.",
  },
  { pattern: /\b(?:let|const|var)\s+\d/, hint: "A name begins with a letter." },
  {
    pattern: /\b(?:let|const|var)\s+\w+-\w/,
    hint: "A name has no hyphen: use capitals, as in myImage.",
  },
  {
    pattern: /^\s*\{\s*["'\w]+\s*:.*,/,
    hint: "A brace at the start of a line opens a block. Put an object in brackets: ({ a: 1, b: 2 }).",
  },
  { pattern: /(?:\)\s*then\b|\bthen\s*$)/, hint: "There is no then: if (x > 0) { ... }." },
  {
    pattern: /[=(,:]\s*\{\s*\w+\s*:\s*[\w."'`]+\s*;/,
    hint: "The properties of an object are parted by commas: { a: 1, b: 2 }.",
  },
  {
    pattern: /^\s*(?:async\s+)?function\s*\(/,
    hint: "A function that stands by itself has a name: function half(x: number) { ... }.",
  },
  {
    pattern: /\bfunction\s+\w+\s*\([^)]*\{\s*$/,
    hint: "The parameters end with a ) before the {.",
  },
  { pattern: /[\w)\]]\.\?[\w([]/, hint: "It is written x?.name." },
  { pattern: /\d\.\d+\.\d/, hint: "A number has one point." },
  { pattern: /\d,0\d\d\b/, hint: "A number is written without commas: 1000, or 1_000." },
  {
    pattern: /[^?\s]\s\?\s[^:?.]*$/,
    hint: "One of two values needs both: condition ? a : b.",
  },
  {
    pattern:
      /^\s*(?!(?:return|case|throw|yield|await|typeof|void|new|delete|else|import|export|from|do|let|const|var|default|in|of)\b)[A-Za-z_$][\w$.]*\s+(?:-?\d|["'`])[^=:]*$/,
    hint: "What a function is given stands in brackets: area(2, 3).",
  },
];

const BY_CODE: ReadonlyMap<number, string> = new Map([
  [
    1002,
    "A text ends on the line it began on, with the same quote. For several lines take backquotes: `...`.",
  ],
  [1160, "The text that began with a backquote ` is not closed."],
  [1134, "Names are parted by commas, let a = 1, b = 2; and a number has a point: 3.14."],
  [
    1107,
    "break and continue do not reach out of a function. A loop that can be left is for (const x of xs) { ... }, in place of forEach.",
  ],
  [1003, "Here a name is needed."],
  [1108, "A cell has no return: its last expression is its value."],
  [1155, "const needs its value at once: const x = 3; what comes later is let x: number;"],
  [
    1308,
    "await is at home at the top of a cell and in functions that say async: async function f() { ... }.",
  ],
  [1103, "for await is at home at the top of a cell and in functions that say async."],
  [1359, "That word belongs to the language; choose another name."],
  [1389, "That word belongs to the language; choose another name."],
  [
    1068,
    "In a class a method stands without the word function: area() { ... }, and a property without let: x = 1;",
  ],
  [1472, "try is followed by what is done about an error: try { ... } catch (error) { ... }."],
  [17006, "Say by brackets what comes first: (-2) ** 2 is 4, -(2 ** 2) is -4."],
  [1156, "The body of the loop or if wants braces around it: { const x = 1; ... }."],
  [
    1061,
    'Behind a member that is a text each has a value of its own: enum Colour { Red = "r", Green = "g" }.',
  ],
  [1117, "A property stands once in an object; which of the two values is meant?"],
  [1104, "continue goes on with a loop's next round, and stands within a loop."],
  [1105, "break leaves a loop or a switch, and stands within one; a function is left by return."],
  [1163, "yield stands in functions with a star: function* count() { ... }."],
  [1135, "A value is missing here, or there is one sign too many."],
  [1351, "A name begins with a letter; a method of a number is called so: (3).toFixed(2)."],
  [1312, "A property takes a colon: { a: 1 }."],
  [1313, "The if ends at this semicolon: leave that out."],
  [1211, "A class has a name: class Dog { ... }."],
  [1011, "Between [ and ] an index is missing: xs[0]."],
  [1141, 'The name of a package stands in quotes: from "convbook".'],
  [
    1161,
    "A / begins a pattern here, which ends with another / on the line (and a [ in it with a ]); or was a value forgotten before it, to divide?",
  ],
  [
    1434,
    "A word stands here that the language does not know at this place: is an operator, a dot or a bracket missing before it?",
  ],
  [1109, "A value is missing here, or there is one sign too many."],
  [
    1005,
    "Something is missing just before this place: a comma, an operator, a bracket or a quote.",
  ],
  [1101, "TypeScript has no with; name what you use: const { a, b } = object."],
  [1128, "There is a closing bracket too many, or an opening one is missing above."],
  [1127, "This sign does not belong into code; was the text copied from a web page?"],
]);

/** A sentence for an error of the language's grammar, by TypeScript's number of it. */
export const codeHint = (code: number): string | undefined => BY_CODE.get(code);

/** A sentence for a syntax error, by what its line, or the one before, looks like, and else by its number. */
export function syntaxHint(
  source: string,
  code: number,
  line: number,
): { hint: string | undefined; line: number; foreign: boolean } {
  const lines = source.split("\n");
  // A line with # or @ above is the first of another language's, whatever stands below it.
  const above = /^\s*[#@]/.test(lines[line - 2] ?? "") ? [line - 1] : [];
  for (const at of [...above, line, line - 1, line - 2]) {
    const text = lines[at - 1];
    if (text === undefined || text.length > LONGEST_LINE) continue;
    const plain = withoutTexts(text);
    const symptom = SYMPTOMS.find(({ pattern, inTexts }) => pattern.test(inTexts ? text : plain));
    if (symptom) return { hint: symptom.hint, line: at, foreign: true };
    if (text.trim() !== "" && at !== line) break;
  }
  return { hint: BY_CODE.get(code), line, foreign: false };
}

const LONGEST_LINE = 500;

/** A line of which the words within quotes are no words: what a text says is no code. */
function withoutTexts(line: string): string {
  return line.replace(
    /"[^"\\]*"|'[^'\\]*'/g,
    (text) => text[0] + "a".repeat(text.length - 2) + text[0],
  );
}
