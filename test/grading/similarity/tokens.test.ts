import assert from "node:assert/strict";
import { normalTokens } from "#dist/grading/similarity/index.js";

const forms = (code: string): string =>
  normalTokens(code)
    .map(({ form }) => form)
    .join(" ");

describe("normalTokens", () => {
  const original = "function area(h: number, w: number): number { const a = h * w; return a; }";

  const alike: Record<string, string> = {
    "other names": "function flaeche(x: number, y: number): number { const z = x * y; return z; }",
    "another layout": "function area(h:number,w:number):number{\n  const a=h*w;\n\n  return a;}",
    comments:
      "/** area */ function area(h: number, w: number): number { const a = h * w; // !\n return a; }",
    "no types": "function area(h, w) { const a = h * w; return a; }",
    "other types":
      "function area(h: any, w: Array<{ a: 1 }>): any { const a: any = h! * (w as any); return a; }",
    "other words for a constant":
      "function area(h: number, w: number): number { var a = h * w; return a; }",
    "no semicolons": "function area(h: number, w: number): number { const a = h * w\n return a }",
    "more parentheses":
      "function area(h: number, w: number): number { const a = ((h) * (w)); return (a); }",
    "a trailing comma":
      "function area(h: number, w: number,): number { const a = h * w; return a; }",
    "a type beside it":
      "type N = number; interface A { a: 1 } function area(h: N, w: N): N { const a = h * w; return a; }",
    export: "export function area(h: number, w: number): number { const a = h * w; return a; }",
  };
  for (const [change, code] of Object.entries(alike))
    it(`normalTokens(code) is the same with ${change}`, () =>
      assert.equal(forms(code), forms(original)));

  const different: Record<string, string> = {
    operator: original.replace("*", "+"),
    "property that is read": original.replace("h * w", "h.rows * w"),
    number: original.replace("h * w", "h * w * 2"),
    statement: original.replace("return a", "if (a < 0) return 0; return a"),
  };
  for (const [change, code] of Object.entries(different))
    it(`normalTokens(code) differs with another ${change}`, () =>
      assert.notEqual(forms(code), forms(original)));

  it("normalTokens(code) keeps the names of properties and the values of numbers", () => {
    assert.equal(forms("x.shape[0] + 1_000.0"), "name . .shape [ 0 ] + 1000");
    assert.equal(forms("f('a', `b`)"), "name ( text , text )");
  });

  it("normalTokens(code) leaves braces around one statement out, and those around two in", () => {
    assert.equal(forms("if (a) { b(); }"), forms("if (a) b();"));
    assert.notEqual(forms("if (a) { b(); c(); }"), forms("if (a) b(); c();"));
  });

  it("normalTokens(code) knows where each token stands", () => {
    const code = "const  a /* x */ = 12;";
    const texts = normalTokens(code).map(({ start, end }) => code.slice(start, end));
    assert.deepEqual(texts, ["const", "a", "=", "12"]);
  });

  it("normalTokens(code that does not parse) gives what there is", () => {
    assert.match(forms("function f( { x +"), /name .* name \+/);
    assert.deepEqual(normalTokens(""), []);
  });

  it("normalTokens(code nested too deep) gives nothing, and does not end the grader", () => {
    const deep = (n: number): string => `${"(".repeat(n)}1${")".repeat(n)}`;
    assert.equal(forms(deep(100)), "1");
    assert.deepEqual(normalTokens(deep(200_000)), []);
  });
});
