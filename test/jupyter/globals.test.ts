import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { projectRoot } from "#dist/project/index.js";
import { compilerIn } from "./compiler/testCompiler";
import { WirelessKernel } from "./WirelessKernel";

/** Every global that TypeScript and Node declare, those too that only later versions of Node have. */
function declaredGlobals(): string[] {
  const types = join(projectRoot, "node_modules/@types/node/index.d.ts");
  const options = { lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"], types: [] };
  const program = ts.createProgram([types], options);
  return program
    .getTypeChecker()
    .getSymbolsInScope(program.getSourceFile(types)!, ts.SymbolFlags.Value)
    .map(({ name }) => name)
    .filter((name) => /^[\w$]+$/.test(name));
}

describe("the globals of a cell", function () {
  this.timeout(240_000);
  this.slow(40_000);
  let kernel: WirelessKernel;
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "convbook-globals-"));
    kernel = new WirelessKernel(folder);
  });
  after(async () => {
    await kernel.close();
    rmSync(folder, { recursive: true });
  });

  it("are there when it runs, or refused at the check, before and after Node's modules are imported", async () => {
    const globals = declaredGlobals();
    for (const some of ["module", "__dirname", "Buffer", "Map", "WebSocket", "parseInt"])
      assert.ok(globals.includes(some), some);
    for (const first of ["1", 'import { sep } from "node:path"; sep']) {
      assert.equal((await kernel.run(first)).errors, "");
      const there = await kernel.run(
        `(${JSON.stringify(globals)} as string[]).filter((name) => name in globalThis).length`,
      );
      let known = 0;
      for (const name of globals) {
        const { reply, errors } = await kernel.run(`void ${name};`);
        if (reply.status === "ok") known++;
        else assert.match(errors, /Cannot find name/, name);
      }
      // The short declarations, which stand before an import, leave some out.
      if (first === "1") assert.ok(known > 80 && known <= Number(there.value), String(known));
      else assert.equal(known, Number(there.value));
    }
  });

  it("lack what a file has, which is said in plain words; the learner's own names are no globals", async () => {
    const run = (code: string) => kernel.run(`import { sep } from "node:path";\n${code}`);
    const nothing = "A cell exports nothing: what it declares is known to all later cells.";
    const noFile = "A cell is in no file; the folder of the notebook is process.cwd().";
    for (const [code, line, column, hint] of [
      ["module.exports = { a: 1 };", 2, 0, nothing],
      ["const o = 1;\nexports.o = o;", 3, 0, nothing],
      ["console.log({ __dirname });", 2, 14, noFile],
      ["sep + __filename", 2, 6, noFile],
      ["class E extends EventSource {}", 2, 16, "No cell that has run declares EventSource."],
    ] as const) {
      const { errors } = await run(code);
      const name = /module|exports|__\w+|EventSource/.exec(code)![0];
      assert.match(errors, new RegExp(`line ${line}: Cannot find name '${name}'`));
      assert.match(errors, new RegExp(`\n {4}${" ".repeat(column)}\\^{${name.length}}\n`), errors);
      assert.ok(errors.includes(hint), errors);
    }
    for (const [code, value] of [
      ["const f = (module: number, exports = 2) => module * exports; f(3)", "6"],
      ["{ const __dirname = 4; console.log(__dirname); }\n5", "5"],
      ["({ module: 1, exports: { gc: 7 } }).exports.gc", "7"],
      ["typeof require + typeof globalThis.module", "'functionundefined'"],
      ["let socket: WebSocket | undefined; socket === undefined", "true"],
      ["const module = 8; module", "8"],
      ["module + 1", "9"],
    ]) {
      const ran = await run(code);
      assert.equal(ran.value, value, `${code}\n${ran.errors}`);
    }
  });

  it("are completed where they are there", () => {
    const compiler = compilerIn();
    const offered = (source: string) => compiler.complete(source, source.length).matches;
    const source = 'import { sep } from "node:path";\n';
    for (const [typed, name, isOffered] of [
      ["mod", "module", false],
      ["exp", "exports", false],
      ["WebS", "WebSocket", "WebSocket" in globalThis],
      ["Buf", "Buffer", true],
      ["req", "require", true],
      ["const module = 1;\nmod", "module", true],
      ["const o = { exports: 1 };\no.exp", "exports", true],
    ] as const)
      assert.equal(offered(source + typed).includes(name), isOffered, typed);
  });
});
