import assert from "node:assert/strict";
import { extractFunction } from "convbook";

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
        "/** Doubles. */\nexport function f(p: P): number { return 2 * p.x; }",
      ),
      "f",
    );
    assert.equal(
      found?.listing,
      "interface P { x: number }\n\n/** Doubles. */\nfunction f(p: P): number { return 2 * p.x; }",
    );
    assert.match(found?.module ?? "", /^import { tensor } from "convbook";/);
  });

  it("the last definition wins, a later one of another kind included", () => {
    const found = extractFunction(cells("function f() { return 1; }", "const f = () => 2;"), "f");
    assert.equal(found?.listing, "const f = () => 2;");
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

  it("is undefined when no cell declares the name", () => {
    assert.equal(extractFunction(cells("f(1);", "const g = 1;"), "f"), undefined);
  });
});
