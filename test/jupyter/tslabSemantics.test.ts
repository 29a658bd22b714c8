import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inProject } from "#dist/project/index.js";
import { WirelessKernel } from "./WirelessKernel";

/** Cells one after the other in a kernel of their own, and what the last of them shows. */
interface Semantics {
  what: string;
  cells: readonly string[];
  /** The value of the last cell, or what it prints, or the error that it ends with. */
  value?: string | RegExp;
  prints?: string;
  fails?: RegExp;
}

/**
 * What tslab promises of cells in its own tests and documentation, so that a notebook that was written for it
 * runs here. The last rows are where this kernel differs on purpose, and say why.
 */
const SEMANTICS: readonly Semantics[] = [
  // declarations
  {
    what: "const, let and var are seen later",
    cells: ["const a = 1; let b = 2; var c = 3;", "a + b + c"],
    value: "6",
  },
  { what: "let is changed by a later cell", cells: ["let n = 1", "n += 4; n"], value: "5" },
  {
    what: "a closure and later cells share a let",
    cells: ["let n = 0; const next = () => ++n;", "next(); next(); n"],
    value: "2",
  },
  {
    what: "a const is declared again, of another type",
    cells: ["const a = 1", 'const a = "one"', "a.toUpperCase()"],
    value: "'ONE'",
  },
  {
    what: "a function is declared again",
    cells: ["function f() { return 1; }", "function f() { return 'one'; }", "f().length"],
    value: "3",
  },
  {
    what: "a class is declared again",
    cells: ["class A { x = 1 }", "class A { y = 2 }", "new A().y"],
    value: "2",
  },
  {
    what: "functions are hoisted within a cell",
    cells: ["const x = f(); function f() { return 7; }", "x"],
    value: "7",
  },
  {
    what: "declarations without a value",
    cells: ["let later: number;", "later = 3; later"],
    value: "3",
  },
  {
    what: "an array is taken apart",
    cells: ["const [a, , b = 5, ...rest] = [1, 2, undefined, 4, 5];", "[a, b, rest]"],
    value: "[ 1, 5, [ 4, 5 ] ]",
  },
  {
    what: "an object is taken apart",
    cells: [
      "const { a, b: { c = 3 } = {}, ...rest } = { a: 1, d: 4 } as { a: number; b?: { c?: number }; d: number };",
      "[a, c, rest]",
    ],
    value: "[ 1, 3, { d: 4 } ]",
  },
  {
    what: "values are exchanged",
    cells: ["let [a, b] = [1, 2];", "[a, b] = [b, a];", "[a, b]"],
    value: "[ 2, 1 ]",
  },
  {
    what: "a name within a block stays there",
    cells: ["let x = 1; { let x = 2; }", "x"],
    value: "1",
  },
  { what: "var leaves a block", cells: ["{ var inside = 3; }", "inside"], value: "3" },
  {
    what: "a var of a loop is seen later",
    cells: ["for (var i = 0; i < 3; i++) {}", "i"],
    value: "3",
  },

  // types
  {
    what: "an interface of an earlier cell",
    cells: ["interface P { x: number }", "const p: P = { x: 1 }; p.x"],
    value: "1",
  },
  {
    what: "a type alias of an earlier cell",
    cells: ["type N = number | string", "const n: N = 'a'; n"],
    value: "'a'",
  },
  {
    what: "a type and a value of one name",
    cells: [
      "type T = { x: number }; const T = { of: (x: number): T => ({ x }) };",
      "const t: T = T.of(3); t.x",
    ],
    value: "3",
  },
  {
    what: "an enum",
    cells: ["enum Colour { Red, Green = 5, Blue }", "[Colour.Blue, Colour[5]]"],
    value: "[ 6, 'Green' ]",
  },
  {
    what: "a const enum",
    cells: ["const enum Size { Small = 1, Large = 9 }", "const s: Size = Size.Large; s"],
    value: "9",
  },
  {
    what: "a namespace",
    cells: [
      "namespace Shapes { export const sides = 4; export type S = number; }",
      "const s: Shapes.S = Shapes.sides; s",
    ],
    value: "4",
  },
  {
    what: "an abstract class, inherited in a later cell",
    cells: [
      "abstract class A { abstract f(): number; g() { return this.f() + 1; } }",
      "class B extends A { f() { return 1; } }",
      "new B().g()",
    ],
    value: "2",
  },
  {
    what: "parameter properties and private names",
    cells: [
      "class A { #secret = 2; constructor(public x: number) {} get sum() { return this.x + this.#secret; } }",
      "new A(3).sum",
    ],
    value: "5",
  },
  {
    what: "generics",
    cells: ["function first<T>(xs: readonly T[]): T { return xs[0]; }", "first(['a']).length"],
    value: "1",
  },
  {
    what: "a decorator",
    cells: [
      "function twice(f: (this: unknown) => number, _: unknown) { return function (this: unknown) { return 2 * f.call(this); }; }\nclass A { @twice f() { return 4; } }",
      "new A().f()",
    ],
    value: "8",
  },
  {
    what: "satisfies and as const",
    cells: [
      "const o = { a: 1 } as const satisfies Record<string, number>;",
      "const one: 1 = o.a; one",
    ],
    value: "1",
  },
  {
    what: "declare is erased",
    cells: ["declare const nowhere: number; typeof nowhere"],
    value: "'undefined'",
  },

  // imports and exports
  {
    what: "a namespace import",
    cells: ['import * as os from "os";', "typeof os.platform()"],
    value: "'string'",
  },
  {
    what: "a named import under another name",
    cells: ['import { join as glue } from "path";', 'glue("a", "b")'],
    value: "'a/b'",
  },
  {
    what: "a default import of a CommonJS module",
    cells: ['import path from "path";', 'path.basename("a/b")'],
    value: "'b'",
  },
  {
    what: "import x = require",
    cells: ['import path = require("path");', 'path.basename("a/b")'],
    value: "'b'",
  },
  { what: "an import for its effects", cells: ['import "fs"; 1'], value: "1" },
  {
    what: "a type-only import",
    cells: ['import type { Stats } from "fs";', "const s: Stats | undefined = undefined; s"],
    value: "",
  },
  {
    what: "import() as a value",
    cells: ['const { basename } = await import("path");', 'basename("a/b")'],
    value: "'b'",
  },
  {
    what: "require",
    cells: ['const path = require("path");', 'path.basename("a/b")'],
    value: "'b'",
  },
  { what: "a local file", cells: ['import { helper } from "./helper";', "helper(2)"], value: "4" },
  {
    what: "a local type",
    cells: ['import type { Help } from "./helper";', "const h: Help = { n: 1 }; h.n"],
    value: "1",
  },
  { what: "JSON", cells: ['import data from "./data.json";', "data.list.length"], value: "2" },
  {
    what: "export before a declaration",
    cells: ["export const a = 1; export function f() { return a; } export class C {}", "f()"],
    value: "1",
  },
  { what: "export { name }", cells: ["const a = 1; export { a };", "a"], value: "1" },
  {
    what: "an imported name is declared again",
    cells: ['import { join } from "path";', "const join = 3;", "join"],
    value: "3",
  },

  // top-level await and loops
  { what: "await", cells: ["const x = await Promise.resolve(3);", "x"], value: "3" },
  {
    what: "await as the last expression",
    cells: ["await Promise.resolve([1, 2])"],
    value: "[ 1, 2 ]",
  },
  {
    what: "for await",
    cells: [
      "async function* count() { yield 1; yield 2; }",
      "let sum = 0; for await (const n of count()) sum += n;",
      "sum",
    ],
    value: "3",
  },
  {
    what: "await within a block",
    cells: ["let x = 0; if (true) { x = await Promise.resolve(5); }", "x"],
    value: "5",
  },
  {
    what: "generators and labels",
    cells: [
      "function* g() { yield* [1, 2, 3]; }",
      "let n = 0; outer: for (const a of g()) for (const b of g()) { if (b === 2) continue outer; n += a; } n",
    ],
    value: "6",
  },

  // the last expression
  { what: "a statement has no value", cells: ["const x = 1;"], value: "" },
  { what: "a comma's value is its last", cells: ["let i = 0; (i++, i)"], value: "1" },
  { what: "an object in brackets", cells: ["({ a: 1 })"], value: "{ a: 1 }" },
  {
    what: "a conditional, without semicolon",
    cells: ["const n = 3\nn > 2 ? 'large' : 'small'"],
    value: "'large'",
  },
  { what: "an assignment shows its value", cells: ["let x = 0", "x = 5"], value: "5" },
  { what: "undefined shows nothing", cells: ["undefined"], value: "" },
  { what: "null is shown", cells: ["null"], value: "null" },
  { what: "a function shows its name", cells: ["function f() {}", "f"], value: /^\[Function: f\]/ },
  { what: "a comment behind the last expression", cells: ["1 + 1 // two"], value: "2" },
  { what: "an empty cell", cells: [""], value: "" },
  { what: "only a comment", cells: ["// nothing"], value: "" },
  {
    what: "printing",
    cells: ["console.log('a', 1, [2]); console.log({ b: 3 });"],
    prints: "a 1 [ 2 ]\n{ b: 3 }\n",
  },

  // errors
  {
    what: "a thrown error keeps what was done before",
    cells: ["let x = 1;", "x = 2; throw new Error('stop');", "x"],
    value: "2",
  },
  {
    what: "a rejection that is awaited",
    cells: ["await Promise.reject(new RangeError('no'))"],
    fails: /RangeError: no/,
  },
  {
    what: "a type error runs nothing",
    cells: ["let x = 1;", "x = 2; const s: string = 3;", "x"],
    value: "1",
  },
  {
    what: "a syntax error runs nothing",
    cells: ["let x = 1;", "x = 2; let y = ;", "x"],
    value: "1",
  },
  { what: "an unknown name", cells: ["unheardOf + 1"], fails: /Cannot find name 'unheardOf'/ },
  {
    what: "an unknown module",
    cells: ['import { a } from "not-installed-here"; a'],
    fails: /not-installed-here/,
  },
  { what: "the global this", cells: ["typeof globalThis"], value: "'object'" },

  // on purpose otherwise than tslab
  {
    what: "closures see the latest value of a name, as Python's do (tslab keeps the cell's own)",
    cells: ["const a = 1; const read = () => a;", "const a = 2;", "read()"],
    value: "2",
  },
  {
    what: "a cell's const is not changed by a later cell",
    cells: ["const a = 1;", "a = 2"],
    fails: /because it is a constant/,
  },
  {
    what: "a parameter without a type warns, and runs",
    cells: ["function f(x) { return x + 1; }", "f(1)"],
    value: "2",
  },
  {
    what: "JSX is refused: nothing here would draw it",
    cells: ["const el = <b>hi</b>;"],
    fails: /no JSX/,
  },
  {
    what: "a shorthand property of an earlier name (tslab loses it)",
    cells: ["const stride = 2;", "({ stride })"],
    value: "{ stride: 2 }",
  },
  {
    what: "what a failing cell has declared stays (tslab forgets it)",
    cells: ["const kept = 1; throw new Error('late');", "kept"],
    value: "1",
  },
];

describe("the semantics that tslab promises", function () {
  this.timeout(240_000);
  this.slow(5000);
  // Inside the checkout, so that a cell finds its packages.
  const folder = mkdtempSync(join(inProject("build"), "semantics-"));
  let kernel: WirelessKernel;

  before(() => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, "helper.ts"),
      "export interface Help { n: number }\nexport const helper = (x: number) => 2 * x;\n",
    );
    writeFileSync(join(folder, "data.json"), '{ "list": [1, 2] }');
    kernel = new WirelessKernel(folder);
  });
  after(async () => {
    await kernel.close();
    rmSync(folder, { recursive: true });
  });

  // One kernel for all: every row declares its names anew, which is a test by itself.
  for (const { what, cells, value, prints, fails } of SEMANTICS)
    it(what, async () => {
      for (const cell of cells.slice(0, -1)) await kernel.run(cell);
      const last = await kernel.run(cells.at(-1)!);
      if (fails) {
        assert.equal(last.reply.status, "error");
        assert.match(last.errors, fails);
        return;
      }
      assert.equal(last.reply.status, "ok", last.errors);
      if (prints !== undefined) assert.equal(last.stdout, prints);
      if (typeof value === "string") assert.equal(last.value, value);
      else if (value) assert.match(last.value, value);
    });
});
