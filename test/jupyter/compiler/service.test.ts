import assert from "node:assert/strict";
import { Cells } from "./testCompiler";

describe("completion and inspection", function () {
  this.timeout(120_000);
  const cells = new Cells();
  before(() => {
    cells.runnable(
      'import { tensor, zeros, conv2d } from "convbook";\nconst image = zeros([1, 4, 4, 1]);',
    );
    cells.runnable(
      "/** Doubles it. @param x what to double */\nfunction twice(x: number) { return 2 * x; }",
    );
  });
  /** `|` is where the cursor stands. */
  const complete = (text: string) =>
    cells.compiler.complete(text.replace("|", ""), text.indexOf("|"));
  const inspect = (text: string, detail: 0 | 1 = 1) =>
    cells.compiler.inspect(text.replace("|", ""), text.indexOf("|"), detail).data["text/plain"] ??
    "";

  for (const [text, some] of [
    ["ima|", ["image"]],
    ["image.re|", ["reshape"]],
    ["conv2d(image, image, { |", ["bias", "dilation", "groups", "padding", "stride"]],
    ['conv2d(image, image, { padding: "|" })', ["full", "same", "valid"]],
    ['import { pad2| } from "convbook"', ["pad2d", "pad2dBackward"]],
    ["for (let i = 0; i < 3; i++) {\n  twi|\n", ["twice"]],
    ["process.cw|", ["cwd"]],
    ["const shape = image.sh|ape", ["shape"]],
  ] as const)
    it(`complete(${JSON.stringify(text)}) offers ${some.join(", ")}`, () => {
      const { matches } = complete(text);
      assert.deepEqual(
        some.filter((name) => !matches.includes(name)),
        [],
      );
    });

  it("complete replaces the word under the cursor, and nothing else", () => {
    const { start, end } = complete("1 + image.sh|ape + 2");
    assert.deepEqual([start, end], [10, 15]);
  });

  it("complete offers nothing that is not there: no test runner, no page, none of our own names", () => {
    for (const text of ["bef|", "docu|", "descr|", "__|", "windo|"])
      assert.deepEqual(complete(text).matches, [], text);
    assert.ok(!complete('import x from "|"').matches.some((name) => name.startsWith("convbook:")));
  });

  it("inspect(name) gives type, documentation, result, errors and an example by their names", () => {
    const text = inspect("conv2|d");
    for (const part of [
      /^conv2d\(x: Tensor, filter: Tensor/,
      /Returns: \[m, oh, ow, cout\]/,
      /Throws: ArgumentError/,
      /Example:/,
    ])
      assert.match(text, part);
    assert.doesNotMatch(text, /alias|import/);
    assert.ok(inspect("conv2|d", 0).length < text.length);
  });

  it("inspect within the brackets of a call gives the call and the parameter that comes", () => {
    assert.match(inspect("conv2d(image, |"), /Here: filter: Tensor, \[kh, kw, cin/);
    assert.match(
      inspect("twice(|)"),
      /^twice\(x: number\): number\n\nHere: x: number, what to double/,
    );
    assert.match(
      inspect("conv2d(image, image, { str|ide: 2 })"),
      /Step of the window[^]*conv2d\(x: Tensor/,
    );
  });

  it("inspect where nothing is known finds nothing", () => {
    assert.equal(cells.compiler.inspect("1 + 2", 4, 0).found, false);
    assert.equal(cells.compiler.inspect("", 0, 1).found, false);
  });
});

describe("isComplete(source)", () => {
  const { compiler } = new Cells();
  for (const [source, status, indent] of [
    ["1", "complete"],
    ["", "complete"],
    ["function f() {\n}", "complete"],
    ["1 +", "incomplete", ""],
    ["function f() {", "incomplete", "  "],
    ["  if (x) {", "incomplete", "    "],
    ["foo(", "incomplete", "  "],
    ["`abc", "incomplete", ""],
    ["/* a", "incomplete", ""],
    ["x.", "incomplete", ""],
    ['"abc', "invalid"],
    ["def f(x):", "invalid"],
    ["a b", "invalid"],
    ["}", "invalid"],
  ] as const)
    it(`isComplete(${JSON.stringify(source)}) is ${status}`, () => {
      const answer = compiler.isComplete(source);
      assert.equal(answer.status, status);
      if (indent !== undefined) assert.equal(answer.indent, indent);
    });
});
