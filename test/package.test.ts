import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import ts from "typescript";
import { projectRoot } from "convbook/dist/project";

const program = `import { conv2d, cost, Tensor, tensor, zoo } from "convbook";
const image: Tensor = tensor([[1, 2], [3, 4]]).reshape([1, 2, 2, 1]);
export const shape: readonly number[] = conv2d(image, image.reshape([2, 2, 1, 1])).shape;
export const params: number = cost(zoo.resnet()).params;
`;

describe("the package, for who installs it", function () {
  this.timeout(120_000);

  describe("its declarations", () => {
    const folder = mkdtempSync(join(tmpdir(), "convbook-installed-"));
    after(() => rmSync(folder, { recursive: true, force: true }));
    before(() => {
      mkdirSync(join(folder, "node_modules"));
      symlinkSync(projectRoot, join(folder, "node_modules", "convbook"), "dir");
      writeFileSync(join(folder, "program.ts"), program);
    });

    const { Node16, CommonJS, ESNext } = ts.ModuleKind;
    const ways: [string, ts.ModuleKind, ts.ModuleResolutionKind][] = [
      ["node16", Node16, ts.ModuleResolutionKind.Node16],
      ["node10, as stock tslab's", CommonJS, ts.ModuleResolutionKind.Node10],
      ["bundler", ESNext, ts.ModuleResolutionKind.Bundler],
    ];
    for (const [name, module, moduleResolution] of ways)
      it(`compile in an empty strict project, none of them skipped, without Node's: ${name}`, () => {
        const options: ts.CompilerOptions = {
          module,
          moduleResolution,
          target: ts.ScriptTarget.ES2022,
          strict: true,
          skipLibCheck: false,
          types: [],
          noEmit: true,
          preserveSymlinks: true,
        };
        const host = ts.createCompilerHost(options);
        const files = [join(folder, "program.ts")];
        const problems = ts.getPreEmitDiagnostics(ts.createProgram(files, options, host));
        assert.equal(ts.formatDiagnostics(problems, host), "");
      });
  });

  it("tensors, arithmetic, networks and the zoo are bundled for a browser, and run without Node", async () => {
    const rooms = ["tensor", "arithmetic", "network"].map(
      (room) => `export * from "./dist/${room}";`,
    );
    const { outputFiles } = await build({
      stdin: {
        contents: [...rooms, 'export * as zoo from "./dist/zoo";'].join("\n"),
        resolveDir: projectRoot,
      },
      bundle: true,
      minify: true,
      platform: "browser", // an import of Node's would be an error
      external: ["mathjs"], // loaded for algebra alone
      format: "iife",
      globalName: "network",
      write: false,
      logLevel: "silent",
    });
    const size = gzipSync(outputFiles[0].contents).length;
    assert.ok(size < 120_000, `${size} bytes`);
    const count = `${outputFiles[0].text}; network.cost(network.zoo.find("resnet50").build()).params`;
    assert.equal(runInNewContext(count, {}), 25_557_032);
  });
});
