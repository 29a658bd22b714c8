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
