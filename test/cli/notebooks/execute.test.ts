import assert from "node:assert/strict";
import { type ExecutedNotebook, executeNotebooks } from "#dist/cli/notebooks/execute.js";
import { code, markdown, notebook } from "./cells";

describe("executeNotebooks", function () {
  this.timeout(120_000);

  const sound = notebook(
    markdown("Text."),
    code(
      'import { tensor } from "convbook";\nconst x = tensor([1, 2]);\nconsole.log("printed");\nx',
    ),
    code(" "),
    code('console.error("careful"); 1'),
    code("await new Promise((resolve) => setTimeout(resolve, 700));\nx.sum()"),
  );
  const failing = notebook(
    code("const list: number[] = [];"),
    code("list[0].toFixed()"),
    code("list.length"),
  );
  const misspelt = notebook(code("1"), code("unknownName + 1"), code("2"));
  const endless = notebook(code("await new Promise(() => undefined)"), code("1"));
  const dying = notebook(code("process.exit(1)"), code("1"));

  let executed: Map<string, ExecutedNotebook>;
  before(async () => {
    const all = new Map(Object.entries({ sound, failing, misspelt, endless, dying }));
    executed = await executeNotebooks(all, { cellTimeout: 5 });
  });

  const statuses = (name: string): [number, string][] =>
    executed.get(name)!.runs.map(({ cell, status }) => [cell, status]);
  const outputs = (name: string, cell: number): unknown =>
    executed.get(name)!.notebook.cells[cell].outputs;

  it("executeNotebooks(a sound notebook) runs each code cell and keeps what it printed, as one output", () => {
    assert.deepEqual(
      statuses("sound"),
      [1, 3, 4].map((cell) => [cell, "ok"]),
    );
    const counts = executed.get("sound")!.notebook.cells.map((cell) => cell.execution_count);
    assert.deepEqual(counts, [undefined, 1, null, 2, 3]);
    const text = "printed\nTensor [2] float32\n[1 2]\n";
    assert.deepEqual(outputs("sound", 1), [{ output_type: "stream", name: "stdout", text }]);
    assert.deepEqual(outputs("sound", 3), [
      { output_type: "stream", name: "stderr", text: "careful\n" },
      { output_type: "stream", name: "stdout", text: "1\n" },
    ]);
  });

  it("executeNotebooks(...) measures how long a cell takes and how long it is silent", () => {
    const { seconds, silence } = executed.get("sound")!.runs[2];
    assert.ok(silence >= 0.69 && seconds >= silence, `${seconds} s, silent for ${silence} s`);
  });

  it("executeNotebooks(a failing cell, then others) reports the failure and stops there", () => {
    assert.deepEqual(statuses("failing"), [
      [0, "ok"],
      [1, "error"],
    ]);
    assert.match(JSON.stringify(outputs("failing", 1)), /TypeError: Cannot read properties/);
    assert.deepEqual(outputs("failing", 2), []);
  });

  it("executeNotebooks(a cell that does not compile) reports the failure and stops there", () => {
    assert.deepEqual(statuses("misspelt").at(-1), [1, "error"]);
    assert.match(JSON.stringify(outputs("misspelt", 1)), /Cannot find name 'unknownName'/);
  });

  it("executeNotebooks(a cell that ends the kernel) reports a dead kernel", () => {
    assert.deepEqual(statuses("dying"), [[0, "dead"]]);
  });

  it("executeNotebooks(a cell that does not end, {cellTimeout}) gives it up", () => {
    assert.deepEqual(statuses("endless"), [[0, "timeout"]]);
  });
});
