import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import ts from "typescript";
import { inProject } from "#dist/project/index.js";

const FILE = inProject("test", "publicNames.json");
const doors = {
  convbook: "dist/index.d.ts",
  "convbook/authoring": "dist/doors/authoring.d.ts",
  "convbook/engine": "dist/doors/engine.d.ts",
  "convbook/grading": "dist/doors/grading.d.ts",
  "convbook/network": "dist/doors/network.d.ts",
};

describe("the names that each door of the package has", function () {
  this.timeout(300_000);

  it(`are those of ${relative(inProject(), FILE)}: none comes or goes unnoticed`, () => {
    const names = publicNames();
    // npm run public-names
    if (process.env.CONVBOOK_WRITE_NAMES === "1")
      writeFileSync(FILE, `${JSON.stringify(names, null, 2)}\n`);
    const known = JSON.parse(readFileSync(FILE, "utf8")) as typeof names;
    for (const [door, list] of Object.entries(names)) {
      const before = new Set(known[door]);
      const now = new Set(list);
      assert.deepEqual(
        {
          come: list.filter((name) => !before.has(name)),
          gone: [...before].filter((name) => !now.has(name)),
        },
        { come: [], gone: [] },
        `${door}: is this change meant? Then run npm run public-names, and tell it in CHANGELOG.md`,
      );
    }
    assert.deepEqual(Object.keys(known), Object.keys(doors));
  });
});

/** The names of each door, sorted; those of types alone as `type Name`. */
function publicNames(): Record<string, string[]> {
  const files = Object.values(doors).map((file) => inProject(file));
  const program = ts.createProgram(files, {
    moduleResolution: ts.ModuleResolutionKind.Node16,
    module: ts.ModuleKind.Node16,
    types: [],
    noLib: true,
  });
  const checker = program.getTypeChecker();
  const namesOf = (file: string): string[] => {
    const door = checker.getSymbolAtLocation(program.getSourceFile(file)!);
    assert.ok(door, file);
    return checker
      .getExportsOfModule(door)
      .map((symbol) => {
        const isAlias = symbol.flags & ts.SymbolFlags.Alias;
        const { flags } = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
        return flags & ts.SymbolFlags.Value ? symbol.name : `type ${symbol.name}`;
      })
      .sort();
  };
  return Object.fromEntries(
    Object.entries(doors).map(([door, file]) => [door, namesOf(inProject(file))]),
  );
}
