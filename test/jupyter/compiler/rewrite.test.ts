import assert from "node:assert/strict";
import { SourceMap } from "node:module";
import fc from "fast-check";
import { Repl } from "./repl";
import { Cells } from "./testCompiler";

describe("compile(cell) for V8's REPL mode", function () {
  this.timeout(240_000);
  let repl: Repl;
  before(() => (repl = new Repl()));
  after(() => repl.end());
  const valueOf = (cells: Cells, source: string) => repl.run(cells.runnable(source).javascript);

  /** Cells that give a name to every kind of thing, and their values. */
  const KINDS: readonly [(name: string) => string, unknown][] = [
    [(name) => `const ${name} = 1; ${name}`, 1],
    [(name) => `let ${name} = "two"; ${name}`, "two"],
    [(name) => `var ${name} = 3; ${name}`, 3],
    [(name) => `${name}();\nfunction ${name}() { return 4; }\n${name}()`, 4],
    [(name) => `class ${name} { five = 5 }\nnew ${name}().five`, 5],
    [(name) => `enum ${name} { A = 6 }\n${name}.A`, 6],
    [(name) => `namespace ${name} { export const seven = 7; }\n${name}.seven`, 7],
    [(name) => `for (var ${name} = 0; ${name} < 8; ${name}++) {}\n${name}`, 8],
    [(name) => `const { ${name} = 9 } = {} as { ${name}?: number }; ${name}`, 9],
    [(name) => `import { sep as ${name} } from "node:path"; ${name}`, "/"],
    [(name) => `import * as ${name} from "node:path"; ${name}.sep`, "/"],
    [(name) => `const [, ${name}] = [1, await Promise.resolve(10)]; ${name}`, 10],
    [(name) => `async function ${name}() { return 11; }\nawait ${name}()`, 11],
    [(name) => `class ${name} { constructor(public twelve = 12) {} }\nnew ${name}().twelve`, 12],
  ];

  it("a name may become any kind of thing after any other", async () => {
    const cells = new Cells();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(KINDS.length - 1), fc.constantFrom("a", "b")), {
          minLength: 2,
          maxLength: 6,
        }),
        async (steps) => {
          for (const [kind, name] of steps) {
            const [cell, value] = KINDS[kind];
            assert.equal(await valueOf(cells, cell(name)), value);
          }
        },
      ),
      { seed: 14, numRuns: 25 },
    );
  });

  it("the value is that of the last expression, and of nothing else", async () => {
    const cells = new Cells();
    for (const [source, value] of [
      ["1 + 1", 2],
      ["1 + 1;", 2],
      ["const x = 5", undefined],
      ["x; const y = 2;", undefined],
      ["for (const i of [1, 2]) i;", undefined],
      ["if (true) 3;", undefined],
      ["x\ninterface Unseen { a: number }", 5],
      ["helper(4)\nfunction helper(n: number) { return n * 2; }", 8],
      ["'use strict'", "use strict"],
      ["`text ${x}`", "text 5"],
      ["await Promise.resolve(6)", 6],
      ["", undefined],
      ["// only a comment", undefined],
      ["({ a: 1 }).a", 1],
      ["let odd = 0; for (const n of [1, 2, 3]) { if (n === 2) continue; odd += n; } odd", 4],
      ["let n = 0; outer: for (;;) for (;;) { if (++n > 3) break outer; continue outer; } n", 4],
      ["let m = 0; do m++; while (m < 3); while (m < 5) m++; for (; m < 7; m++); m", 7],
      ["for (const key in { a: 1 }) block: { break block; }", undefined],
      ["'use strict'; for (;;) { 'no directive'; break; }", undefined],
    ] as const)
      assert.equal(await valueOf(cells, source), value, source);
  });

  it("functions of earlier cells see the latest value of a name", async () => {
    const cells = new Cells();
    await valueOf(cells, "let n = 1; function show2() { return n; }");
    await valueOf(cells, "n = 2;");
    assert.equal(await valueOf(cells, "show2()"), 2);
    await valueOf(cells, "let n = 3;");
    assert.equal(await valueOf(cells, "show2()"), 3);
  });

  it("names are kept of a cell that fails while it runs", async () => {
    const cells = new Cells();
    await assert.rejects(
      valueOf(cells, "const kept = 1;\nthrow new Error('on purpose');"),
      /on purpose/,
    );
    assert.equal(await valueOf(cells, "kept + 1"), 2);
  });

  it("enums, namespaces and decorators stay what they were declared as", async () => {
    const cells = new Cells();
    const source = `function logged(method: any, context: any) { seen.push(context.name); return method; }
const seen: string[] = [];
class A { @logged m() { return 1; } }
[seen[0], new A().m()].join()`;
    assert.equal(await valueOf(cells, source), "m,1");
  });

  it("the source map leads from each line of JavaScript to the learner's", () => {
    const cells = new Cells();
    const source = `interface Gone { a: number }\nenum E { A }\n\nconst v: Gone = { a: 1 };\nfunction fails(x: number): never {\n  throw new Error("here" + x);\n}\nfails(v.a);`;
    const { javascript, sourceMap } = cells.runnable(source);
    const map = new SourceMap(sourceMap as ConstructorParameters<typeof SourceMap>[0]);
    for (const text of ["throw new Error", "fails(v.a)", "v = {"]) {
      const before = javascript.slice(0, javascript.indexOf(text)).split("\n");
      const entry = map.findEntry(before.length - 1, before.at(-1)!.length) as {
        originalLine: number;
        originalColumn: number;
      };
      const wanted = source
        .slice(0, source.indexOf(text === "v = {" ? "v: Gone" : text))
        .split("\n");
      assert.deepEqual(
        [entry.originalLine, entry.originalColumn],
        [wanted.length - 1, wanted.at(-1)!.length],
        text,
      );
    }
  });

  it("an error in a loop is where the learner wrote it, to the letter", async () => {
    const globals = globalThis as { boom?: () => never };
    globals.boom = () => assert.fail("on purpose");
    const cells = new Cells();
    for (const source of [
      "for (let i = 0; i < 3; i++) boom();",
      "for (const x of [1, 2]) if (x > 1) boom();",
      "let n = 0;\nwhile (true) { n++; boom(); }",
      "do boom(); while (true);",
      "do ; while (boom());",
      "outer: for (const a of [1, 2])\n  for (const b in { c: 1 }) { // why\n    if (a < 2) continue outer;\n    boom();\n  }",
      "for await (const y of [1]) /* why */ boom();",
      "const f = () => { for (;;) { boom(); } };\nf();",
      "class A { static { while (true) boom(); } }",
      "for (let v = 0; v < boom(); v++);",
      "for (let v = 0; ; boom()) v;",
      "for (const z of [boom()]) z;",
      "const rows: number[][] = [];\n\tfor (let i: number = 0; i < 3; i++) for (const x of [1 as number]) { boom(); }",
    ]) {
      const declared = "declare function boom(): number;\n";
      const { javascript, sourceMap } = cells.runnable(declared + source);
      const error: Error = await repl.run(javascript).then(
        () => assert.fail(source),
        (thrown: Error) => thrown,
      );
      const [, line, column] = /<anonymous>:(\d+):(\d+)/.exec(error.message)!.map(Number);
      const map = new SourceMap(sourceMap as ConstructorParameters<typeof SourceMap>[0]);
      const found = map.findEntry(line - 1, column - 1);
      const before = source.slice(0, source.indexOf("boom")).split("\n");
      assert.deepEqual(
        "originalLine" in found && [found.originalLine - 1, found.originalColumn],
        [before.length - 1, before.at(-1)!.length],
        source,
      );
    }
    delete globals.boom;
  });
});
