/** A cell as a beginner types it. */
export interface TypedCell {
  code: string;
  /** How it ends: the error's name, or ok. */
  ends: string;
  /** What is to be seen below the cell: errors, text and value. */
  shows: RegExp;
  /** Milliseconds in which late output is waited for. */
  late?: number;
  /** Milliseconds after which it is interrupted. */
  interruptAfter?: number;
}

const ok = (code: string, shows: RegExp): TypedCell => ({ code, ends: "ok", shows });
const types = (code: string, shows: RegExp): TypedCell => ({ code, ends: "TypeCheckError", shows });
const syntax = (code: string, shows: RegExp): TypedCell => ({ code, ends: "SyntaxError", shows });
const fails = (ends: string, code: string, shows: RegExp): TypedCell => ({ code, ends, shows });
const nothing = /^$/;

/** What the notebook of that hour begins with. */
export const IMPORTS =
  'import { Tensor, tensor, zeros, conv2d, show, imageGrid, heatmap, photograph, check } from "convbook";';

/**
 * An hour of a beginner's in one notebook, cell by cell: misspelt names, forgotten awaits, wrong shapes, Python,
 * what runs too early, too late or for ever, and the odd things of the language, which must simply run. The
 * folder holds `helper.ts`, and a package `esm-only` that only `import` loads.
 */
export const HOUR: readonly TypedCell[] = [
  types(
    "const image = tensor([[1, 2], [3, 4]]);\nconsole.log(imgae.shape)",
    /^cell 2, line 2: Cannot find name 'imgae'\. Did you mean 'image'\?\n {4}console.*\n {16}\^{5}\n {2}line 1: 'image' is declared here/,
  ),
  types("const im2 = tensor([[1, 2], [3, 4]]);\nim2.shpae", /Did you mean 'shape'\?/),
  types(
    'const cat = photograph("chelsea", { size: 60 });\ncat.shape',
    /line 2: [^]*put await before/,
  ),
  types('show(imageGrid([photograph("chelsea", { size: 60 })]))', /put await before/),
  types(
    "conv2d([[1, 2], [3, 4]], tensor([[1]]))",
    /becomes a tensor by tensor\(\[\[1, 2\], \[3, 4\]\]\)/,
  ),
  fails(
    "ArgumentError",
    "conv2d(tensor([[1, 2], [3, 4]]), tensor([[1]]))",
    /^ArgumentError: conv2d\(\): x must be a tensor of shape \[batch, height, width, channels\], but got .*\.$/,
  ),
  fails(
    "ArgumentError",
    "conv2d(zeros([1, 4, 4, 3]), zeros([3, 3, 1, 1]))",
    /^ArgumentError: conv2d\(\): filter's shape must be \[3, 3, 3, 1\], since x has 3 channels.*$/,
  ),
  syntax(
    "function f(n: number) {\n  for (let i = 0; i < n; i++) {\n    console.log(i);\n}\nf(3)",
    /line 2: The \{ opened here is not closed: a \} is missing[^]*looked for up to line 5/,
  ),
  syntax("console.log(Math.max(1, 2)", /The \( opened here is not closed/),
  fails(
    "TypeError",
    "const o: any = {};\no.a.b",
    /cell 11, line 2\n {4}2 \| o\.a\.b\n +\| {5}\^\n→ What stands before \.b is undefined/,
  ),
  types("pad2d(tensor([[1]]), 1)", /Add a line: import \{ pad2d \} from "convbook";/),
  types(
    "console.log(later);\nconst later = 3;",
    /line 1: [^]*line 2: 'later' is declared here[^]*move the line/,
  ),
  types("function useIt() { return notYet + 1; }\nuseIt()", /No cell that has run declares notYet/),
  ok("const k = 3; k", /^3$/),
  ok('const k = "three"; k', /^'three'$/),
  types('k = "four"; k', /declared by let in cell 16/),
  types("const a1 = 1;\nconst a1 = 2;", /Within a cell a name is declared once/),
  ok("const show = 3;", nothing),
  types(
    "show(imageGrid([zeros([1, 4, 4, 1])]))",
    /convbook's until cell 19[^]*run: import \{ show \} from "convbook";/,
  ),
  ok('import { show } from "convbook"; show(imageGrid([zeros([1, 4, 4, 1])]))', nothing),
  {
    ...ok(
      'async function bad() { throw new Error("inside async"); }\nbad();\nconsole.log("done")',
      /^done\n[^]*nobody awaited:\nError: inside async\n {2}cell 22, line 1, in bad\n[^]*called from cell 22, line 2/,
    ),
    late: 500,
  },
  fails(
    "Error",
    "await bad();",
    /^Error: inside async\n {2}cell 22, line 1, in bad\n[^]*called from cell 23, line 1: await bad\(\);$/,
  ),
  {
    ...ok(
      'setTimeout(() => { throw new Error("from a timer"); }, 100);\n"started"',
      /nobody awaited:\nError: from a timer\n {2}cell 24, line 1\n/,
    ),
    late: 1500,
  },
  fails(
    "ArgumentError",
    "tensor([[1, 2], [3]])",
    /^ArgumentError: tensor\(\): values\[1\] must be 2 entries[^\n]*$/,
  ),
  fails(
    "RangeError",
    'function inner(x: number): number {\n  if (x > 2) throw new RangeError("too large: " + x);\n  return x;\n}\nfunction outer() {\n  return [1, 2, 3].map((x) => inner(x));\n}\nouter()',
    /cell 26, line 2, in inner\n[^]*from cell 26, line 6: return [^]*from cell 26, line 8: outer\(\)$/,
  ),
  fails("SyntaxError", 'JSON.parse("{bad")', /cell 27, line 1\n[^]*The text is no JSON/),
  {
    ...fails("Interrupted", "await new Promise(() => {});", /^Interrupted: .*variables keep/),
    interruptAfter: 300,
  },
  ok("1 + 1", /^2$/),
  {
    ...fails(
      "Interrupted",
      "let n0 = 0; setInterval(() => n0++, 5); await new Promise(() => {});",
      /Stopped with it: setInterval of cell 30/,
    ),
    interruptAfter: 500,
  },
  ok("n0 > 0", /^true$/),
  fails(
    "ModuleError",
    'const lodash = require("lodash-not-here"); lodash',
    /no package "lodash-not-here" here\..*npm install lodash-not-here\n {2}cell 32/,
  ),
  types(
    'import _ from "lodash-not-here"; _.sum([1, 2])',
    /lodash-not-here is not installed here[^]*npm install lodash-not-here/,
  ),
  fails(
    "TypeError",
    'const r = await fetch("http://127.0.0.1:1/"); r.status',
    /cell 34, line 1\n[^]*caused by [^]*gave no answer/,
  ),
  syntax("return 5;", /last expression is its value/),
  ok("tensor([[1, 2, 3], [4, 5, 6]])", /^Tensor \[2, 3\] float32\n/),
  ok("zeros([1, 28, 28, 3])", /^Tensor \[1, 28, 28, 3\] float32\n(?:.*\n){0,40}.*$/),
  ok("Array.from({ length: 1e6 }, (_, i) => i)", /^\[\n(?:.*\n){0,40}.*$/),
  ok('"x".repeat(3e6)', /^'x{100}.{0,400}$/),
  ok("null", /^null$/),
  ok("undefined", nothing),
  ok("0", /^0$/),
  ok("heatmap(tensor([[1, 2], [3, 4]]))", /^Heat map: 2 rows/),
  fails("InputError", 'prompt("your name?")', /nobody can be asked here/),
  {
    ...fails(
      "Interrupted",
      'import readline from "node:readline/promises";\nconst rl = readline.createInterface({ input: process.stdin, output: process.stdout });\nawait rl.question("name? ")',
      /line 2: A notebook gives its kernel no keyboard[^]*prompt\("name\? "\)/,
    ),
    interruptAfter: 1000,
  },
  ok("const stride = 2;", nothing),
  ok("const opts = { stride }; opts", /^\{ stride: 2 \}$/),
  ok('class Dog { bark() { return "wuff"; } }\nnew Dog().bark()', /^'wuff'$/),
  ok('class Dog { bark() { return "WOOF"; } meow() { return 1; } }\nnew Dog().meow()', /^1$/),
  ok("enum Colour { Red, Green }\nColour.Red", /^0$/),
  ok("Colour[1]", /^'Green'$/),
  ok('function first<T>(xs: T[]): T | undefined { return xs[0]; }\nfirst(["a", "b"])', /^'a'$/),
  ok(
    'function logged(value: any, context: any) { console.log("decorating", context.name); return value; }\nclass A { @logged m() { return 1; } }\nnew A().m()',
    /^decorating m\n\n?1$/,
  ),
  syntax("const el = <b>hi</b>; el", /no JSX/),
  ok('import { twice } from "./helper"; twice(4)', /^8$/),
  ok('import { twice } from "./helper.ts"; twice(4)', /^8$/),
  ok('import { v4 } from "esm-only"; v4()', /^'four'$/),
  ok('const fs = await import("node:fs"); typeof fs.readFileSync', /^'function'$/),
  ok('const e = await import("esm-only"); e.v4()', /^'four'$/),
  ok('function sq(x) { return x * x; }\nsq("a")', /line 1: [^]*Say its type: x: number[^]*NaN$/),
  types("const s: string = null;\ns.length", /If it may be missing/),
  types('print("hello")', /console\.log/),
  syntax("def f(x):\n    return x", /function f\(x: number\)/),
  syntax("%timeit 1+1", /commands of Python's kernel/),
  types("!ls", /terminal/),
  ok('{ using d = { [Symbol.dispose]() { console.log("disposed"); } }; }', /^disposed\n$/),
  ok("const pal = { red: [1, 2] } satisfies Record<string, number[]>; pal.red", /^\[ 1, 2 \]$/),
  ok("console.table([{ a: 1, b: 2 }])", /│ \(index\) │ a │ b │/),
  ok(
    'console.group("g"); console.log("in"); console.groupEnd(); console.time("t"); console.timeEnd("t")',
    /^g\n {2}in\nt: [\d.]+m?s\n$/,
  ),
  ok("console.log(1); console.clear(); console.log(2)", /2\n$/),
  ok('for (let i = 0; i < 3; i++) process.stdout.write("\\r" + i)', /^\r0\r1\r2$/),
  fails("Error", "process.exit(0)", /would end the notebook's kernel/),

  // what fails while it runs
  ok(
    "const nums = [1, 2, 3]; const rows = [[1, 2], [3, 4]]; const t = tensor([1, 2, 3]); let total = 0;",
    nothing,
  ),
  fails("TypeError", "rows[2][0]", /no row with that index/),
  fails(
    "TypeError",
    "nums[10].toFixed(2)",
    /before \.toFixed is undefined[^]*index beyond the end/,
  ),
  fails("TypeError", "(t as any)[0][1]", /A Tensor is no list[^]*x\.get\(i\)/),
  fails("TypeError", "const q: any = {}; q.run()", /q has no function \.run/),
  fails("TypeError", "(undefined as any)()", /the value is undefined/),
  fails(
    "TypeError",
    'require("convbook").nothing()',
    /What stands before \.nothing has no such function/,
  ),
  fails("TypeError", "const { size } = null as any", /What size is taken from is null/),
  fails("TypeError", "const [a, b] = 5 as any", /want a list/),
  fails("TypeError", "nums.filter((n) => n > 9).reduce((a, b) => a + b)", /The list is empty/),
  fails("TypeError", "(Object.freeze({ a: 1 }) as any).a = 2", /frozen/),
  fails("TypeError", "new (t as any)()", /new makes an object of a class/),
  fails("RangeError", "new Array(-1)", /negative, a fraction or too large/),
  fails("RangeError", '"abc".repeat(-1)', /repeated 0, 1, 2 or more times/),
  fails(
    "RangeError",
    "function fact(n: number): number { return n * fact(n - 1); }\nfact(5)",
    /calls itself without end/,
  ),
  fails("RangeError", "BigInt(1.5)", /Math\.round/),
  fails("SyntaxError", 'JSON.parse("")', /The text is no JSON/),
  fails("SyntaxError", 'new RegExp("(")', /have a meaning of their own/),
  fails(
    "Error",
    'import { readFileSync } from "fs"; readFileSync("nothere.txt", "utf8")',
    /no such file\. [^]*is nothere\.txt in there/,
  ),
  fails("DataCloneError", "structuredClone(() => 1)", /Functions cannot be copied/),
  fails("ArgumentError", "t.get(5)", /^ArgumentError: tensor\.get\(\): index must be [^\n]*$/),
  fails("ArgumentError", "t.reshape([2, 2])", /^ArgumentError: tensor\.reshape\(\): [^\n]*$/),
  fails(
    "ArgumentError",
    'await check("02.zeropad", () => 1)',
    /must be one of [^\n]*02\.zeroPad[^\n]*$/,
  ),
  fails("Thrown", 'throw "just a text"', /throw new Error/),
  fails("Error", "throw new Error()", /^Error\n {2}cell \d+, line 1/),
  {
    ...ok('queueMicrotask(() => { throw new Error("micro"); })', /nobody awaited:\nError: micro/),
    late: 500,
  },
  {
    ...ok(
      'require("fs").readFile("nope", () => { throw new Error("callback"); })',
      /Error: callback\n {2}cell \d+, line 1\n/,
    ),
    late: 1000,
  },
  {
    ...ok(
      'nums.forEach(async (n) => { await n; if (n > 2) throw new Error("each"); })',
      /nobody awaited:\nError: each/,
    ),
    late: 500,
  },
  {
    ...ok(
      'Promise.all([1, 2].map(async (n) => { throw new TypeError("all " + n); }))',
      /Write await before it to see the error/,
    ),
    late: 500,
  },
  ok('new Error("a value")', /^Error: a value$/),

  // what runs, and is hardly meant
  ok("nums.map((x) => { x * 2 })", /give nothing back\. Write \(x\) => x \* 2/),
  ok("nums.map((x) => { value: x })", /An object stands in brackets: \(x\) => \(\{ value: x \}\)/),
  ok("nums.forEach((x) => { total += x; }); total", /^6$/),
  ok("for (const i in nums) console.log(i + 1);", /these are texts[^]*01\n11\n21/),
  ok("nums.sort()", /compares texts[^]*\(a, b\) => a - b/),
  ok('["b", "a"].sort()', /^\[ 'a', 'b' \]$/),
  ok("total ^ 2", /The power is x \*\* 2/),
  ok("total =+ 1", /Write total \+= 1/),
  ok("total = -1", /^-1$/),
  ok("-t", /With each value: t\.map/),
  ok("7 // 2", /a comment, not a divisor/),
  ok("nums[-1]", /Write nums\.at\(-1\)/),
  ok("Date.now", /This is the function itself/),
  ok("check", /This is the function itself/),
  fails(
    "TypeError",
    "class Counter { n = 0; up() { this.n++; } }\nconst up = new Counter().up;\nup();",
    /this is undefined here: [^]*hand over \(\) => o\.run\(\)/,
  ),
  fails("SyntaxError", `JSON.parse('{"a": 1, b: 2}')`, /names and texts stand in double quotes/),
  fails("TypeError", 'await fetch("example.org/x")', /An address is written whole/),
  fails("Thrown", "throw RangeError", /the class RangeError[^]*throw new RangeError\(/),
  fails("ArgumentError", 'await check("countvalues", twice)', /like "00\.countValues"/),
  ok("const lines = [1, 2];\nlines.forEach(async (n) => { await n; });", /does not wait/),
];
