import assert from "node:assert/strict";
import { Cells } from "../compiler/testCompiler";
import { BEFORE, type Mistake, explainsEach } from "./explainsEach";

/** What beginners type, and what must be said of it. A warning stands with its words. */
const MISTAKES: readonly Mistake[] = [
  // names
  ["console.log(imgae.shape)", /Did you mean 'image'\?[^]*\^\^\^\^\^/],
  ["image.shpae", /Did you mean 'shape'\?/],
  ["pad2d(tensor([[1]]), 1)", /import \{ pad2d \} from "convbook";/],
  ["relu(image)", /import \{ relu \} from "convbook";/],
  ["zip(image, image, (a, b) => a + b)", /import \{ zip \} from "convbook";/],
  ["function useIt() { return notYet + 1; }", /No cell that has run declares notYet/],
  ["x = 3", /No cell that has run declares x/],
  ["console.log(later);\nconst later = 3;", /line 1: [^]*later' is declared here[^]*move the line/],
  ["const fixed = fixed + 1", /declares fixed anew, so that the fixed of cell 2/],
  ["fixed = 8", /because it is a constant[^]*declared by let in cell 2/],
  ["fixed++", /because it is a constant/],
  ["twice = 3", /because it is a function[^]*let twice =/],
  ["tensor = 3", /imported[^]*let tensor =/],
  ["const a1 = 1;\nconst a1 = 2;", /Cannot redeclare[^]*Within a cell a name is declared once/],
  ["import { tensr } from 'convbook'", /Did you mean 'tensor'/],
  ["import convbook from 'convbook'", /in braces: import \{ tensor \}/],
  ['import _ from "not-there"; _', /npm install not-there/],
  ['import { twice } from "./helper";', /no \.\/helper, nor \.\/helper\.ts, in the folder/],
  ['import { array } from "numpy";', /package of Python's/],
  ["const q: nubmer = 3", /Did you mean 'number'/],
  ["document.title", /runs in Node, not in a web page/],
  // await
  [
    'const cat = photograph("chelsea");\ncat.shape',
    /line 2[^]*forget to use 'await'[^]*put await before/,
  ],
  ['show(imageGrid([photograph("chelsea")]))', /put await before/],
  ["function g() { await photograph('chelsea'); }", /functions that say async/],
  // tensors
  ["image[0]", /x\.get\(i, j\)/],
  ["image[0][1]", /x\.get\(i, j\)/],
  ["image[0, 1]", /x\.get\(i, j\)/],
  ["image + 1", /x\.map\(\(v\) => v \* 2\)/],
  ["image * image", /zip\(a, b/],
  ["conv2d([[1, 2], [3, 4]], tensor([[1]]))", /tensor\(\[\[1, 2\], \[3, 4\]\]\)/],
  ["image.length", /x\.shape, and x\.size values/],
  ["image.T", /x\.transpose\(\[1, 0\]\)/],
  ["image.add(image)", /zip\(a, b/],
  ["show(image.shape())", /without the brackets/],
  [
    "conv2d(image)",
    /called so: conv2d\(x: Tensor, filter: Tensor, options\?: Conv2dOptions\): Tensor/,
  ],
  [
    "conv2d(image, image, { strid: 2 })",
    /Did you mean to write 'stride'\?[^]*Known here: bias, groups, stride/,
  ],
  ["zeros(3, 4)", /list, in brackets: zeros\(\[28, 28\]\)/],
  // Python
  ['print("hello")', /console\.log/],
  ["len(list)", /xs\.length/],
  ["for i in range(3):\n    print(i)", /for \(const x of xs\)/],
  ["if fixed > 3:\n    fixed", /condition stands in brackets and a block in braces/],
  ["while True:\n  1", /block in braces/],
  ["def f(x):\n    return x", /function f\(x: number\)/],
  ["async def f():\n    1", /function f\(x: number\)/],
  ["class A:\n  pass", /body stands in braces/],
  ["True", /small t/],
  ["None", /null/],
  ["self.x", /self is this/],
  ["np.zeros(3)", /no numpy here/],
  ["fixed and loose", /&& for and/],
  ["not fixed", /! for not/],
  ["f'abc {fixed}'", /backquotes/],
  ["lambda x: x", /\(x\) => x \+ 1/],
  ["[x * x for x in list]", /xs\.map/],
  ["list[1:2]", /xs\.slice/],
  ["list.append(4)", /xs\.push/],
  ["list[-1]", /list\.at\(-1\)/],
  ["const h = fixed // 2;", /Math\.floor\(a \/ b\)/],
  ["const h = twice(fixed // 2);", /Math\.floor\(a \/ b\)/],
  ["const h = twice(2); // 2 pixels", "runs"],
  ["import numpy as np", /out of a package, which stands in quotes/],
  ["from convbook import tensor", /names come first/],
  ["# comment", /begins with \/\//],
  ["raise Error('x')", /throw new Error/],
  ["try:\n  1\nexcept:\n  2", /try \{ \.\.\. \} catch/],
  ["fixed is not None", /x === null/],
  ["if (fixed > 3) { 1 } elif (fixed > 4) { 2 }", /else if/],
  ["text.upper()", /toUpperCase/],
  ["sqrt(2)", /Math\.sqrt/],
  ["%timeit 1+1", /commands of Python's kernel/],
  ["!ls", /terminal/],
  ["!pip install x", /terminal/],
  ["pip install numpy", /terminal/],
  // syntax
  [
    "function f(n: number) {\n  for (let i = 0; i < n; i++) {\n    console.log(i);\n}\nf(3)",
    /line 2: The \{ opened here is not closed/,
  ],
  ["console.log(Math.max(1, 2)", /The \( opened here is not closed/],
  [
    "for (let i = 0; i < 3; i++ {\n  console.log(i);\n}",
    /line 1: The \( opened here is not closed/,
  ],
  ["const o = { a: 1 b: 2 };", /missing just before this place/],
  ["const s = 'abc", /same quote/],
  ["const s = `abc", /backquote ` is not closed/],
  ["))", /closing bracket too many/],
  ["console.log(“hi”)", /typographic quotes/],
  ["{ a: 1, b: 2 }", /in brackets: \(\{ a: 1, b: 2 \}\)/],
  ["function f(int x) { return x }", /type of a parameter comes behind/],
  ["int y = 3;", /const x: number = 3/],
  ["const f = (x) -> x", /\(x\) => x/],
  ["fucntion h() {}", /spelt function/],
  ["let my-name = 3", /no hyphen/],
  ["const el = <b>hi</b>; el", /no JSX/],
  ["return 5;", /last expression is its value/],
  // types
  ["twice('a')", /Number\(text\)/],
  ["twice()", /called so: twice\(x: number\): number/],
  ["const s: string = null;", /If it may be missing/],
  ["const maybe = list.find((x) => x > 1); maybe.toFixed()", /It may be missing/],
  ["0 < loose < 3", /0 < x && x < 3/],
  ["if (loose = 3) { loose }", /does not compare/],
  ["list === [1, 2]", /one and the same list/],
  ["list * 2", /Operators work on numbers|xs\.map/],
  ["'ab' * 3", /"-"\.repeat\(20\)/],
  ["Cat()", /include 'new'/],
  ["for (const v of 3) {}", /n times/],
  ['function sq(x) { return x * x; }\nsq("a")', /Say its type: x: number/],
  // more that beginners type, of the same kinds
  ["for (i = 0; i < 3; i++) {}", /for \(let i = 0; \.\.\.\)/],
  ["for (let i = 0, i < 3, i++) {}", /parted by semicolons/],
  ["y = 3", /let y = \.\.\./],
  ["{ let inside = 3; }\ninside", /declared within braces/],
  ["range(10)", /import \{ range \} from "convbook";[^]*for \(let i = 0; i < n; i\+\+\)/],
  ["fs.readFileSync('x')", /import fs from "node:fs";/],
  ["System.out.println('x')", /console\.log/],
  ["const v: int = 3", /type of every number is number/],
  ["const v: list = []", /number\[\]/],
  ["const v: Array = []", /Say what is in the list/],
  ["number('3')", /Number\(text\)/],
  ["Console.log('x')", /small c/],
  ["document.title", /^cell 3, line 1: Cannot find name 'document'\.\n/],
  [
    "const double = (x: number) => { x * 2 };\ndouble(3) + 1",
    /needs return: \(x\) => \{ return x \* 2; \}/,
  ],
  ["list.reduce((a, b) => { a + b })", /needs return/],
  ["list.forEach((x) => x).length", /gives nothing back/],
  ["setTimeout(console.log('x'), 100)", /hand over a function: \(\) => console\.log\('x'\)/],
  ["image.map(2)", /a function is wanted/],
  ["list.sort((a, b) => a > b)", /\(a, b\) => a - b/],
  ["Math.max(list)", /Math\.max\(\.\.\.xs\)/],
  ["Math.max(image)", /x\.max\(\)/],
  ["Math.max(...image)", /x\.data/],
  ["for (const v of image) {}", /x\.data/],
  ["tensor(1, 2, 3)", /tensor\(\[1, 2, 3\]\)/],
  ["tensor([[1, 'a']])", /numbers alone/],
  ["new Tensor([1])", /made by tensor\(/],
  ["Tensor([1])", /made by tensor\(/],
  ["new tensor([1])", /made by tensor\(/],
  ["image.shape[0] = 9", /x\.reshape/],
  ["image.shape = [1]", /x\.reshape/],
  ["image.dtype = 'int32'", /x\.as\("int32"\)/],
  ["text[0] = 'x'", /A text does not change/],
  ["show('hello')", /console\.log\(\.\.\.\) prints/],
  ["show(photograph('chelsea'))", /put await before/],
  ["conv2d(image, image, 2)", /Options stand in braces/],
  ["conv2d(image, image, { stride: '2' })", /without quotes/],
  ["list.toFixed(2)", /xs\.map\(\(x\) => x\.toFixed/],
  ["fixed.push(1)", /a list has/],
  ["text.push('d')", /joined by a \+ b/],
  ["const o = { a: 1, b: 2 };\no.c", /It has: a, b\./],
  ["Cat.name2", /new Cat\(\)/],
  ["class Box { constructor(w: number) { this.w = w; } }", /declares its properties: write w = 0/],
  ["class Box { w = 1; function area() { return this.w; } }", /without the word function/],
  ["class Box { int w; }", /within a class: x: number = 3;/],
  ["const v: number = list", /xs\[0\]/],
  ["const v: number[] = 3", /\[x\]/],
  ["let v: number; v + 1", /no value yet/],
  ["list - 1", /xs\.map/],
  ["({ a: 1 }) + 1", /take the property/],
  ["1n + 1", /BigInt/],
  ["typeof image === 'Tensor'", /x instanceof Tensor/],
  ["!fixed === 3", /a !== b/],
  ["5 = fixed", /To compare write ===/],
  ["this.x", /methods of a class/],
  ["delete list", /need not be deleted/],
  ["const v = 3\n(1 + 2).toFixed()", /with a semicolon/],
  ["const v = 3\n[1, 2].forEach((x) => console.log(x))", /with a semicolon/],
  ["let class = 3", /belongs to the language/],
  ["let await = 3", /belongs to the language/],
  ["let first name = 'a'", /no spaces/],
  ["if (fixed > 3) then { 1 }", /no then/],
  ["fixed = 1 if loose > 3 else 2", /condition \? a : b/],
  ["loose is 3", /x === 3/],
  ["console.log 'x'", /stands in brackets/],
  ["console.log('it's')", /other quotes/],
  ["import { conv2d } from convbook", /stands in quotes/],
  ["import { conv2d } from 'convBook'", /It is spelt "convbook"/],
  ["import data from './data.csv'", /readFileSync\("\.\/data\.csv"/],
  ["const fs = require(fs)", /require\("fs"\)/],
  ["conv2d?", /Shift\+Tab/],
  ["?conv2d", /Shift\+Tab/],
  ["cd folder", /terminal/],
  ["std::cout << 3", /console\.log/],
  ["list[0]]", /closing bracket too many/],
  ["3.toFixed()", /\(3\)\.toFixed/],
  ["break", /within one/],
  ["const o = { a = 1 }", /a colon/],
  // what is no mistake
  ["const typed = list.map((x) => x + 1); typed", "runs"],
  ["enum Colour { Red, Green }\nColour.Red", "runs"],
  ["const pal = { red: [1, 2] } satisfies Record<string, number[]>; pal.red", "runs"],
  ["const o: any = {};\no.a.b", "runs"],
  ["const opts = { loose }; opts", "runs"],
];

describe("an hour of beginners' mistakes", function () {
  this.timeout(240_000);
  const cells = new Cells();
  before(() => BEFORE.forEach((cell) => cells.runnable(cell)));

  explainsEach(cells, MISTAKES);

  it("a name that was convbook's until a cell replaced it is reported, with the line that brings it back", () => {
    cells.runnable("const show = 3;");
    assert.match(
      cells.refused("show(imageGrid([image]))").text,
      /convbook's until cell \d+[^]*import \{ show \} from "convbook";/,
    );
    cells.runnable('import { show } from "convbook"; show(imageGrid([image]))');
  });

  it("syntax errors stand alone: nothing is said of types beside them", () => {
    const { problems } = cells.refused("unknownName;\nconst o = { a: 1 b: 2 };");
    assert.deepEqual(
      problems.map(({ line, code }) => [line, code]),
      [[2, 1005]],
    );
  });

  it("of many problems five are shown, and how many there are more", () => {
    const { problems, text } = cells.refused(
      ["a0", "b0", "c0", "d0", "e0", "f0", "g0"].join(";\n"),
    );
    assert.equal(problems.length, 5);
    assert.match(text, /and 2 more\.$/);
  });
});
