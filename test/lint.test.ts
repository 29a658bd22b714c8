import assert from "node:assert/strict";
import { ESLint } from "eslint";
import { inProject, projectRoot } from "#dist/project/index.js";

describe("sources, lessons, tests and benches", function () {
  this.timeout(900_000);

  it("keep the rules of eslint.config.mjs: no promise left alone, types imported as types", async () => {
    const folders = ["src", "lessons", "test", "bench"];
    const results = await new ESLint({ cwd: projectRoot }).lintFiles(folders);
    for (const folder of folders) {
      const looked = results.filter(({ filePath }) => filePath.startsWith(inProject(folder)));
      assert.ok(looked.length > 10, `no files of ${folder} were looked at`);
    }
    const problems = results.flatMap(({ filePath, messages }) =>
      messages.map(({ line, message }) => `${filePath}:${line} ${message}`),
    );
    assert.deepEqual(problems, []);
  });
});
