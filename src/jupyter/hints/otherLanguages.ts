/** What a line shows that is not TypeScript's, and how TypeScript writes it. */
export interface Symptom {
  pattern: RegExp;
  hint: string;
  /** Whether it is looked for within quotes too. */
  inTexts?: boolean;
}

const LIST = "A list from a list is xs.map((x) => x * x); what to keep is xs.filter((x) => x > 0).";
const COUNTING = "TypeScript counts by for (let i = 0; i < n; i++) { ... }.";
const EACH = "TypeScript goes through a list by for (const x of xs) { ... }.";
const FUNCTION =
  "A function is written function area(w: number, h: number): number { ... }: the word function comes first, and types stand behind the names.";
const DECLARED =
  "A variable is declared by let or const, its type comes behind: const x: number = 3; within a class: x: number = 3;";
const UNEQUAL = "Not equal is written a !== b.";
const OBJECT_TYPE =
  "What belongs together is an object, { x: 1, y: 2 }; its type is interface Point { x: number; y: number }.";
const SWITCH = "One of several cases is chosen by switch (x) { case 1: ...; break; default: ... }.";

/** Lines of which one glance tells the language, tried before the more general ones. */
export const OTHER_LANGUAGES: readonly Symptom[] = [
  // what a paste brings along
  {
    pattern:
      /^(?:diff --git |@@ -\d|--- \S|\+{3} \S|\s*[-+]\s+(?:const|let|var|import|export|function|class|return)\s[^;={(]*[;={(])/,
    hint: "These are lines of a comparison of two versions: take out those that begin with -, and of those with + the sign.",
  },

  // Python
  {
    inTexts: true,
    pattern: /\{[^{}]*:[<>^+]?\d*\.\d+[fdeg]\}/,
    hint: "A number with two decimals is put into a text between backquotes so: `loss ${x.toFixed(2)}`.",
  },
  {
    pattern: /^\s*(?:let|const|var)\s+[\w$]+\s*,[\w$\s,]*=[^=].*,/,
    hint: "Several names get their values out of a list: const [a, b] = [1, 2];",
  },
  {
    pattern: /^\s*@\w/,
    hint: "A line with @, as Python's decorators and Java's annotations, is left out here.",
  },
  { pattern: /^\s*match\s+\w[\w.()]*\s*(?::|\{)/, hint: SWITCH },
  { pattern: /[\w)\]"'](?:\s+<>\s*|\s*<>\s+)[\w("']/, hint: UNEQUAL },
  {
    pattern: /[[(][^)\]\n]*[\w)\]]\s+for\s+\(?\s*(?:const\s+|let\s+)?\w[\w, ]*\s+(?:in|of)\b/,
    hint: LIST,
  },

  // Java, C and C#
  {
    pattern:
      /^\s*(?:(?:private|protected|inline|virtual|extern|unsigned)\s+)*(?:int|void|float|double|char|bool|boolean|long|short|string|String|auto)(?:\s*\[\s*\])?\s+\*?\w+\s*\([^)]*\)\s*(?:\{|$)/,
    hint: FUNCTION,
  },
  {
    pattern:
      /^\s*public\s+(?:static\s+)?(?:int|float|double|char|bool|boolean|long|string|String)(?:\s*\[\s*\])?\s+\w+\s*\([^)]*\)\s*(?:\{|$)/,
    hint: FUNCTION,
  },
  {
    pattern: /^\s*(?:const\s+)?(?:int|char|float|double|void|struct\s+\w+)\s*\*+\s*\w+/,
    hint: 'There are no pointers: a text is const s = "abc", a list const xs = [1, 2, 3].',
  },
  {
    pattern: /[(,=]\s*&\w/,
    hint: 'There are no addresses: a value is handed over as it is; a line is asked for by prompt("name? ").',
  },
  { pattern: /^\s*(?:typedef\s+)?struct\b/, hint: OBJECT_TYPE },
  { pattern: /^\s*typedef\s/, hint: "A type gets a name by type Size = number;" },
  { pattern: /^\s*#\s*define\s/, hint: "A value gets a name by const N = 10;" },
  {
    pattern: /\b(?:int|float|double|long|char|String|boolean)\b[^=]*\[\s*\d*\s*\]\s*\[\s*\d*\s*\]/,
    hint: "Rows are lists of their own: const grid: number[][] = [[0, 0], [0, 0]];",
  },
  {
    pattern:
      /^(?!\s*(?:int|float|double|long|char|String)\s).*[=(,+\-*/]\s*\((?:int|float|double|long|char|number|string|String|bool|boolean)\)\s*[\w("']/,
    hint: "A number is made by Number(x), a whole one by Math.trunc(x), a text by String(x).",
  },
  {
    pattern: /\bcatch\s*\(\s*(?:final\s+)?[A-Z][\w.:]*(?:\s*\|\s*\w+)?\s*&?\s+\w+\s*\)/,
    hint: "catch names the error alone: catch (error) { ... }.",
  },
  {
    pattern: /^\s*import\s+(?:static\s+)?[\w.]+\.\*\s*;?\s*$/,
    hint: 'Names are imported out of a package, which stands in quotes: import { tensor } from "convbook";',
  },
  {
    pattern: /^\s*package\s+[\w.]+\s*;?\s*$/,
    hint: "A notebook names no package: leave the line out.",
  },
  {
    pattern:
      /^\s*(?:final\s+)?(?!(?:String|List|ArrayList|Map|HashMap|Vector|Dim)\b)[A-Z]\w*(?:<[\w<>, ]*>)?(?:\[\])?\s+[a-z_]\w*\s*(?:=[^=>]|;\s*$)/,
    hint: 'A variable is declared by let or const, and needs no type: const d = new Dog("rex");',
  },
  { pattern: /\b[Ii]nstanceOf\b/, hint: "It is spelt instanceof: x instanceof Dog." },
  {
    pattern:
      /^\s*(?:(?:public|private|protected|static|final|const|extern|volatile|unsigned|signed)\s+)+(?:int|float|double|long|char|short|auto|String|boolean|bool|string|number)\s+\w+\s*(?:=|;|,|$)/,
    hint: DECLARED,
  },
  {
    pattern:
      /^\s*(?:int|float|double|long|char|short|String|boolean|bool)\s+\w+\s*,\s*\w+\s*(?:=|;|,|$)/,
    hint: DECLARED,
  },
  {
    pattern: /^(?!\s*(?:float|double|long|int)\s).*\b\d+(?:\.\d*)?[fFlLdD]\b/,
    hint: "A number has no letter behind it: 1.5.",
  },
  {
    pattern: /^\s*template\s*</,
    hint: "A type that is left open stands behind the name: function first<T>(xs: T[]): T { ... }.",
  },
  {
    pattern: /[\w)\]]->\w/,
    hint: "What belongs to an object stands behind a dot, person.name; a small function is (x) => x + 1.",
  },

  // MATLAB and R
  {
    pattern: /[(=]\s*-?\d+\s*:\s*-?\w+\s*[),]/,
    hint: "Numbers one after the other: Array.from({ length: 10 }, (_, i) => i + 1).",
  },
  {
    pattern:
      /^\s*(?:(?:let|const|var)\s+)?\w+\s*=\s*-?[\w.]+\s*:\s*-?[\w.]+(?:\s*:\s*-?[\w.]+)?\s*;?\s*$/,
    hint: "Numbers one after the other: Array.from({ length: 10 }, (_, i) => i + 1).",
  },
  {
    pattern: /=\s*[\w.)\]]+'\s*;?\s*$/,
    hint: "A matrix is turned over by x.transpose([1, 0]); a text stands between two quotes.",
  },
  { pattern: /[\w)\]]\s*~=\s*[\w("'-]/, hint: UNEQUAL },
  { pattern: /^\s*%\s+\S/, hint: "A comment begins with //." },
  { pattern: /%in%/, hint: "Ask by xs.includes(x)." },
  { pattern: /\w\s*%%\s*\w/, hint: "What a division leaves over is a % b." },
  { pattern: /\|>/, hint: "A function is called with the value in brackets: f(x)." },
  {
    pattern: /[\w)\]]\s+\.[*/^]\s*[\w(]/,
    hint: "With each value of a tensor: x.map((v) => v ** 2); with two tensors: zip(a, b, (p, q) => p * q).",
  },
  {
    pattern: /^\s*(?:clc|clear\s+all|close\s+all|hold\s+on)\b/,
    hint: "There is nothing to clear: leave the line out. All begins anew by Restart in the Kernel menu.",
  },
  {
    pattern: /[[(,]\s*(?:'[^']*'|"[^"]*")\s+\w+\s*[(\],)]/,
    hint: "Between a text and a value stands a comma; or the value is put into the text: `n = ${n}`.",
  },
  {
    pattern: /\w\[[^\][\n]*,\s*\]/,
    hint: "A pair of brackets takes one index: rows[i][j]; a tensor has x.get(i, j).",
  },

  // Go, Rust, Ruby, Swift
  {
    pattern: /^\s*for\s+\w+(?:\s*,\s*\w+)?\s*:=\s*range\b/,
    hint: `${EACH.slice(0, -1)}, with the index by for (const [i, x] of xs.entries()) { ... }.`,
  },
  { pattern: /^\s*for\s+\w+\s*:=/, hint: COUNTING },
  { pattern: /^\s*(?:func|fun|fn|sub|proc)\s+\w+\s*\(/, hint: FUNCTION },
  {
    pattern:
      /\b(?:var|let|const)\s+\w+\s+(?:\[\]|\*)?\s*(?:int|float64|float32|float|string|bool|byte|number|boolean|Int)\b/,
    hint: "A type comes behind a colon: let x: number = 3; of a list: let xs: number[] = [];",
  },
  { pattern: /\blet\s+mut\s/, hint: "let is enough: what it declares may change." },
  { pattern: /^\s*type\s+\w+\s+(?:struct|interface)\b/, hint: OBJECT_TYPE },
  {
    pattern: /^\s*for\s+[^(\s][^;(]*(?:[<>]=?|[!=]==?)[^;(]*$/,
    hint: "A loop with a condition is while (n > 3) { ... }.",
  },
  { pattern: /\bdo\s*\|\s*\w|\.(?:each|times)\s*\{/, hint: `${EACH} ${COUNTING}` },
  { pattern: /^\s*unless\s/, hint: "Unless is if with a !: if (!(x > 3)) { ... }." },
  {
    pattern: /\.\w+\s*\{\s*\w+\s+in\b/,
    hint: "A function is handed over in round brackets: xs.forEach((x) => console.log(x)).",
  },
  { pattern: /^\s*(?:Dim|local|my|our)\s+[$\w]+/, hint: DECLARED },

  // slips within TypeScript
  {
    pattern: /[\w)\]]\s+@\s+[\w(]/,
    hint: "Rows times weights are dense(x, weights), imported from convbook.",
  },
  { pattern: /[^=!<>]=\s+=/, hint: "A value is given by one =; to compare write ===." },
  { pattern: /\)\s*=\s+>/, hint: "=> is one sign, without a space in it: (a, b) => a + b." },
  {
    pattern: /^[^"'`/]*[^"'`/=!<>]=\s*if\b/,
    hint: "if gives no value. One of two values is const x = condition ? a : b;",
  },
  {
    pattern: /^[^"'`/]*[^"'`/=!<>]=\s*(?:(?:switch|for|while|try)\b|match\s+\w)/,
    hint: "A statement gives no value: declare the name above, by let, and give it one inside.",
  },
  {
    pattern: /^[^"'`/]*=>\s*(?:if|for|while|switch|try)\b/,
    hint: "A body of statements stands in braces: (x) => { if (x > 0) { ... } }.",
  },
  {
    pattern: /(?:&&|\|\|)\s*(?:[<>]=?|[!=]==?)\s*[\w"'(-]/,
    hint: "Each comparison names both sides: n > 3 && n < 9.",
  },
  {
    pattern: /[\w)\]]\s*=<\s*[\w(](?!\w*[>,])/,
    hint: "Less than or equal is <=, greater than or equal >=.",
  },
  {
    pattern: /\belse\s*\([^{}]*\)\s*\{/,
    hint: "Only else if has a condition: else if (n === 8) { ... }.",
  },
  {
    pattern: /\$\{[^}`]*`\s*(?:[;,)\]]|$)/,
    hint: "What is put into a text ends with a }: `n is ${n}`.",
  },
  {
    pattern: /^\s*(?:let|const|var)\s[^([{]*,\s*$/,
    hint: "After a comma the line goes on in the next one: end it with a semicolon.",
  },
  {
    pattern: /=>\s*\{[^{}]*\}\s*\(\s*\)/,
    hint: "A function that is called at once stands in brackets: (() => { ... })().",
  },
  {
    pattern: /^\s*\{[^{}]*:[^{}]*\}\s*[.[]/,
    hint: "A brace at the start of a line opens a block. Put an object in brackets: ({ a: 1, b: 2 }).",
  },
  {
    pattern:
      /^(?!.*(?:\?|=>|\bfunction\b)).*[\w)\]]\([^{}]*[,(]\s*[A-Za-z_]\w*\s*:\s*(?:["'`\d[]|true\b|false\b)[^{}]*$/,
    hint: 'Options stand in braces, each with its name: conv2d(x, w, { padding: "same" }).',
  },
];
