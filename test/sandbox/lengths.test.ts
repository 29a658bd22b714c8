import assert from "node:assert/strict";
import { openSandbox, type Sandbox } from "#dist/sandbox/index.js";

/** Of the processor, all threads together, in milliseconds. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Texts without an end, each of some characters over and over, which patterns and compilers may trip over. */
const ENDLESS: Record<string, (length: number) => string> = {
  "blanks behind a keyword": (length) => `function${" ".repeat(length)}`,
  "blanks and stars": (length) => `function ${"* ".repeat(length / 2)}`,
  newlines: (length) => "\n".repeat(length),
  "carriage returns": (length) => "\r".repeat(length),
  "keywords alone": (length) => "const ".repeat(length / 6),
  "imports without an end": (length) => "import { a ".repeat(length / 11),
  "checks without an end": (length) => `check(${" ".repeat(length)}`,
  "checks without an id": (length) => "check('".repeat(length / 7),
  quotes: (length) => '"'.repeat(length),
  backquotes: (length) => "`".repeat(length),
  slashes: (length) => "/".repeat(length),
  "comments without an end": (length) => "/*".repeat(length / 2),
  "commands to other kernels": (length) => "%%time\n".repeat(length / 7),
  "one name": (length) => "f".repeat(length),
  "very many statements": (length) => "f;".repeat(length / 2),
  "very many declarations": (length) => "let f=1;".repeat(length / 8),
  "type errors on lines of their own": (length) => "let a: string = 1;\n".repeat(length / 20),
};
const LENGTH = 300_000;
/** What the thread is given, and as much again for what else this process does. */
const LIMIT = 40_000;

describe("whatever the length of a cell, it is read, or given up, in bounded time", function () {
  this.timeout(300_000);
  let sandbox: Sandbox;
  before(() => (sandbox = openSandbox({ spares: 0 })));
  after(() => sandbox.close());

  for (const [name, make] of Object.entries(ENDLESS))
    it(`of ${name}`, async () => {
      const text = make(LENGTH);
      const cells = ["markdown", "code"].map((cell_type) => ({ cell_type, source: text }));
      const before = processorTime();
      const bytes = Buffer.from(JSON.stringify({ cells, nbformat: 4 }));
      const notebook = await sandbox.read(bytes);
      const submission = await sandbox.submission(notebook.cells, ["01.f"], notebook.others);
      const answer = submission.answer("01.f");
      assert("outcome" in (await answer.call([])));
      submission.end();
      assert(processorTime() - before < LIMIT, `${processorTime() - before} ms`);
    });

  it("the next notebook is read as ever", async () => {
    const submission = await sandbox.submission(
      [{ origin: "cell 1", text: "const f = () => 3;" }],
      ["f"],
    );
    assert.deepEqual((await submission.answer("f").call([])).outcome, { value: 3 });
    submission.end();
  });
});
