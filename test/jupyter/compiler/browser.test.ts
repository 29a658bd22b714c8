import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { findChromium, launchChromium } from "#dist/cli/notebooks/chromium.js";
import { projectRoot } from "#dist/project/index.js";

describe("the compiler in a browser", function () {
  this.timeout(240_000);

  for (const room of ["compiler/index.js", "hints/index.js", "mime/bundle.js"])
    it(`${room} is bundled for a browser, without anything of Node's`, async () => {
      const { errors, metafile } = await build({
        entryPoints: [join(projectRoot, "dist/jupyter", room)],
        bundle: true,
        platform: "browser", // an import of Node's would be an error
        metafile: true,
        write: false,
        logLevel: "silent",
      });
      assert.deepEqual(errors, []);
      const own = Object.keys(metafile.inputs).filter((file) => file.startsWith("dist/"));
      assert.deepEqual(
        own.filter(
          (file) => !/dist\/(?:jupyter\/(?:compiler|hints|mime)|notebook|tensor)\//.test(file),
        ),
        [],
      );
    });

  it("bundled for a browser, it imports nothing of Node's and compiles a cell", async function () {
    const chromium = findChromium();
    if (chromium === undefined) return this.skip();
    const { outputFiles } = await build({
      entryPoints: [join(projectRoot, "dist/jupyter/compiler/index.js")],
      bundle: true,
      platform: "browser", // an import of Node's would be an error
      format: "iife",
      globalName: "compilerRoom",
      write: false,
      logLevel: "silent",
    });
    const library = join(projectRoot, "node_modules/typescript/lib");
    const files = Object.fromEntries(
      readdirSync(library)
        .filter((name) => /^lib\..*\.d\.ts$/.test(name))
        .map((name) => [`/lib/${name}`, readFileSync(join(library, name), "utf8")]),
    );
    files["/convbook.d.ts"] = readFileSync(join(projectRoot, "dist/convbook.d.ts"), "utf8");
    const browser = await launchChromium(chromium);
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ content: outputFiles[0].text });
      const said = (await page.evaluate(`(${compileInPage})(${JSON.stringify(files)})`)) as Said;
      assert.equal(said.value, 3);
      assert.match(said.refused, /import \{ pad2d \} from "convbook";/);
    } finally {
      await browser.close();
    }
  });
});

interface Said {
  value: unknown;
  refused: string;
}

/** Runs in the page: a cell that uses the library's types, and one that forgets to import. */
const compileInPage = `(texts) => {
  const compiler = compilerRoom.createCompiler({
    files: {
      readFile: (path) => texts[path],
      fileExists: (path) => path in texts,
      directoryExists: () => true,
      getDirectories: () => [],
    },
    folder: "/work",
    libraryFolder: "/lib",
    packages: { convbook: "/convbook.d.ts" },
  });
  const cell = compiler.compile("const xs: number[] = [1, 2];\\nxs[0] + xs[1]", 1);
  const refused = compiler.compile('import { tensor } from "convbook"; pad2d(tensor([[1]]), 1)', 2);
  return { value: (0, eval)(cell.javascript), refused: refused.text };
}`;
