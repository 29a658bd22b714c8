import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { ESLint } from "eslint";
import { inProject } from "#dist/project/index.js";
import { filesBelow } from "#dist/grading/filesBelow.js";

const { meta, rules } = require("eslint-plugin-regexp") as ESLint.Plugin;
const parser = require("@typescript-eslint/parser") as never;

/** The rooms whose patterns meet what students wrote. */
const ROOMS = ["grading", "sandbox", "sources", "notebook"];

describe("patterns that meet students' texts", function () {
  this.timeout(120_000);

  it("take time that grows with the text and no faster, and none is put together from a text", async () => {
    const eslint = new ESLint({
      cwd: inProject(),
      overrideConfigFile: true,
      overrideConfig: [
        {
          files: ["**/*.ts"],
          languageOptions: { parser },
          plugins: { regexp: { meta, rules } as ESLint.Plugin },
          rules: {
            "regexp/no-super-linear-backtracking": "error",
            "regexp/no-super-linear-move": "error",
            "no-restricted-syntax": [
              "error",
              {
                selector:
                  "NewExpression[callee.name='RegExp'], CallExpression[callee.name='RegExp']",
                message: "A pattern that is put together is checked by nobody: look for the text.",
              },
            ],
          },
        },
      ],
    });
    const files = ROOMS.flatMap((room) => filesBelow(inProject("src", room))).filter((file) =>
      file.endsWith(".ts"),
    );
    assert(files.length > 80);
    const results = await eslint.lintFiles(files);
    const found = results.flatMap(({ filePath, messages }) =>
      messages.map(({ line, message }) => `${filePath}:${line} ${message}`),
    );
    assert.deepEqual(found, []);
  });

  it("the lint finds a pattern that does not", async () => {
    const text = readFileSync(inProject("src", "sources", "readNotebook.ts"), "utf8");
    assert.match(text, /matchAll/); // what is checked above is really there
    const eslint = new ESLint({
      overrideConfigFile: true,
      overrideConfig: [
        {
          plugins: { regexp: { meta, rules } as ESLint.Plugin },
          rules: { "regexp/no-super-linear-move": "error" },
        },
      ],
    });
    const [{ messages }] = await eslint.lintText("/\\s+$/.test(text);");
    assert.equal(messages.length, 1);
  });
});
