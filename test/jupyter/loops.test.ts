import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectRoot } from "#dist/project/index.js";
import { driveKernel, plain, type Ran, runCells } from "./driveKernel";
import { WirelessKernel } from "./WirelessKernel";

describe("loops in the teaching kernel", function () {
  this.timeout(300_000);
  this.slow(60_000);

  it("whose body is one slow call of the language's own end by an interrupt", async () => {
    const scratch = path.join(projectRoot, ".convbook");
    mkdirSync(scratch, { recursive: true });
    const folder = mkdtempSync(path.join(scratch, "loops-"));
    const file = path.join(folder, "helper.ts");
    writeFileSync(
      file,
      "export function forever(text: string): never {\n  for (;;) JSON.parse(text);\n}\n",
    );
    const bodies: Record<string, string> = {
      for: "for (;;) JSON.parse(text);",
      while: "while (true) JSON.parse(text);",
      do: "do JSON.parse(text); while (true);",
      "for-of": "for (const each of endless()) list.indexOf(each);",
      "for-in": "for (const key in many) list.indexOf(key.length);",
      "for await": "for await (const each of endless()) list.indexOf(each);",
      "without a body": "while (list.indexOf(-1) < 0);",
      "of one that is labelled": "outer: for (;;) for (;;) { JSON.parse(text); continue outer; }",
      "in a function": "function f() { for (;;) JSON.parse(text); }\nf();",
      "in a method": "class A { static m() { while (true) list.indexOf(-1); } }\nA.m();",
      "after an await":
        "const g = async () => { await 1; for (;;) JSON.parse(text); };\nawait g();",
      "in a function that is hot":
        "function search(xs: number[], n: number) { for (let i = 0; i < n; i++) xs.indexOf(-1); }\n" +
        "for (let i = 0; i < 1e5; i++) search([1], 5);\nv += 1;\nsearch(list, Infinity);\nv -= 1;",
      "in a file": `import { forever } from "./${path.relative(projectRoot, file)}";\nforever(text);`,
    };
    const names = Object.keys(bodies);
    const before = `const text = JSON.stringify(new Array(2e5).fill({ a: 1 }));
      const list = new Array(1e7).fill(0);
      const many = Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => ["k" + i, i]));
      function* endless() { for (;;) yield -1; }`;
    const steps = names.flatMap((name, i) => [
      { code: `let v = ${i}; // ${name}\n${bodies[name]}`, interruptAfter: 0.5, seconds: 60 },
      { code: "v" },
    ]);
    const ran = (await driveKernel([{ code: before }, ...steps])) as Ran[];
    rmSync(folder, { recursive: true });
    names.forEach((name, i) => {
      const [cell, after] = ran.slice(1 + 2 * i);
      assert.equal(cell.ename, "Interrupted", `${name}: ${cell.status} ${cell.errors.join()}`);
      const computed = cell.processorTimeToEnd!; // the same on a busy machine as on a quiet one
      assert.ok(computed < 1, `${name}: the kernel computed for another ${computed} s`);
      const wanted = name === "in a function that is hot" ? i + 1 : i;
      assert.equal(after.result?.["text/plain"], String(wanted), name);
    });
  });

  it("show nothing of the kernel's: in texts of functions, in workers, in a full stack", async () => {
    const [own, native, worker, deep, spaces] = await runCells([
      "function f(xs: number[]) { for (const x of xs) f([x]); while (xs.length > 9) xs.pop(); }\n[String(f), `${f}`, f.toString(), Function.prototype.toString.call(f)].join()",
      "[String(Math.max), f + ''].map((text) => text.length > 20).join()",
      `import { Worker } from "node:worker_threads";
        import { once } from "node:events";
        function count() { let n = 0; for (const each of [1, 2, 3]) n += each; return n; }
        const send = 'require("node:worker_threads").parentPort.postMessage(' + count + '())';
        const [answer] = await once(new Worker(send.replace("(function", "((function").replace("}()", "})()"), { eval: true }), "message");
        answer`,
      "function g(n: number): number { for (;;) return g(n + 1); }\ng(1);",
      'const text = "function () {" + " ".repeat(4e5) + "}"; String(eval(`(${text})`)) === text',
    ]);
    const text = own.result!["text/plain"];
    assert.equal(text.split("f([x])").length, 5);
    assert.doesNotMatch(text, /convbook/);
    assert.equal(native.result?.["text/plain"], "'true,true'");
    assert.equal(worker.result?.["text/plain"], "6", worker.errors.join());
    assert.equal(spaces.result?.["text/plain"], "true", spaces.errors.join());
    assert.match(
      plain(deep.errors[0]),
      /^RangeError: Maximum call stack.*\n {2}cell 4, line 1, in g/,
    );
    assert.doesNotMatch(plain(deep.errors[0]), /convbook|loopCalls/);
  });

  it("of a file of the learner's keep its errors where they were written", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "convbook-loops-"));
    const lines = [
      "export interface Unseen { a: number }",
      "export function total(rows: number[][]): number {",
      "  let sum: number = 0;",
      "  for (let i: number = 0; i < 2; i++) sum += first(rows[i] as number[]);",
      "  for (const row of rows) { const x: number = row[0]; if (x > 1) throw new Error(String(sum)); }",
      "  return sum;",
      "}",
      "function first(row: number[]): number { do return row[0]; while (true); }",
      "export const text = String(total);",
    ];
    writeFileSync(path.join(folder, "helper.ts"), lines.join("\n"));
    const kernel = new WirelessKernel(folder);
    const ran = [];
    for (const code of ["total([[1], [2]])", "total([[1]])", "text"])
      ran.push(await kernel.run(`import { text, total } from "./helper";\n${code}`));
    await kernel.close();
    rmSync(folder, { recursive: true });
    for (const [{ errors }, line, at] of [
      [ran[0], 5, "new Error"],
      [ran[1], 8, "[0]"],
    ] as const) {
      const text = lines[line - 1];
      const quoted = `    ${line} | ${text}\n      | ${" ".repeat(text.lastIndexOf(at))}^`;
      assert.ok(errors.includes(`  helper.ts, line ${line}, in `), errors);
      assert.ok(errors.includes(quoted), `${quoted}\n${errors}`);
    }
    assert.match(ran[2].value, /^'function total\(rows\)/);
    assert.doesNotMatch(ran[2].value, /convbook/);
  });
});
