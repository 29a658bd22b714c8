import assert from "node:assert/strict";
import { ESLint } from "eslint";
import { inProject, projectRoot } from "#dist/project/index.js";

describe("the library's sources", function () {
  this.timeout(900_000);

  it("keep the rules of eslint.config.mjs: no promise left alone, types imported as types", async () => {
    const results = await new ESLint({ cwd: projectRoot }).lintFiles([inProject("src")]);
    assert.ok(results.length > 100, "no files were looked at");
    const problems = results.flatMap(({ filePath, messages }) =>
      messages.map(({ line, message }) => `${filePath}:${line} ${message}`),
    );
    assert.deepEqual(problems, []);
  });
});
