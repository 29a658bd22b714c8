import assert from "node:assert/strict";
import { readNotebook, UnreadableNotebook } from "#dist/sources/index.js";
import { random } from "convbook";
import { notebookText } from "../grading/class/notebookText";

describe("readNotebook(text)", () => {
  const code = (source: unknown) => ({ cell_type: "code", source });
  const notebook = (cells: unknown[], rest = {}) => JSON.stringify({ cells, nbformat: 4, ...rest });

  it("takes the code cells, counted among all cells from 1", () => {
    const text = notebook([{ cell_type: "markdown", source: "x" }, code("a"), code(["b\n", "c"])]);
    assert.deepEqual(readNotebook(text).cells, [
      { origin: "cell 2", text: "a" },
      { origin: "cell 3", text: "b\nc" },
    ]);
  });

  it("takes what every editor writes: nbformat 4.0 to 4.5, with and without ids, text and lists", () => {
    for (let seed = 1; seed <= 30; seed++) {
      const cells = ["const a = 1;\n\nconst b = 2;\n", "", "a;"];
      const { cells: found } = readNotebook(notebookText(cells, random(seed)));
      assert.deepEqual(
        found.map(({ text }) => text),
        cells,
      );
    }
  });

  it("a cell that ended in an error says so", () => {
    const failed = { ...code("a"), outputs: [{ output_type: "error", ename: "Error" }] };
    const { cells } = readNotebook(notebook([failed, { ...code("b"), outputs: [null, {}] }]));
    assert.deepEqual(
      cells.map(({ failed }) => failed),
      [true, undefined],
    );
  });

  it("a check in a comment or a text is none", () => {
    const cells = [
      '// check("05.twin", x)\n/* check("05.twin", x) */ await check("02.coverage", f);',
      `const t = "check('05.twin', x)"; const u = \`check("05.twin")\`; check('02.zeroPad', g);`,
      `console.log('it\\'s check("05.twin")'); check(\`02.samePadding\`, h); /* check("05.twin"`,
    ];
    assert.deepEqual(readNotebook(notebook(cells.map(code))).checked, [
      "02.coverage",
      "02.zeroPad",
      "02.samePadding",
    ]);
  });

  it("passes over a byte order mark, and over cells without a source or a type", () => {
    const text = `\uFEFF${notebook([null, 3, {}, { cell_type: "code" }, code("a")])}`;
    assert.deepEqual(
      readNotebook(text).cells.map((cell) => cell.text),
      ["", "a"],
    );
  });

  it("takes large outputs, which are few parts", () => {
    const outputs = [{ text: '[{\\"'.repeat(2 ** 21) }, { data: new Array(2 ** 20).fill(1) }];
    const text = notebook([{ ...code("a"), outputs }]);
    assert(text.length > 8e6);
    assert.equal(readNotebook(text).cells.length, 1);
  });

  it("gives the same hash to the same code, whatever its outputs, and another to other code", () => {
    const plain = readNotebook(notebook([code("a"), code("b")]));
    const saved = readNotebook(notebook([{ ...code("a"), outputs: [1] }, code(["b"])], { x: 1 }));
    assert.equal(plain.codeHash, saved.codeHash);
    assert.notEqual(plain.codeHash, readNotebook(notebook([code("ab")])).codeHash);
  });

  const broken: [string, string, RegExp][] = [
    ["a file cut off", '{"cells": [', /not JSON. Was it cut off while it was saved, or compressed/],
    ["an empty file", " \n", /it is empty/],
    ["another JSON file", '{"cells": 3}', /has no list of cells/],
    ["a source that is no text", notebook([code({ toString: 1 })]), /source of cell 1 is no text/],
    ["a list that is none", notebook([{}, code([[["a"]]])]), /source of cell 2 is no text/],
    ["brackets without end", "[".repeat(2 ** 23), /more than 4000000 parts/],
    ["cells without end", notebook(new Array(20_000).fill({})), /more than 10000 cells/],
    ["null", "null", /has no list of cells/],
    ["nbformat 3", '{"worksheets": [{"cells": []}]}', /nbformat 3.*open it in Jupyter and save it/],
  ];
  for (const [what, text, message] of broken)
    it(`readNotebook(${what}) says what is wrong`, () => {
      assert.throws(() => readNotebook(text), UnreadableNotebook);
      assert.throws(() => readNotebook(text), message);
    });
});
