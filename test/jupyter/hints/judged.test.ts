import { Cells } from "../compiler/testCompiler";
import { BEFORE, type Mistake, explainsEach } from "./explainsEach";

/** What an outside judge typed: two mistakes in a cell, texts that were copied, this, promises, the library's own calls. */
const MISTAKES: readonly Mistake[] = [
  // the library's calls
  [
    'import { initialWeights, zoo } from "convbook"; initialWeights(zoo.lenet5(), { seed: 7 })',
    /seed stands by itself, without braces: 7\./,
  ],
  [
    'import { table } from "convbook"; table({ a: 1, b: 2 })',
    /A list is wanted, in square brackets/,
  ],
  [
    'import { curves } from "convbook"; curves([1, 2, 3])',
    /^(?![^]*not assignable[^]*not assignable)[^]*curves\(\{ loss:/,
  ],
  [
    'import { interact, range } from "convbook"; await interact({ a: range(0, 3), b: range(1, 3) }, (a, b) => a + b)',
    /taken apart in braces: \(\{ a, b \}\) =>/,
  ],
  ['import { pool2d } from "convbook"; pool2d(image, 2, 2)', /in braces[^]*\{ stride: 2 \}/],
  ["tensor([1, 2, 3, 4]).reshape(2, 2)", /one list, in brackets: x\.reshape\(\[28, 28\]\)/],
  ["zeros(1, 2, 3)", /A shape is one list/],
  ['zeros("28, 28")', /A shape is a list, in brackets: zeros/],
  ['import { zoo } from "convbook"; zoo.VGG16()', /zoo\.vgg\(\{ depth: 16 \}\)/],
  ['import { zoo } from "convbook"; zoo.resnet50()', /zoo\.resnet\(\{ depth: 50 \}\)/],
  ['import { zoo } from "convbook"; show(zoo.lenet5)', /when it is called: zoo\.lenet5\(\)/],
  ['import { cost } from "convbook"; cost("lenet5")', /not its name: zoo\.lenet5\(\)/],
  [
    'import { compile, zoo } from "convbook"; compile(zoo.lenet5())',
    /called so: compile\(network: Network,/,
  ],
  [
    'import { compile, initialWeights, zoo } from "convbook";\nconst net = await compile(zoo.lenet5(), initialWeights(zoo.lenet5(), 1));\nnet(image);\nnet.predict(image);',
    /run by net\.run\(x\)[^]*called run: net\.run\(x\)/,
  ],
  ["hint(00.countValues)", /in quotes: [^]*hint\("02\.zeroPad"\)/],
  ["image.sum(0)", /sum is of all values, and knows no axis/],
  ["image.transpose()", /x\.transpose\(\[1, 0\]\)/],
  ["image.map((v) => v > 1)", /as a number that is v > 1 \? 1 : 0/],
  ["image.get(0, 0) = 5", /image\.set\(value, 0, 0\)/],
  ["image.get(0, 0)++", /image\.set\(value, 0, 0\)/],
  ["image.reshape([4, 4]).toArray[0]", /reshape\(\[4, 4\]\)\.toArray\(\)\[0\]/],
  ["const { m, h } = image.shape", /const \[m, h\] =/],
  ["image.data.push(3)", /A tensor does not grow/],
  ["interface Shape { h: number }\nconst s = { h: 3 } as Shape;\ns.area", /It has: h\./],

  // promises, and what does not wait for them
  ["list.forEach(async (v) => { await v; })", /forEach does not wait[^]*for \(const v of list\)/],
  ["list.filter(async (v) => v > 1)", /counts as true/],
  ["list.map(async (v) => v)", "runs"],
  ['`${photograph("chelsea")}`', /\[object Promise\][^]*Write await photograph/],
  ['"mean: " + image.mean', /the text gets its code[^]*image\.mean\(\)/],
  ['"mean: " + image.mean()', "runs"],
  [
    "const all = list.map(async (v) => v);\nall.reduce((a, b) => a + b, 0)",
    /await Promise\.all\(xs\)/,
  ],
  [
    "new Promise((ok) => { setTimeout(ok(), 10) })",
    /hand over the function itself: setTimeout\(ok/,
  ],
  ['import fs from "fs";\nawait fs.readFile("x.txt")', /import fs from "node:fs\/promises"/],

  // this, classes, objects
  [
    "class Box { items: number[] = [];\n  add(xs: number[]) { xs.forEach(function (x) { this.items.push(x) }) } }",
    /an arrow keeps that of the method/,
  ],
  [
    'const o = { name: "x", say: () => `I am ${this.name}` }',
    /In an object write a method: say\(\) \{/,
  ],
  ["class Dog { }\nnew Dog().bark()", /has the methods that stand in it: bark\(\)/],
  ["class P { constructor() { this.size = 3 } size() { return 1 } }", /method of that name/],
  ["interface Opt { lr: number }\nnew Opt()", /new makes nothing; [^]*const o: Opt =/],
  ['enum Hue { Red }\nconst h: Hue = "Red"', /behind a dot: Hue\.Red/],
  ['const o = { lr: 0.1 };\no.get("lr", 0.5)', /by its name: o\.lr \?\? 0\.5/],
  ["const o = { lr: 0.1 };\no.keys()", /Object\.keys\(o\)/],
  ["const o = { lr: 0.1 };\no.beta = 2", /Record<string, number>/],
  ["const o = { lr: 0.1 };\ndelete o.lr", /const \{ lr, \.\.\.others \} = o/],
  ["new Date().year", /It has: getFullYear/],
  ["function* g() { yield 1 }\ng()[0]", /comes one after the other/],

  // variables, values, signs
  [
    "let score = 0;\nif (fixed > 1) {\n  score = score + 1;\n  let score = 5;\n}",
    /a score outside of these braces/,
  ],
  ["let y = loose +\nconsole.log(y)", /a value is missing at its end/],
  ['loose = "three"', /keeps to it/],
  ['loose = "3"', /A number stands without quotes/],
  ["if (unknown1 = 5) { loose = 2 }", /To compare write unknown1 ===/],
  ["list.filter((n) => n % 2 = 0)", /To compare write ===/],
  ["list.map((x, i) = x * i)", /^(?![^]*Cannot find name)[^]*\(x, i\) => x \* i/],
  ["list.map((v, i, all, more) => v)", /takes 4 values, and is given 3/],
  ["list.forEach((x) => { if (x === 2) break; })", /for \(const x of xs\)/],
  ["function f() { console.log(1) }\nf() * 2", /gives nothing back/],
  ["function f() {\n  return\n  loose + 1\n}", /return ends with its line/],
  ["function f() {\n  if (fixed > 1) { return }\n  console.log(1)\n}", "runs"],
  ['["1", "2"].map(parseInt)', /takes for the base/],
  ["0.1 + 0.2 === 0.3", /rounded[^]*Math\.abs/],
  ["fixed / 2 === 3.5", "runs"],
  [
    "const got = [];\nlist.forEach((v) => { got.push(v); });\ngot",
    /^(?![^]*has an 'any\[\]' type)[^]*got: number\[\]/,
  ],
  ["function f(x) { return x.shape }", /x: Tensor/],
  ["function f(x) { return x.length }", /x: number\[\]/],
  ["function f(x) { return x + 1 }", /x: number\./],
  ["const pi = 3,14", /has a point/],

  // brackets, quotes and comments
  ["/* begun\nconst k = 3;", /line 1: The \/\* opened here[^]*up to line 2/],
  [
    "const m = `n is ${fixed + 1`;",
    / {4}const m = `n is \$\{fixed \+ 1`;\n {29,}\^[^]*ends with a }/,
  ],
  [
    'const h = `\n${list.map((x) => `<li>${x}</li>).join("")}\n`;',
    /line 2: The ` opened here[^]*needs two of its own/,
  ],
  ["const a = {\n  b: [1, 2,\n  c: 3\n};", /line 2: The \[ opened here/],
  ["let v = list.map((x) => x * 2\nlet u = 3", /line 1: The \( opened here/],
  ['const s = "He said "hi"";', /A text with quotes in it/],
  ['console.log("n is "n)', /^(?![^]*Compare)[^]*joined to a text by \+/],
  ['{\n  "size": 3,\n  "stride": 2\n}', /^(?![^]*line 3)[^]*const o = \{ \.\.\. \}/],
  ["{\n  size: 3,\n  stride: 2\n}", /const o = \{ \.\.\. \}/],
  ["console.log(half（10）);", /full-width[^]*plain \(/],
  ["const c = 3 × 4;", /Times is written \*/],
  ["const c = 5 − 2;", /takes the - of the keyboard/],
  ["// 3 × 4\nconst c = [1, 2;", /The \[ opened here/],
  ["const f = (a, b) = > a + b;", /=> is one sign/],
  ["- const stride = 1;\n+ const stride = 2;", /comparison of two versions/],
  ["@@ -1,3 +1,4 @@\n const a = 1;", /comparison of two versions/],
  ['console.log(f"loss {3:.2f}")', /x\.toFixed\(2\)/],
  ["console.log(`loss ${3.14:.2f}`)", /x\.toFixed\(2\)/],
  ["const p = { a: 1 b: 2, op: conv2d};", /Something is missing just before/],
  ["let x = if (fixed) { 1 } else { 2 };", /condition \? a : b/],
  ['const y = switch (3) { case 3: "a" };', /A statement gives no value/],
  ['console.log("x = if", 3;', /The \( opened here/],
  ["const r = /[a-/.test(text)", /a \[ in it with a \]/],
  ['console.log("one and two", 3 "x")', /^(?![^]*&&)[^]*Something is missing/],
  ['console.log("this is not in it" "a")', /^(?![^]*includes)[^]*Something is missing/],
  ["image @ image", /dense\(x, weights\)/],
  ["loose = = 3", /to compare write ===/],
  ["class Q { constructor() { this.items = [] } }", /items: number\[\] = \[\];/],
  ['class Q { constructor() { this.name = "q" } }', /name = "";/],
  ["class Q { constructor() { this.n = 1 } }", /n = 0;/],
  ['["chelsea"].map((n) => photograph(n))', /n may be any text[^]*as const/],
  ['list.forEach((n) => { const p = await photograph("chelsea"); })', /for \(const x of list\)/],
  ["data.frame(x = 1:3)", /Array\.from/],
];

describe("the hints of the kernel, as an outside judge saw them", function () {
  this.timeout(240_000);
  const cells = new Cells();
  before(() => BEFORE.forEach((cell) => cells.runnable(cell)));

  explainsEach(cells, MISTAKES);
});
