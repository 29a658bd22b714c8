import assert from "node:assert/strict";
import { type Exercise, type ImageOptions, photograph, type PhotographName } from "convbook";
import { exercisesOf, inProcess, runExercise, solutionListing } from "convbook/authoring";
import { lessonNames } from "#dist/project/index.js";
import * as convbook from "convbook";
import { publicNames } from "../publicNames";
import { openSandbox, type Sandbox, type SandboxedAnswer } from "#dist/sandbox/index.js";
import { inProject } from "#dist/project/index.js";

const cells = (...texts: string[]) =>
  texts.map((text, i) => ({ origin: `cell ${2 * i + 1}`, text }));

describe("openSandbox", function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  before(() => void (sandbox = openSandbox({ callLimit: 10_000 })));
  after(() => sandbox.close());

  const answerIn = async (...texts: string[]): Promise<SandboxedAnswer> =>
    (await sandbox.submission(cells(...texts), ["f"])).answer("f");
  const callOf = async (text: string, ...input: unknown[]) => {
    const answer = await answerIn(text);
    const { outcome } = await answer.call(input);
    answer.end();
    return outcome;
  };

  it("openSandbox({memory: 1}) is refused", () => {
    assert.throws(() => openSandbox({ memory: 1 }), /memory must be an integer of at least 128/);
  });

  it("answer.call(input) gives data, and says whether the input was written into", async () => {
    const x = convbook.tensor([1, 2, 3]);
    const reads = await answerIn("const f = (x: Tensor) => [x, x.size, null, NaN, 'ä'];");
    assert.deepEqual(await reads.call([x]), {
      outcome: { value: [x, 3, null, NaN, "ä"] },
      changedInput: false,
    });
    const writes = await answerIn("function f(x: any) { x.set(9, 0); }");
    assert.deepEqual(await writes.call([x]), { outcome: { value: undefined }, changedInput: true });
    assert.equal(x.get(0), 1);
    reads.end();
    writes.end();
  });

  it("answer.call(input) gives networks, made anew on this side", async () => {
    const outcome = await callOf(
      'import { zoo } from "convbook"; function f() { return { net: zoo.lenet5() }; }',
    );
    assert("value" in outcome);
    const { net } = outcome.value as { net: convbook.Network };
    assert(net instanceof convbook.Network);
    assert.equal(convbook.cost(net).params, convbook.cost(convbook.zoo.lenet5()).params);
  });

  it("an answer finds every name of the library, and no other", async () => {
    const outcome = await callOf(
      'import * as all from "convbook"; const f = () => ["zoo" in all, Object.keys(all), (all as any).none];',
    );
    assert("value" in outcome);
    const [zoo, names, none] = outcome.value as [boolean, string[], undefined];
    assert(zoo);
    assert.deepEqual(names.sort(), Object.keys(convbook).sort());
    assert.equal(none, undefined);
  });

  it("answer.call(input) gives the error that the function throws", async () => {
    assert.deepEqual(await callOf('function f() { throw new RangeError("oh"); }'), {
      error: { name: "RangeError", message: "oh" },
    });
  });

  it("answers may await at the top level, use the engine, and print", async () => {
    const answer = await answerIn(
      'import { engine, fromFunction } from "convbook";',
      "const half = await Promise.resolve(0.5);",
      "async function f() { console.log('printed'); const ones = (...shape: number[]) => fromFunction(shape, () => 1); return Math.round(engine.conv2d(ones(1, 64, 64, 8), ones(3, 3, 8, 8)).mean() * half); }",
    );
    assert.deepEqual((await answer.call([])).outcome, { value: 36 });
    assert.equal(answer.output(), "printed\n");
    answer.end();
  });

  it("answers may use tfjs, and hear why they cannot read pictures", async () => {
    const backend = await callOf(
      'import { useBackend } from "convbook"; const f = async () => (await useBackend("wasm")).name;',
    );
    assert.deepEqual(backend, { value: "wasm" });
    const picture = await callOf(
      'import { loadImage } from "convbook"; const f = async () => loadImage("node_modules/convbook/assets/photographs/coffee.png");',
    );
    assert("error" in picture && /pictures cannot be read here/.test(picture.error.message));
  });

  it("an answer that dies of one call is there for the next", async () => {
    const answer = await answerIn(
      "function f(n: number) { if (n > 1) for (;;) n += [n].length; return n; }",
    );
    const impatient = openSandbox({ callLimit: 2_000 });
    const submission = await impatient.submission(cells(answer.code!), ["f"]);
    const f = submission.answer("f");
    const verdicts = [];
    for (const n of [1, 2, 1]) verdicts.push((await f.call([n])).outcome);
    assert.deepEqual(verdicts[0], { value: 1 });
    assert("stopped" in verdicts[1] && verdicts[1].stopped.verdict === "timeout");
    assert.deepEqual(verdicts[2], { value: 1 });
    submission.end();
    impatient.close();
    answer.end();
  });

  it("all calls of a submission together have a limit", async () => {
    const impatient = openSandbox({ callLimit: 400, submissionLimit: 1_500 });
    const submission = await impatient.submission(cells("function f() { for (;;); }"), ["f"]);
    const f = submission.answer("f");
    const messages = [];
    for (let i = 0; i < 20; i++) {
      const { outcome } = await f.call([]);
      messages.push("stopped" in outcome ? outcome.stopped.message : "");
    }
    assert.match(messages[0], /within 0.4 seconds/);
    assert.match(messages[1], /within 0.1 seconds/); // late once, it has less time from then on
    assert.match(messages[19], /the time for this notebook is used up/);
    submission.end();
    impatient.close();
  });

  it("all results of a submission together have a limit, which a test that keeps them needs", async () => {
    const answer = await answerIn(
      'import { zeros } from "convbook"; const x = zeros([15_000_000]); function f() { return x; }',
    );
    const messages: string[] = [];
    for (let i = 0; i < 10; i++) {
      const { outcome } = await answer.call([]);
      if ("error" in outcome) messages.push(outcome.error.message);
    }
    answer.end();
    assert.match(messages[0], /it returned a value that is too much, after all that came before/);
  });

  it("a result that is too much to be given back as an argument is the answer's fault", async () => {
    const deep = "function f(x: unknown) { for (let i = 0; i < 64; i++) x = [x]; return x; }";
    const answer = await answerIn(deep);
    const first = await answer.call([0]);
    assert("value" in first.outcome);
    const { outcome } = await answer.call([first.outcome.value]);
    assert("error" in outcome);
    assert.match(outcome.error.message, /it was to be given back a value that is nested/);
    await assert.rejects((await answerIn(deep)).call([first.outcome.value]), /is nested more than/);
    answer.end();
  });

  it("submission.answer(name) that no cell declares is not attempted", async () => {
    const answer = await answerIn("const g = 1;", "import { f } from 'convbook';");
    assert.equal(answer.message, "No cell declares a function f.");
    const { outcome } = await answer.call([]);
    assert("error" in outcome && outcome.error.name === "NotAttempted");
  });

  it("an import that is not the course's is refused, where the function needs it", async () => {
    const needs = await answerIn('import fs from "node:fs";', "function f() { return fs; }");
    assert.equal(
      needs.message,
      'It imports "node:fs". An answer may import "convbook" only, and of Node\'s own modules assert, path, perf_hooks and util.',
    );
    assert.deepEqual((await needs.call([])).outcome, {
      stopped: { verdict: "refused", message: needs.message },
    });
    const does = await answerIn('import fs from "node:fs";', "function f() { return 1; }");
    assert.deepEqual((await does.call([])).outcome, { value: 1 });
    does.end();
  });

  it("a function that several cells declare is remarked upon", async () => {
    const { remarks } = await answerIn("const f = 1;", "let g;", "const f = () => 2;");
    assert.deepEqual(remarks, ["f is declared in 2 cells; the last one counts, cell 5."]);
  });

  it("remarks: a check that names no exercise, stands in a function, or in a cell that the kernel refuses", async () => {
    const declared = "const f = () => 1;";
    const load = 'import { check } from "convbook"; ';
    const loop = await answerIn(load + declared, "for (const id of ['01.f']) check(id, f);");
    assert.match(
      loop.remarks.join("\n"),
      /shows only when it runs \(cell 3, line 1\): .* or else the last one called f\./,
    );
    const alias = await answerIn(
      'import { check } from "convbook"; const f = () => 1;',
      "const verify = check; verify('01.f', () => 3);",
    );
    assert.match(alias.remarks.join("\n"), /A check under another name was run/);
    assert.deepEqual((await alias.call([])).outcome, { value: 3 });
    alias.end();
    const noCheck = await answerIn(
      'import { check } from "convbook"; const f = () => 1;',
      "const verify = check;",
    );
    assert.deepEqual((await noCheck.call([])).outcome, { value: 1 });
    noCheck.end();
    const inside = await answerIn(
      declared,
      'const all = 1;\nfunction test() { check("01.f", f); }',
    );
    assert.match(inside.remarks[0], /stands in a function.*\(cell 3, line 2\)/);
    const none = await answerIn(
      `${load}const g = () => 1;`,
      "const pairs: any[] = []; for (const [id, h] of pairs) check(id, h);",
    );
    assert.match(none.remarks.join(), /shows only when it runs/);
    const constant = await answerIn(
      'import { check } from "convbook"; const f = () => 1;',
      'const ID = "01.f"; check(ID, () => 2);',
    );
    assert.deepEqual((await constant.call([])).outcome, { value: 2 });
    constant.end();
  });

  it("remarks: a cell that ended in an error, and names from behind the check", async () => {
    const submission = await sandbox.submission(
      [
        { origin: "cell 1", text: 'import { check } from "convbook";\nconst a = 1;', failed: true },
        { origin: "cell 2", text: "function f() { return a + b; }\ncheck('01.f', f);" },
        { origin: "cell 3", text: "const b = 2;" },
      ],
      ["01.f"],
    );
    const { remarks } = submission.answer("01.f");
    submission.end();
    assert.match(remarks.join("\n"), /cell 1, of which it needs something, ended in an error/);
    assert.match(
      remarks.join("\n"),
      /takes from cells further down, which have to be run before: b\./,
    );
  });

  it("remarks: a variable of an earlier cell gets another value, which stock tslab's functions do not see", async () => {
    const remark = /cell \d, line 1 gives (two|a|b) another value, which an earlier cell declares/;
    for (const [first, second] of [
      ["let two = 2; function f() { return two; }", "two = 3;"],
      ["let two = 2; const f = () => two;", "two++;"],
      ["let [a, b] = [1, 2]; const f = () => a - b;", "[a, b] = [b, a];"],
    ])
      assert.match((await answerIn(first, second)).remarks.join("\n"), remark, second);
    for (const [first, second] of [
      ["let two = 2;", "two = 3; function f() { return two; }"],
      ["let two = 2; two = 3; function f() { return two; }", "const other = 1;"],
      ["const table = [1]; function f() { return table[0]; }", "table[0] = 3;"],
    ])
      assert.doesNotMatch((await answerIn(first, second)).remarks.join("\n"), remark, second);
  });

  it("remarks: what stock tslab refuses and the teaching kernel does not", async () => {
    const strange: [cell: string, remark: RegExp][] = [
      [
        "declare global { interface Array<T> { one(): number } }\nArray.prototype.one = () => 1;\nfunction f() { return [].one(); }",
        /cell \d has a `declare global`: stock tslab refuses/,
      ],
      [
        "export function f() { return 1; }",
        /cell \d has an export of its own: stock tslab refuses/,
      ],
      ["/** @module f */\nfunction f() { return 1; }", /the comment @module/],
    ];
    for (const [cell, remark] of strange) {
      const answer = await answerIn(cell);
      assert.match(answer.remarks.join("\n"), remark, cell);
      assert.deepEqual((await answer.call([])).outcome, { value: 1 }, cell);
      answer.end();
    }
    for (const [first, second] of [
      ["const options = { a: 1 };", "const { a: b } = options; function f() { return b; }"],
      ["namespace Own { export const a = 1; }", "function f() { const { a: b } = Own; return b; }"],
      ["const a = 1;", "function f() { return { a }.a; }"],
    ]) {
      const answer = await answerIn(first, second);
      assert.match(
        answer.remarks.join("\n"),
        /cell \d has (a property|the shorthand) .* fails there/,
      );
      assert.deepEqual((await answer.call([])).outcome, { value: 1 }, second);
      answer.end();
    }
    for (const [first, second] of [
      ["const options = { a: 1 };", "const { a } = options; function f() { return { a }.a; }"],
      [
        "const a = 1;",
        "function f() { const a = 1; const { length: n } = [a]; return { n, a }.a; }",
      ],
    ]) {
      const answer = await answerIn(first, second);
      assert.deepEqual(answer.remarks, [], second);
      answer.end();
    }
    const ordinary = await answerIn("export default function f() { return 1; }");
    assert.deepEqual(ordinary.remarks, []);
    ordinary.end();
    for (const both of [
      "%time\nfunction f() { return 1; }",
      "// @ts-nocheck\nfunction f() { const s: number = 'a'; return s; }",
      "function f() { return 1; }\nexport { f };",
      'import path = require("path"); function f() { return path.sep.length; }',
    ]) {
      const answer = await answerIn(both);
      assert.match(
        answer.message ?? "",
        /The kernel refuses (?:a cell that it needs|such a cell)/,
        both,
      );
    }
  });

  it("remarks: a check in a cell with a type error, or above the only function, or in a cell that failed", async () => {
    const load = 'import { check } from "convbook";';
    const broken = await answerIn(
      load,
      "const f = () => 1;",
      'const s: number = "a"; check("01.f", f);',
    );
    assert.match(broken.remarks.join("\n"), /refuses the cell that checks it, cell 5.*'string'/);
    const above = await answerIn(load, 'check("01.f", f);', "function f() { return 1; }");
    assert.match(above.remarks.join("\n"), /declared only behind its check, in cell 5/);
    assert.doesNotMatch(above.remarks.join("\n"), /declared again/);
    const helper = await answerIn(
      load,
      "function f() { return g(); }",
      "const g = () => 1;",
      'check("01.f", f);',
    );
    assert.match(helper.remarks.join("\n"), /cells further down, which have to be run before: g\./);
    const failed = await sandbox.submission(
      [
        { origin: "cell 1", text: "const f = () => 1;" },
        { origin: "cell 2", text: `${load} JSON.parse("{"); check("01.f", f);`, failed: true },
      ],
      ["01.f"],
    );
    assert.match(
      failed.answer("01.f").remarks.join(),
      /cell 2, which checks it, ended in an error/,
    );
    failed.end();
  });

  it("what is for notebooks does nothing, and a picture that cannot be read says so when it is used", async () => {
    const whole = await callOf(
      'import { check, hint, loadImage, progress } from "convbook"; const cat = await loadImage("cat.png"); let n = 0;' +
        '{ hint("01.f"); progress(); await check("01.g", () => 1); n = 2; } const f = () => n;',
    );
    assert.deepEqual(whole, { value: 2 });
    const used = await callOf(
      'import { loadImage } from "convbook"; const cat = await loadImage("node_modules/convbook/assets/photographs/coffee.png"); const f = () => cat.shape;',
    );
    assert("error" in used && /pictures cannot be read here/.test(used.error.message));
  });

  it("a photograph of the course is there, with the values that the notebook has, however it is asked for", async () => {
    const cases: [call: string, name: PhotographName, options?: ImageOptions][] = [
      ['photograph("coffee")', "coffee"],
      ["photograph('chelsea', { size: 64, grey: true, })", "chelsea", { size: 64, grey: true }],
      [
        'photograph("camera", { grey: false, size: [ 20,30 ] })',
        "camera",
        { grey: false, size: [20, 30] },
      ],
    ];
    for (const [call, name, options] of cases) {
      const outcome = await callOf(
        `import { photograph } from "convbook"; const cat = await ${call}; cat.data[0] = 2; const f = async () => [cat.shape, await ${call}];`,
      );
      const picture = await photograph(name, options);
      assert.deepEqual(outcome, { value: [picture.shape, picture] }, call);
    }
    const calls = [
      '"nobody"',
      '"coffee", { size: 5000 }',
      '"coffee", { size: 0 }',
      '"coffee", { sise: 3 }',
    ];
    const dynamic = await callOf(
      'import { photograph } from "convbook"; const names = ["coffee", "chelsea"] as const; const size = 8 + 8; const shapes: number[][] = [];' +
        "for (const name of names) { const picture = await photograph(name, { size, grey: shapes.length > 0 }); shapes.push(picture.shape as number[]); }" +
        "const f = async () => [...shapes, (await photograph(names[1], { size: shapes[0][2] / 2 })).shape];",
    );
    assert.deepEqual(dynamic, {
      value: [
        [1, 11, 16, 3],
        [1, 11, 16, 1],
        [1, 5, 8, 3],
      ],
    });
    for (const call of [...calls, '"coffee", { size: 1.5 }', '"coffee", 3'])
      assert(
        "error" in
          (await callOf(
            `import { photograph } from "convbook"; const f = async () => (await (photograph as any)(${call})).shape;`,
          )),
        call,
      );
  });

  it("of the photographs an answer is given sixteen, however many it asks for, and the grader goes on", async () => {
    const outcome = await callOf(
      'import { photograph } from "convbook"; const f = async () => { let n = 0; ' +
        'for (let size = 1; size <= 40; size++) try { (await photograph("coffee", { size })).shape; n++; } catch {} return n; };',
    );
    assert.deepEqual(outcome, { value: 16 });
    assert.deepEqual(await callOf("const f = () => 3;"), { value: 3 });
  });

  it("remarks: what the answer uses was given to an imported function, which may have changed it", async () => {
    const { remarks } = await answerIn(
      'import { shuffle } from "convbook"; const list = [1, 2];',
      "shuffle(list);",
      "function f() { return list[0]; }",
    );
    assert.match(remarks[0], /^Not run, though it gives .*: cell 3, line 1\.$/);
  });

  it("code that is too much, or too deep for the compiler, is refused, and the next is read", async () => {
    const refused = async (text: string) => (await answerIn(text)).message;
    const large = `function f() { return "${"x".repeat(2 ** 20)}"; }`;
    assert.match((await refused(large))!, /cannot be read: there are 10486\d\d bytes of it/);
    const deep = `const f = ${"(".repeat(100_000)}1${")".repeat(100_000)};`;
    assert.match((await refused(deep))!, /cannot be read: Maximum call stack/);
    const comments = `${"/** ".repeat(200_000)} */ // x\nfunction f() {}`;
    assert.equal(await refused(comments), undefined);
  });

  it("an answer that does not parse is not mended and run, and its line and column are reported", async () => {
    const answer = await answerIn("1;", "function f() {\n  return (1;\n}");
    assert.match(answer.message!, /does not parse \(cell 3, line 2, column 12\): '\)' expected\./);
    const { outcome } = await answer.call([]);
    assert("stopped" in outcome && outcome.stopped.verdict === "error");
  });

  it("loose statements that the answer depends on are run, and that is remarked upon", async () => {
    const text = "const a = []; a.push(1);\na.push(undefined.x);\nconst f = () => a;";
    const answer = await answerIn(text.replace("undefined.x", "(undefined as any).x"));
    assert.equal(answer.remarks.length, 1);
    assert.match(answer.remarks[0], /outside of functions, .*: cell 1, line 1; cell 1, line 2\.$/);
    assert.deepEqual((await answer.call([])).outcome, { value: [1] });
    assert.match(answer.output(), /A statement that it depends on failed: TypeError/);
    answer.end();
  });

  describe("refuses the cells that the kernel refuses", () => {
    const positionsIn = async (...texts: string[]) =>
      (await answerIn(...texts)).typeErrors.map(({ cell, line, column }) => [cell, line, column]);

    it("and says why, with the notebook's cell and line", async () => {
      const answer = await answerIn(
        'import { tensor } from "convbook";',
        "/** Doubles. */\nexport function f(x: number) {\n  const t = tensor([x]);\n  return t.rang;\n}",
      );
      assert.deepEqual(
        answer.typeErrors.map(({ cell, line, column }) => [cell, line, column]),
        [[3, 4, 12]],
      );
      assert.match(answer.message!, /refuses a cell that it needs \(cell 3, line 4, column 12\)/);
      const { outcome } = await answer.call([1]);
      assert("stopped" in outcome && outcome.stopped.verdict === "error");
    });

    it("so that an earlier definition counts, and what only a refused cell declares is not there", async () => {
      const answer = await answerIn(
        "const f = () => 1;",
        'const f = () => 2; let k: number = "a";',
      );
      assert.deepEqual((await answer.call([])).outcome, { value: 1 });
      assert.match(
        answer.remarks[0],
        /declared in cell 3 too, which the kernel refuses: Type 'string'/,
      );
      answer.end();
      const needs = await answerIn('let k: number = "a";', "let m = 1", "const f = () => k;");
      assert.deepEqual(
        needs.typeErrors.map(({ cell, message }) => [cell, message]),
        [
          [1, "Type 'string' is not assignable to type 'number'."],
          [5, "Cannot find name 'k'."],
        ],
      );
    });

    it("and no others: what Node and other packages declare, variables of other cells, cells out of order", async () => {
      const styles = [
        [
          'import assert from "node:assert"; import { inspect } from "util";',
          "const f = () => { assert(true); return inspect(1); };",
        ],
        [
          "let t: NodeJS.Timeout; const f = (b?: Buffer) => [performance.mark, globalThis.gc, require('path').sep];",
        ],
        ["let g = (n: number) => n;", "g = (n) => n + 1;\nconst f = () => g(1);"],
        ["const f = () => later;", "const later = 3;"],
        [
          "interface P { x: number }",
          "class Q implements P { x = 1; }",
          "const f = (p: P = new Q()) => p.x;",
        ],
        ["enum E { A }", "type T = keyof typeof E; const f = (e: E = E.A): T => 'A';"],
        [
          "const f = (a, b = structuredClone(1, {})) => { process.stdout.write('x'); return process.memoryUsage().heapUsed > 0; }",
        ],
      ];
      for (const texts of styles) {
        const answer = await answerIn(...texts);
        assert.deepEqual([answer.message, answer.typeErrors], [undefined, []], texts.join("\n"));
        const { outcome } = await answer.call([]);
        assert("value" in outcome, JSON.stringify([texts, outcome]));
        answer.end();
      }
    });

    it("where the editor shows it, whatever is around", async () => {
      assert.deepEqual(
        await positionsIn(
          "// time\r\n/** Doc. */\r\nconst a = '\u{1F600}\u2028', b: string = 1;\rlet c: string = 2; !(1)",
          "const f = () => [a, b, c];",
        ),
        [
          [1, 3, 18],
          [1, 4, 5],
          [3, 1, 18],
          [3, 1, 21],
          [3, 1, 24],
        ],
      );
      assert.deepEqual(
        await positionsIn(
          'import { tensor,\n  tensr } from "convbook";',
          "const f = () => 1;\n\tlet t: 1 = tensr;",
        ),
        [[3, 2, 13]],
      );
    });

    it("without a report that swells, however many and long the messages are", async () => {
      const name = `T${"x".repeat(5_000)}`;
      const wrong = "a = b;\n".repeat(1500);
      const { typeErrors } = await answerIn(
        `interface ${name} { x: 1 }\nlet a: string, b: ${name};\nfunction f() {\n${wrong}}`,
      );
      assert.equal(typeErrors.length, 1000);
      assert(typeErrors.every(({ message }) => message.length <= 1000));
    });

    it("naming types of the library and of cells, and no path, and telling nothing of other files", async () => {
      const texts = [
        'import { tensor } from "convbook";',
        "class Tensor { mine: Tensor = tensor([1]); }",
      ];
      const submission = await sandbox.submission(cells(...texts), ["Tensor"]);
      const [{ message }] = submission.answer("Tensor").typeErrors;
      assert.deepEqual(message.match(/'[^']*Tensor'/g), [
        `'import("convbook").Tensor'`,
        `'import("cell1").Tensor'`,
      ]);
      const solution = inProject("lessons", "02-padding", "solution");
      const answer = await answerIn(
        `type Leak = typeof import(${JSON.stringify(solution)}).reflectIndex;`,
        'function f() { const leak: Leak = "x"; return leak; }',
      );
      for (const { message } of answer.typeErrors) assert(!/number/.test(message), message);
    });
  });

  describe("gives the marks that check() gives", () => {
    const library = `import { ${publicNames.join(", ")} } from "convbook";`;

    for (const lesson of lessonNames()) {
      const exercises: Exercise[] = exercisesOf(lesson);
      const entries = exercises.map(({ entry }) => entry);

      it(`for the solutions of ${lesson}: all points`, async () => {
        const listings = exercises.map(solutionListing);
        // Each in a notebook of its own: a helper may have the same name in two of them.
        for (const [i, exercise] of exercises.entries()) {
          const submission = await sandbox.submission(cells(library, listings[i]), entries);
          const answer = submission.answer(exercise.entry);
          const result = await runExercise(exercise, answer);
          const messages = result.tests.map(({ message }) => message).join("\n");
          assert.equal(result.verdict, "passed", `${exercise.id}: ${messages}`);
          assert.deepEqual(result, await runExercise(exercise, inProcess(exercise.solution)));
          submission.end();
        }
      });
    }
  });
});
