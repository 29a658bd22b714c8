import assert from "node:assert/strict";
import { extractFunction } from "convbook/authoring";
import ts from "typescript";

/** What a function of a module gives that imports nothing. */
const run = (module: string, entry: string): unknown => {
  const exports: Record<string, () => unknown> = {};
  const { outputText } = ts.transpileModule(module, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  new Function("exports", outputText)(exports);
  return exports[entry]();
};

const cells = (...texts: string[]) => texts.map((text, i) => ({ origin: `cell ${i + 1}`, text }));

describe("extractFunction(cells, name)", () => {
  it("takes the function with the helpers and constants it reaches, in their order", () => {
    const found = extractFunction(
      cells("const a = 1; const b = a + 1;", "const unused = 3;", "function f() { return b; }"),
      "f",
    );
    assert.equal(found?.listing, "const a = 1;\n\nconst b = a + 1;\n\nfunction f() { return b; }");
  });

  it("keeps imports, types and the comment above", () => {
    const found = extractFunction(
      cells(
        'import { tensor } from "convbook";\ninterface P { x: number }',
        "/** Doubles. */\nexport function f(p: P): number { return 2 * tensor(p.x); }",
      ),
      "f",
    );
    assert.equal(
      found?.listing,
      "interface P { x: number }\n\n/** Doubles. */\nfunction f(p: P): number { return 2 * tensor(p.x); }",
    );
    assert.match(found?.module ?? "", /^import { tensor } from "convbook";/);
  });

  it("the last definition wins, a later one of another kind included", () => {
    const found = extractFunction(cells("function f() { return 1; }", "const f = () => 2;"), "f");
    assert.equal(found?.listing, "const f = () => 2;");
  });

  it("what a check is given counts, whatever it is: a method, a function made there, one of a block", () => {
    const given: [cells: string[], value: unknown][] = [
      [["const all = { f: () => 3 };", 'await check("05.f", all.f);'], 3],
      [['await check("05.f", () => 4);'], 4],
      [["function f() { return 5; }", 'check("05.f", (() => 1 + f()) as any);'], 6],
      [['{ const g = () => 7; const f = () => g(); check("05.f", f); }'], 7],
      [['import { check as verify } from "convbook";', 'verify("05.f", () => 8);'], 8],
      [['import * as c from "convbook";', "const g = () => 9;", 'c.check("05.f", g);'], 9],
      [["function f() { return 1; }", 'check("05.f", () => 2);', 'check("05.f", f);'], 1],
      [["const g = () => 2;", 'const result = await check("05.f", g);'], 2],
    ];
    for (const [texts, value] of given) {
      const found = extractFunction(cells(...texts), "05.f");
      assert(found, texts.join("\n"));
      assert.equal(run(found.module, "f"), value, found.module);
    }
  });

  it("what a statement adds to everybody's objects is taken where the function has a word of it", () => {
    const adds = [
      "(Number.prototype as any).twice = function () { return 2 * this; };",
      "(globalThis as any).twice = 1;",
      "Object.assign(Math, { twice: 2 });",
      'Object.defineProperty(Array.prototype, "twice", { value: 3 });',
    ];
    for (const text of adds) {
      const of = (body: string) =>
        extractFunction(cells(text, `function f(x: any) { return ${body}; }`), "f");
      assert(of("x.twice")?.module.includes(text), text);
      assert(!of("x.thrice")?.module.includes(text), text);
    }
    const env = cells("process.env.twice = 1;", "function f(x: any) { return x.twice; }");
    assert(!extractFunction(env, "f")?.module.includes("process"));
  });

  it("functions that call each other are both taken, once", () => {
    const found = extractFunction(
      cells(
        "function even(n: number): boolean { return n === 0 || odd(n - 1); }",
        "function odd(n: number): boolean { return n !== 0 && even(n - 1); }",
      ),
      "odd",
    );
    assert.equal(found?.listing.match(/function/g)?.length, 2);
  });

  it("a name of a property, a parameter or a local variable does not bring in the notebook's", () => {
    const found = extractFunction(
      cells(
        'const picture = await photograph("cat"); const width = 3; let f0 = 1;',
        "function f(picture: { width: number }) { const f0 = 2; return { width: picture.width * f0 }; }",
      ),
      "f",
    );
    assert.doesNotMatch(found?.listing ?? "", /photograph|= 3|f0 = 1/);
  });

  it("names are found in short form, in types, in defaults and after typeof", () => {
    const found = extractFunction(
      cells(
        "const k = 1; const size = 2; class P {} const q = 4; let unused = 5;",
        "const f = (p: P, other: typeof q, n = size) => ({ k });",
      ),
      "f",
    );
    for (const taken of ["k = 1", "size = 2", "class P", "q = 4"])
      assert(found?.listing.includes(taken), taken);
    assert.doesNotMatch(found?.listing ?? "", /unused/);
  });

  it("what is computed from a constant keeps its value when a later cell declares it anew", () => {
    const before = ["const k = 1;", "const twice = 2 * k;", "const k = 3;"];
    const found = extractFunction(cells(...before, "const f = () => twice;"), "f");
    assert.equal(found?.listing, "const k = 1;\n\nconst twice = 2 * k;\n\nconst f = () => twice;");
    const both = extractFunction(cells(...before, "const f = () => twice + k;"), "f");
    assert.equal(
      both?.listing,
      "const k_1 = 1;\n\nconst twice = 2 * k_1;\n\nconst k = 3;\n\nconst f = () => twice + k;",
    );
  });

  it("a function goes by its own cell's names, and by the last ones of other cells", () => {
    const found = extractFunction(
      cells(
        "const own = 1; const theirs = 2;",
        "const own = 3; function f() { return { own, theirs }; }",
        "const own = 5; const theirs = 6; const g = () => ({ own });",
        "const h = () => [f(), g()];",
      ),
      "h",
    );
    assert.deepEqual(run(found!.module, "h"), [{ own: 3, theirs: 6 }, { own: 5 }]);
  });

  it("a statement that declares a name beside the one that is needed does not stand in the way", () => {
    const found = extractFunction(
      cells(
        "const { a, b: [c], ...rest } = { a: 1, b: [2], d: 4 }; const e = 5, g = 6;",
        "const c = 7; const g = 8; const { a } = { a: 9 };",
        "const f = () => [a, c, rest, e, g];",
      ),
      "f",
    );
    assert.deepEqual(run(found!.module, "f"), [9, 7, { d: 4 }, 5, 8]);
  });

  it("what shares a name in one cell stays together: value and type, function and namespace, overloads", () => {
    const found = extractFunction(
      cells(
        "const M = { one: 1 }; type M = keyof typeof M;",
        "function g(x: string): number;\nfunction g(x: number): number;\nfunction g(x: any) { return x + g.two; }",
        "function k() { return k.two; }\nnamespace k { export const two = 2; }",
        'const f = (m: M = "one") => M[m] + k() + g(1);',
      ),
      "f",
    );
    assert.equal(found?.listing.match(/function g/g)?.length, 3);
    assert.match(found!.listing, /type M.*function k.*namespace k/s);
  });

  it("takes imports and declarations of one name as they follow each other", () => {
    const found = extractFunction(
      cells(
        'import { zeros as make } from "convbook"; const blank = () => make;',
        'function size() {} import { ones as make } from "convbook";',
        'import { size } from "convbook"; const f = () => [blank, make, size];',
      ),
      "f",
    );
    for (const name of ["size", "ones as make", "zeros as make_1"])
      assert(found!.module.includes(`import { ${name} } from "convbook";\n`), name);
    assert.match(found!.listing, /^const blank = \(\) => make_1;\n\nconst f = /);
  });

  it("an import of types alone loads nothing", () => {
    const found = extractFunction(
      cells(
        'import type { A } from "a"; import { type B } from "b"; import { type C } from "c";',
        'import { C } from "c"; const f = (a: A, b: B) => new C();',
      ),
      "f",
    );
    assert.deepEqual(found?.imports, ["c"]);
    assert.match(found!.module, /import type { A } from "a";/);
  });

  it("a variable that is given its function in a later statement has it", () => {
    const found = extractFunction(cells("let f: any;", "f = (x: number) => 2 * x;"), "f");
    assert.equal(found?.listing, "let f = (x: number) => 2 * x;");
  });

  it("takes the loose statements that change what it needs, directly or through what they call", () => {
    const found = extractFunction(
      cells(
        "const a = [1]; let b = 0; const c: any = { d: 1 }; const e = 3; let n = 0;",
        "a.push(2);\nfor (let i = 0; i < 3; i++) { b++; (c as any).d = i; }\nn = 7;",
        "function fill(list: number[]) { list.push(5); b += 10; }\nfill(a); console.log(n);",
        "const f = () => [a, b, c, e];",
      ),
      "f",
    )!;
    assert.deepEqual(run(found.module, "f"), [[1, 2, 5], 13, { d: 2 }, 3]);
    assert.doesNotMatch(found.listing, /n = 7|console/);
    assert.deepEqual(
      found.statements.map(({ source, offset }) => [source, offset]),
      [
        [1, 0],
        [1, 11],
        [2, 57],
      ],
    );
  });

  it("a name means what it meant at the check, which says too which function counts", () => {
    const before = ["let helper = 1;", "function f() { return helper; }"];
    const behind = ["helper = 5;", "const helper = 2;", "function f() { return 9; }"];
    const checked = cells(...before, 'await check("01.f", f);', ...behind);
    const found = extractFunction(checked, "01.f")!;
    assert.deepEqual([run(found.module, "f"), found.declaredLater], [1, [5]]);
    const renamed = cells("const g = () => 4;", 'check("01.f", g)', "const f = () => 5;");
    const other = extractFunction(renamed, "01.f")!;
    assert.deepEqual([run(other.module, "f"), other.checkedAs], [4, "g"]);
    const never = extractFunction(cells(...before, "const helper = 2;"), "f")!;
    assert.equal(run(never.module, "f"), 1);
  });

  it("a table, a memo, a static property, a swap and an answer that is given in a block", () => {
    const styles: [string[], unknown][] = [
      [
        [
          "const t: number[] = [];",
          "for (let i = 0; i < 3; i++) t[i] = i * i;",
          "const f = () => t;",
        ],
        [0, 1, 4],
      ],
      [
        [
          "let g = (n: number) => n + 1;",
          "const memo = (h: any) => (n: number) => 10 * h(n);",
          "g = memo(g);",
          "const f = () => g(1);",
        ],
        20,
      ],
      [["class K { static size: number; }", "K.size = 3;", "const f = () => K.size;"], 3],
      [
        ["let a = 1, b = 2;", "[a, b] = [b, a];", "const f = () => [a, b];"],
        [2, 1],
      ],
      [["let f: any;", "if (true) { f = () => 6; }"], 6],
      [
        ["const o: any = {};", "Object.assign(o, { k: 1 });", "delete o.j;", "const f = () => o;"],
        { k: 1 },
      ],
      [
        ["const l: number[] = [];", "[1, 2].forEach((x) => l.push(x));", "const f = () => l;"],
        [1, 2],
      ],
      [["let n = 0; const up = () => { n++; };", "up(); up();", "const f = () => n;"], 2],
    ];
    for (const [texts, expected] of styles)
      assert.deepEqual(
        run(extractFunction(cells(...texts), "f")!.module, "f"),
        expected,
        texts.join(),
      );
  });

  it("a check in a branch counts where there is no other", () => {
    const right = "function f() { return 1; }\nfunction g() { return 2; }";
    const branch = 'if (Math.random() > 2) await check("01.f", g);';
    const of = (...texts: string[]) => extractFunction(cells(right, ...texts), "01.f")?.checkedAs;
    assert.equal(of('await check("01.f", f);', branch), undefined);
    assert.equal(of('check("01.f", f);', 'try {} catch { check("01.f", g); }'), undefined);
    assert.equal(of(branch), "g");
  });

  it("says what does not parse in the cells that it needs: the kernel refuses the whole of them", () => {
    const found = extractFunction(cells("const k = 1;\nfunction f() {\n  return (k;\n}\n1;"), "f");
    assert.deepEqual(found?.syntaxErrors, [
      { location: { source: 0, offset: 39 }, message: "')' expected." },
    ]);
    const beside = extractFunction(cells("const k = (1;\nfunction f() { return 1; }"), "f");
    assert.equal(beside?.syntaxErrors.length, 1);
    assert.equal(extractFunction(cells("function f() {"), "f")?.syntaxErrors.length, 1);
  });

  it("takes the imports that are used, says which modules they are, and leaves the others", () => {
    const found = extractFunction(
      cells(
        'import fs, { readFileSync as read } from "node:fs"; import * as os from "node:os"; import "x";',
        'import { tensor, zeros } from "convbook"; import { tensor as t } from "convbook";',
        'function f() { return [t(1), zeros, read, require("y"), import("z")]; }',
      ),
      "f",
    );
    assert.deepEqual(found?.imports.sort(), ["convbook", "node:fs", "y", "z"]);
    assert.doesNotMatch(found?.module ?? "", /node:os|"x"|import fs/);
  });

  it("says which cells declare it; what stands before export stays", () => {
    const texts = [
      "f(0);",
      "1;\n  export default function f() {}",
      "// no\n/** Yes */ export const f = 2;",
    ];
    const found = extractFunction(cells(...texts), "f");
    assert.deepEqual([found?.declaredIn, found?.sources], [[1, 2], [2]]);
    assert.equal(found?.listing, "/** Yes */\nconst f = 2;");
    const decorated = "@((x: any) => x) export default class P {}";
    const first = extractFunction(cells(decorated, "const f = (p: P) => 1;"), "f");
    assert.match(first!.listing, /^@\(\(x: any\) => x\) +class P {}/);
  });

  it("is undefined when the name is only imported", () => {
    assert.equal(extractFunction(cells('import { f } from "convbook";'), "f"), undefined);
  });

  it("makes out declarations beside what does not parse", () => {
    const found = extractFunction(
      cells("%%time\n!npm i x\nfunction f() { return 1; }\nconst y = (;"),
      "f",
    );
    assert.match(found?.listing ?? "", /function f\(\) { return 1; }/);
  });

  it("a cell that does not parse counts only where no other declares the name", () => {
    const found = extractFunction(
      cells("function f() { return 1; }", "function f() { return (; }"),
      "f",
    );
    assert.equal(found?.listing, "function f() { return 1; }");
  });

  it("beside commands to other kernels a function can be made out, but the kernel refuses the cell", () => {
    const found = extractFunction(cells("%%time\n!ls *.png (\nfunction f() { return 1; }"), "f");
    assert.equal(found?.listing, "function f() { return 1; }");
    assert.deepEqual(found?.syntaxErrors, [
      { location: { source: 0, offset: 0 }, message: "Expression expected." },
    ]);
  });

  it("is undefined when no cell declares the name", () => {
    assert.equal(extractFunction(cells("f(1);", "const g = 1;"), "f"), undefined);
  });
});
