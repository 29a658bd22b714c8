import { Cells } from "../compiler/testCompiler";
import { BEFORE, type Mistake, explainsEach } from "./explainsEach";

/** What people bring along from Java, C, Go and their like, and how they take the library for another. */
const MISTAKES: readonly Mistake[] = [
  // declarations
  ["int[] a = {1, 2};", /const xs: number\[\] = \[1, 2, 3\]/],
  ["int a[3];", /new Array\(n\)\.fill\(0\)/],
  ["final int q = 3;", /declared by let or const/],
  ["unsigned n = 3;", /declared by let or const/],
  ["static int count = 0;", /declared by let or const/],
  ["const int q = 3;", /declared by let or const/],
  ["val k = 3", /declared by let or const/],
  ["List<Integer> xs = new ArrayList<>();", /const xs: number\[\] = \[\]/],
  ["std::vector<int> v;", /const xs: number\[\] = \[\]/],
  ["const m: Map = new Map()", /Map<string, number>/],
  ["const s: Set = new Set()", /Set<number>/],
  ["class Dog:\n  pass", /body stands in braces/],
  ["function (x) { return x }", /has a name/],
  ["function g(a, b {\n}", /end with a \) before the \{/],

  // imports
  ["#include <stdio.h>", /^(?![^]*namespace)[^]*Nothing is included/],
  ["using namespace std;", /Names are imported one by one/],
  ["require 'convbook'", /import \{ tensor \} from "convbook"/],
  ['import { convolve } from "convbook"', /convbook has [^]*conv2d, /],

  // loops and conditions
  ["for (int i = 0; i < 3; i++) {}", /declared by let/],
  ["for (String s : list) {}", /for \(const x of xs\)/],
  ["foreach (int i in list) {}", /for \(const x of xs\)/],
  ["text == 'abc' ? 'y'", /condition \? a : b/],
  ["with (list) {}", /no with/],
  ["[...3]", /Three dots take a list apart/],

  // signs and numbers
  ["const o = { a: 1; b: 2 }", /parted by commas/],
  ["const v = 1,000", /without commas/],
  ["const v = 3.14.15", /one point/],
  ["const s = `open\nmore", /^(?![^]*declared by let or const)[^]*not closed/],
  ["const x1 = 3 3", /^(?![^]*declared by let or const)[^]*Something is missing/],
  ["list.?length", /x\?\.name/],
  ["NaN === NaN", /Number\.isNaN\(x\)/],
  ["Math.max[1, 2]", /round brackets/],
  ["text.charAt[0]", /round brackets: text\.charAt\(0\)/],
  ["new Cat('tom')", /It is made so: new Cat\(\)/],

  // the library
  ["image.get([0, 0, 0, 0])", /without the square brackets: image\.get\(0, 0, 0, 0\)/],
  ["twice([1, 2])", /One value of a list is xs\[0\]/],
  ["image.reshape(2, 8)", /A shape is one list/],
  ["conv2d(image, image, stride=2)", /Arguments have no names[^]*\{ stride: 2 \}/],
  ["conv2d(image, image, 2)", /\{ stride: 2 \}/],
  ['conv2d(image, image, "same")', /\{ padding: "same" \}/],
  ['import { layers } from "convbook"; layers.dense(10)', /\{ units: 10 \}/],
  ['import { layers } from "convbook"; layers.conv(8)', /\{ filters: 8 \}/],
  ['import { zoo } from "convbook"; zoo.resnet(50)', /\{ depth: 50 \}/],
  ['import { zoo } from "convbook"; zoo.resnet50()', /in the module[^]*Did you mean 'resnet'/],
  ['import { zoo } from "convbook"; show(zoo.lenet5())', /show\(summary\(zoo\.lenet5\(\)\)\)/],
  ['import { fit, zoo, mnist } from "convbook"; fit(zoo.lenet5(), mnist())', /toLayersModel/],
  [
    'import { layers, network } from "convbook"; network([28, 28, 1], layers.relu())',
    /name comes first/,
  ],
  [
    'import { layers, network } from "convbook"; network("n", 28, layers.flatten())',
    /\[28, 28, 1\]/,
  ],
  ['import { mnist } from "convbook"; mnist.train', /call it first, mnist\(\)\.train/],
  ['import { mnist } from "convbook"; mnist().train[0]', /set\.image\(0\)/],
  ['await photograph("Chelsea")', /It is spelt "chelsea"/],
  ['await photograph("dog.png")', /await loadImage\("photo\.jpg"\)/],
  ["check(02.zeroPad, twice)", /stands in quotes/],
  ['check("02.zeroPad", twice(3))', /handed over, and not called: twice/],
  ["list.map(parseInt)", /list\.map\(\(x\) => \.\.\.\)/],
  ["image === image", /one and the same tensor[^]*zip\(/],
  ["list == list", /one and the same list/],
  ["if (image) console.log(1)", /counts as true/],
  ["if (list) console.log(1)", /list\.length > 0/],

  // one mistake is reported once
  ["relu(pad2d(image, 1))", /^(?![^]*name 'pad2d')[^]*import \{ relu, pad2d \} from "convbook";/],
  ["const { zz } = { yy: 1 };", /^(?![^]*Known here)[^]*It has: yy\./],
  ["const { length, lenght } = list;", /Did you mean|It has/],
  ["a, b = 1, 2", /^(?![^]*comma)[^]*let \[a, b\] = \[1, 2\]/],
  ["[a, b] = list", /^(?![^]*'b')[^]*let \[a, b\]/],
  ["let (p, q) = [1, 2];", /^(?![^]*'q')[^]*out of a list/],
  ["const a, b = 1, 2;", /out of a list/],
  ["cout << 'hi';", /^(?![^]*arithmetic)[^]*console\.log/],
  ["console,log(fixed)", /^(?![^]*Left side)[^]*A dot is missing/],
  ["image[0, 1]", /^(?![^]*Left side)[^]*x\.get\(i, j\)/],
  ["global total\ntotal = 5", /^(?![^]*myGlobal)[^]*sees the names around it/],
  ['const t = "abc\ndef"', /^(?![^]*line 2)[^]*same quote/],
  [
    "class Pup extends Cat { constructor() { this.name = 'p'; } }",
    /^(?![^]*accessing 'this')[^]*begins with super/,
  ],

  // more from Python
  ["[x ** 2 for (x of list)]", /xs\.map/],
  ["sum(x for x in list)", /xs\.map/],
  ["'%d items' % fixed", /between backquotes/],
  ["if (fixed in list) {}", /list\.includes\(fixed\)/],
  ["'b' in text", /text\.includes/],
  ["class A2 { __init__(self) {} }", /self is this[^]*It is called constructor/],
  ["loose //= 2", /Math\.floor\(a \/ b\)/],
  ["', '.join(list)", /xs\.join\(", "\)/],
  ["tensor((1, 2, 3))", /a list of them is \[1, 2, 3\]/],
  ["let total = 0; for (const x in list) { total += x; }", /counts with is a text[^]*of list/],
  ["`size {fixed}`", /`size \$\{fixed\}`/],
  ["`size {about}`", "runs"],
  ["@property\ndef x(self): pass", /with @[^]*left out/],
  ["match fixed:\n    case 1: print('one')", /^(?![^]*catch)[^]*switch \(x\)/],
  ["fixed <> 3", /a !== b/],

  // more from Java, C and C#
  ["int main(void) { return 0; }", /the word function comes first/],
  ["public int add(int a, int b) { return a + b; }", /the word function comes first/],
  ["Cat c = new Cat();", /declared by let or const/],
  ["Object o = new Object();", /^(?![^]*Did you mean)[^]*declared by let or const/],
  ["int x, y = 3;", /declared by let or const/],
  ["char *s = 'abc';", /no pointers/],
  ["struct Point { int x; int y; };", /interface Point/],
  ["int[][] grid = new int[3][3];", /number\[\]\[\]/],
  ["const avg = (number) loose / 2;", /Number\(x\)/],
  ["try { } catch (Exception e) { }", /catch \(error\)/],
  ["throw new IllegalArgumentException('bad')", /new Error/],
  ["class P2 { x = 0; P2(x: number) { this.x = x; } }\nnew P2(3)", /It is called constructor/],
  ["text.equals('abc')", /a === b/],
  ["list.get(0)", /xs\[i\]/],
  ["list.Where(x => x > 1)", /xs\.filter/],
  ["String.valueOf(3)", /String\(x\)/],
  ["if (fixed == 7); { }", /ends at this semicolon/],
  ["if (fixed > 3 && < 9) { }", /^(?![^]*closing bracket)[^]*names both sides/],
  ["if (loose == 1 || 2) { }", /loose == 1 \|\| loose == 2/],
  ["case 3: break;", /within switch/],
  ["list[1.5]", /whole number/],
  ["person->name", /behind a dot/],
  ["scanf('%d', &fixed)", /no addresses/],

  // more from MATLAB, R, Go, Rust, Ruby, Swift
  ["x = 1:10", /Array\.from\(\{ length: 10 \}/],
  ["fixed ~= 3", /a !== b/],
  ["% a comment", /begins with \/\//],
  ["list(end)", /list\.at\(-1\)/],
  ["fixed %% 2", /a % b/],
  ["for i := 0; i < 3; i++ { }", /let i = 0/],
  ["for i := range list { }", /const x of xs/],
  ["func add(a int, b int) int { return a + b }", /the word function comes first/],
  ["var x int = 3", /behind a colon/],
  ["let mut x = 3;", /let is enough/],
  ["for loose > 3 { }", /while \(n > 3\)/],
  ["list.each do |x|\n  puts x\nend", /^(?![^]*line 2)[^]*for \(const x of xs\)/],
  ["let x: Int = 3", /^(?![^]*let Int)[^]*type of every number/],
  ["let x: Whatever = 3", /^(?![^]*let Whatever)[^]*No type is called Whatever/],

  // brackets and texts that are not closed
  ["const arr = [1, 2, 3;\narr.length", /The \[ opened here is not closed/],
  ["const o = { a: 1, b: 2;\no.a", /The \{ opened here is not closed/],
  ["zeros([4, 4)", /The \[ opened here is not closed/],
  ["const t = `one\ntwo\nf(3)", /line 1: Unterminated[^]*not closed/],

  // promises and collections
  ["(await photograph('chelsea').shape)", /in brackets with the call alone/],
  ["const pics = await ['a'].map((n) => photograph('chelsea'));\npics[0].shape", /Promise\.all/],
  ["await Promise.all(photograph('chelsea'), photograph('coffee'))", /in a list/],
  ["const grid = [[1, 2]];\ngrid[0, 1] = 5;", /^(?![^]*one number)[^]*one index/],
  ["new Set([1]).length", /set\.size/],
  ["zeros[4, 4]", /zeros\(\[4, 4\]\)/],

  // old JavaScript
  ["function Person(name) { this.name = name }\nnew Person('a')", /made by a class/],
  ["list.map(function (x) { x * 2 })", /give nothing back/],
  ["if (fixed => 7) { }", /write >=/],
  ["if (fixed =< 7) { }", /^(?![^]*closing bracket)[^]*<=/],
  ["if (fixed === 7) {\n} else (fixed === 8) {\n}", /else if has a condition/],
  ["let undefined = 3", /Choose another name/],
  ["class Foo { constructor(x) { x = x } }\nnew Foo(1).x", /this\.x = x/],
  ["`n is ${fixed`", /ends with a \}/],
  ["let x = 3,\nlet y = 4", /end it with a semicolon/],
  ["'a'.toFixed(2)", /^(?![^]*'fixed')[^]*Number\(text\)/],
  ["twice 2", /in brackets/],

  // more of the library
  ["image.conv2d(image)", /conv2d\(image, \.\.\.\)/],
  ['import { zoo } from "convbook"; zoo.lenet5().summary()', /summary\(zoo\.lenet5\(\), |summary/],
  ["tensor([1, 2, 3], 3)", /in brackets: \[3\]/],
  ["tensor([1], [1], 'int')", /one of "float32"/],
  ["tensor({ a: 1 })", /^(?![^]*toString)[^]*square brackets/],
  ["tensor([1, null])", /numbers alone/],
  ["await photograph(chelsea)", /in quotes: "chelsea"/],
  ["conv2d(image, image, padding: 'same')", /in braces/],
  ["conv2d(image, image, { stride: [1, 2, 3] })", /a value too many/],
  ["conv2d(image, image, { bias: 1 })", /a tensor is needed/],
  ["image.sum + 1", /put \(\) behind/],
  ["image.toArray[0]", /image\.toArray\(\)\[0\]/],
  ["image.slice(0, 1)", /^(?![^]*shape is)[^]*in brackets: \[0\]/],
  ["image.item()", /x\.get\(i, j\)/],
  ["Array.from(image)", /x\.data/],
  [
    'import { layers, network } from "convbook"; network("n", [4, 4, 1], layers.relu)',
    /^(?![^]*SymbolicTensor')[^]*Each layer is called/,
  ],
  [
    'import { layers, network } from "convbook"; network("n", [4, 4, 1], [layers.relu()])',
    /without the square brackets/,
  ],
  ['import { layers } from "convbook"; layers.pool()', /It has: /],
  ['import { conv2d } from "convbok"', /It is spelt "convbook"/],
  ['import { conv2d } from "./convbook"', /name stands alone/],

  // what is no mistake
  ["const found: number | undefined = list[9]; if (found) console.log(found)", "runs"],
  ["list.length === 3 && text === 'abc'", "runs"],
  ["const half = (x: number) => (x > 1 ? x / 2 : x)", "runs"],
];

describe("mistakes brought from other languages and libraries", function () {
  this.timeout(240_000);
  const cells = new Cells();
  before(() => BEFORE.forEach((cell) => cells.runnable(cell)));

  explainsEach(cells, MISTAKES);
});
