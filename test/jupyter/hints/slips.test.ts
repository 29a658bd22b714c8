import { Cells } from "../compiler/testCompiler";
import { BEFORE, type Mistake, explainsEach } from "./explainsEach";

/** Slips of the hand, text in the wrong cell, and what people bring along from MATLAB and R. */
const MISTAKES: readonly Mistake[] = [
  // one sign too many, too few, or another
  [
    "for (let i = 0; i <= list.length; i++) {\n  console.log(list[i]);\n}",
    /last index is list\.length - 1[^]*Write i < list\.length/,
  ],
  ["for (let i = 1; i <= list.length; i++) console.log(list[i - 1]);", "runs"],
  ["for (let i = 0; i <= list.length; i++) console.log(i);", "runs"],
  ["list.filter((x) => x = 2)", /does not compare[^]*write ===/],
  ["const found = list.find((x) => x === 2);", "runs"],
  ["if (fixed = 7) { console.log(1) }", /compare write fixed ===/],
  ["for (let i = 0; i < 3; i++); {\n  console.log(9);\n}", /ends at this semicolon/],
  ["for (let i = 0; i < 3; i++); {\n  console.log(i);\n}", /semicolon behind its head/],
  ["if (fixed > 3) {\n  loose = 2;\nelse {\n  loose = 3;\n}", /Is that \} missing above\?/],
  ["if (fixed > 3) {\n} else if {\n}", /else if wants a condition/],
  ["while (loose < 3) do loose++", /no do behind while/],
  ["do { loose++ } while loose < 5", /do \{ \.\.\. \} while \(x < 5\)/],
  ["for (let i = 0; i < 3; i++)\n  const sq = i * i", /wants braces/],
  ["list.map(x => return x * 2)", /Behind => stands the value itself/],
  ["const o = { a: 1, a: 2 }", /stands once/],
  ["enum Colour { Red = 'r', Green }", /a value of its own/],
  ["try { 1 }", /catch \(error\)/],
  ["try { twice(1) } catch (e) { console.log(e.message) }", /if \(e instanceof Error\)/],
  ["-2 ** 2", /\(-2\) \*\* 2 is 4/],
  ["null.x", /nothing behind its dot/],
  ["twice.foo", /is a function[^]*twice\(\.\.\.\)/],

  // texts
  ['const s = "size ${fixed}"', /between backquotes[^]*Write `size \$\{fixed\}`/],
  ["const s = `size ${fixed}`", "runs"],
  ['const price = "5 $ {about}"', "runs"],

  // lists, sets, maps, objects
  ["const rows = new Array(3).fill([])", /one and the same object[^]*Array\.from/],
  ["const zeros3 = new Array(3).fill(0)", "runs"],
  ["list(0)", /square brackets: list\[0\]/],
  ["for (const [i, v] of list) console.log(i, v)", /of xs\.entries\(\)/],
  ["const o = {}\no.name = 1", /Record<string, number> = \{\}/],
  ["const d = { a: 1 }\nd['b']", /The object has no b/],
  ["const st = new Set([1, 2])\nst[0]", /set\.has\(x\)/],
  ["const m = new Map<string, number>()\nm['a'] = 1", /m\.set\(key, value\)/],
  ["image.shape.foo", /x\.shape\[0\]/],
  ["let xs: number[]\nxs.push(1)", /let xs: number\[\] = \[\];/],
  ["let n: number\nconsole.log(n)", /let n = 0;/],
  ["function first(xs: T[]): T { return xs[0] }", /first<T>\(xs: T\[\]\)/],
  ["class Dog { name: string; constructor() {} }", /in the constructor: this\.name = /],

  // switch
  [
    "switch (loose) {\n  case 1:\n    console.log(1)\n  case 2:\n    console.log(2)\n}",
    /line 2: Fallthrough[^]*end it with break/,
  ],
  ["switch (fixed) {\n  case 1:\n    console.log(1)\n}", /is always 7/],
  ["switch (loose) {\n  case 1: break\n  else: break\n}", /stands behind default/],
  ["switch loose { case 1: break }", /stands in brackets: switch \(x\)/],

  // later
  ["setTimeout(twice(2), 100)", /^(?![^]*verload)[^]*The function comes first/],
  ["setTimeout(1000, () => 1)", /^(?![^]*verload)[^]*The function comes first/],

  // text in a cell for code
  ["# My heading\n\nSome text here.", /Markdown cell/],
  ["- a point\n- another point", /Markdown cell/],
  ["This is my answer: the output has 3 channels.", /Markdown cell/],
  ["```ts\nconst a = 1\n```", /belongs to Markdown/],
  [">>> 1 + 1", /prompt of another notebook/],
  ["In [1]: 1 + 1", /prompt of another notebook/],
  ["!ls -la", /^(?![^]*Operators)(?![^]*'la')[^]*terminal/],
  ["-fixed", "runs"],
  ["!fixed", "runs"],

  // imports
  ["import { Tensor tensor } from 'convbook'", /parted by commas/],
  ["import tensor, conv2d from 'convbook'", /in braces, parted by commas/],
  ["import * from 'convbook'", /import \* as convbook/],
  ["from 'convbook' import { conv2d }", /The names come first/],

  // MATLAB and R
  ["for i = 1:10\n  disp(i)\nend", /counts by for \(let i = 0/],
  ["for (i in 1:10) { print(i) }", /counts by for \(let i = 0/],
  ["x <- c(1, 2, 3)", /const x = \[1, 2, 3\]/],
  ["y = [1 2 3]", /parted by commas/],
  ["function y = f(x)\n  y = x.^2;\nend", /its result follows return/],
  ["z = fixed.^2", /x\.map\(\(v\) => v \*\* 2\)/],
  ["max(list)", /Math\.max\(\.\.\.xs\)/],
  ["linspace(0, 1, 5)", /Array\.from/],

  // other names for it, said once
  ["int('5')", /^(?![^]*Did you mean)[^]*Math\.trunc/],
  ["let xs: list[int] = []", /The type of every number is number/],
  ["class Cow { def moo(self): pass }", /function f\(x: number\)/],
];

describe("the hints of the kernel, slips of the hand", function () {
  this.timeout(240_000);
  const cells = new Cells();
  before(() => BEFORE.forEach((cell) => cells.runnable(cell)));

  explainsEach(cells, MISTAKES);
});
