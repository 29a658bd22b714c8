import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";

const root = resolve(__dirname, "../..");

describe("imports", function () {
  this.timeout(600_000);

  it("imports within src/ go one way, as the table in .dependency-cruiser.cjs has it", () => {
    assert.deepEqual(violations(root, ["src", "lessons"]), []);
  });

  it("an import against the rules is found, whichever it breaks, and no other", () => {
    const folder = mkdtempSync(join(tmpdir(), "convbook-imports-"));
    const write = (path: string, ...lines: string[]) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), [...lines, "export const here = 1;\n"].join("\n"));
    };
    try {
      for (const room of ["tensor", "kernels", "plots", "cli", "engine"])
        write(`src/${room}/index.ts`);
      write("src/tensor/Tensor.ts", 'import "./format";');
      write("src/tensor/format.ts", 'import type { here } from "./Tensor";'); // a circle of types may be
      write("src/tensor/random.ts", 'import "../kernels";');
      write("src/arithmetic/window.ts", 'import "../tensor";', 'import "./axis";');
      write("src/arithmetic/axis.ts", 'import "./window";');
      write("src/arithmetic/padding.ts", 'import "../tensor/Tensor";');
      write("src/kernels/conv2d.ts", 'import "../tensor";', 'import "mathjs";');
      write("src/plots/heatmap.ts", 'import type { here } from "../kernels";');
      write("src/plots/Figure.ts", 'import { here } from "./bundle";');
      write("src/plots/bundle.ts", 'import type { here } from "./Figure";');
      write("src/data/mnist.ts", 'import "../index";');
      write("src/cli/main.ts", 'import "../plots";', 'import "../kernels";');
      write("src/exercises/check.ts", 'import "../cli";');
      write("src/doors/engine.ts", 'import "../engine";');
      write("src/zoo/vgg.ts", 'import "../doors/engine";');
      write("src/novelty/idea.ts", 'import "../tensor";');
      write("src/index.ts", 'import "./doors/engine";', 'import "./tensor/Tensor";');
      write("lessons/01/solution.ts", 'import "../../src/kernels/conv2d";');
      write("lessons/02/exercises/a.ts", 'import "../solution";', 'import "../../shared/idea";');
      write("lessons/02/solution.ts", 'import "../01/solution";');
      write("lessons/shared/idea.ts", 'import "../01/solution";');
      assert.deepEqual(violations(folder, ["src", "lessons"]).sort(), [
        "command-line-on-top: src/exercises/check.ts → src/cli/index.ts",
        "data: src/data/mnist.ts → src/index.ts",
        "doors-on-top: src/data/mnist.ts → src/index.ts",
        "doors-on-top: src/zoo/vgg.ts → src/doors/engine.ts",
        "exercises: src/exercises/check.ts → src/cli/index.ts",
        "lessons-stand-alone: lessons/02/solution.ts → lessons/01/solution.ts",
        "lessons-stand-alone: lessons/shared/idea.ts → lessons/01/solution.ts",
        "lessons-use-the-package: lessons/01/solution.ts → src/kernels/conv2d.ts",
        "no-circles: src/arithmetic/axis.ts → src/arithmetic/window.ts",
        "no-circles: src/plots/bundle.ts → src/plots/Figure.ts",
        "plots: src/plots/heatmap.ts → src/kernels/index.ts",
        "tensor: src/tensor/random.ts → src/kernels/index.ts",
        "through-the-index: src/arithmetic/padding.ts → src/tensor/Tensor.ts",
        "through-the-index: src/index.ts → src/tensor/Tensor.ts",
        "through-the-index: src/zoo/vgg.ts → src/doors/engine.ts",
        "unlisted-folder: src/novelty/idea.ts → src/tensor/index.ts",
        "zoo: src/zoo/vgg.ts → src/doors/engine.ts",
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("README's map of the house", () => {
  it("has each room, with what the rules let it import", () => {
    const { forbidden } = require(join(root, ".dependency-cruiser.cjs")) as {
      forbidden: { name: string; to: { pathNot?: string[] } }[];
    };
    const rooms = readdirSync(join(root, "src"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const rules = rooms.flatMap((room) => {
      const rule = forbidden.find(({ name }) => name === room);
      const allowed = rule?.to.pathNot?.map((path) => /^\^src\/(\w+)\/$/.exec(path)?.[1] ?? path);
      return allowed ? [[room, allowed.filter((name) => name !== room).sort()] as const] : [];
    });
    const rows = readFileSync(join(root, "README.md"), "utf8").matchAll(
      /^\| `src\/(\w+)\/` +\|[^|]*\| ([^|]*?) +\|$/gm,
    );
    const table = [...rows].map(([, room, words]) => [
      room,
      words === "nothing" ? [] : words.split(", ").sort(),
    ]);
    const byName = (list: readonly (readonly unknown[])[]) =>
      Object.fromEntries(list as [string, string[]][]);
    // The command line imports everything; the doors are in "What is public" of CONTRIBUTING.
    assert.deepEqual(byName(table), { ...byName(rules), cli: ["everything"] });
    assert.deepEqual(
      rooms.filter((room) => !(room in byName(table))),
      ["doors"],
    );
  });
});

describe("index files", () => {
  const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" });

  for (const file of files.filter((name) => /(^|[\\/])index\.ts$/.test(name)))
    it(`src/${file.replaceAll("\\", "/")} only re-exports`, () => {
      assert.deepEqual(notReExports(readFileSync(join(root, "src", file), "utf8")), []);
    });

  it("a statement of its own in an index file is found", () => {
    const text =
      'export * from "./a";\nexport { b } from "./b";\nexport const c = 1;\nimport "./d";\n';
    assert.deepEqual(notReExports(text), ["export const c = 1;", 'import "./d";']);
  });
});

describe('import "convbook"', () => {
  it('import "convbook" loads none of the heavy packages', () => {
    const script = `require(${JSON.stringify(root)}); console.log(Object.keys(require.cache).join("\\n"));`;
    const loaded = execFileSync(process.execPath, ["-e", script], { encoding: "utf8" });
    const packages = [...loaded.matchAll(/node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/\n]+)/g)];
    assert.deepEqual([...new Set(packages.map(([, name]) => name))].sort(), [
      "fastest-levenshtein",
      "pure-rand",
    ]);
  });
});

describe("the package's declarations", () => {
  it("the package's declarations lead through the types of no heavy package", () => {
    const options = { moduleResolution: ts.ModuleResolutionKind.Node10, types: [], noLib: true };
    const program = ts.createProgram([join(root, "dist/index.d.ts")], options);
    const files = program.getSourceFiles().map(({ fileName }) => fileName);
    const packages = files.flatMap(
      (name) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1] ?? [],
    );
    assert.ok(files.length > 50, "the declarations were not found");
    assert.deepEqual([...new Set(packages)], []);
  });
});

/** What breaks the rules among the files of these folders: `"rule: from → to"`. */
function violations(cwd: string, folders: string[]): string[] {
  const program = join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const config = join(root, ".dependency-cruiser.cjs");
  const options = ["--config", config, "--output-type", "json"];
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...options, ...folders], {
    cwd,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  assert.ok(stdout.startsWith("{"), stderr);
  const { summary } = JSON.parse(stdout) as {
    summary: {
      totalCruised: number;
      violations: { rule: { name: string }; from: string; to: string }[];
    };
  };
  assert.ok(summary.totalCruised > 1, "no files were looked at");
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
}

/** The statements of a file that are not `export ... from`. */
function notReExports(text: string): string[] {
  const source = ts.createSourceFile("index.ts", text, ts.ScriptTarget.ES2022, true);
  return source.statements
    .filter((statement) => !(ts.isExportDeclaration(statement) && statement.moduleSpecifier))
    .map((statement) => statement.getText());
}
