import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inProject } from "#dist/project/index.js";

const doors = JSON.parse(readFileSync(inProject("test", "publicNames.json"), "utf8")) as Record<
  string,
  string[]
>;

/** What learners, users and authors read. */
const read = [
  "README.md",
  "CONTRIBUTING.md",
  ...filesBelow("docs", /\.md$/),
  ...filesBelow("lessons", /\.(md|ts)$/),
];

describe("what is public", () => {
  const words = new Set(
    read.flatMap((file) => {
      const text = readFileSync(inProject(file), "utf8");
      return codeOf(file, text).match(/[A-Za-z_$][\w$]*/g) ?? [];
    }),
  );

  for (const [door, names] of Object.entries(doors))
    it(`${door} has no value that stands in no lesson and on no page`, () => {
      const values = names.filter((name) => !name.startsWith("type "));
      assert.deepEqual(
        values.filter((name) => !words.has(name)),
        [],
        "Use it in a lesson, tell users of it (docs/), or take it out of the door (src/index.ts, src/doors/).",
      );
    });
});

/** Of a page, what stands in backquotes: `draw` is a name, to draw is none. Of a program, all but its comments. */
function codeOf(file: string, text: string): string {
  if (!file.endsWith(".md")) return text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  const fences = text.match(/^(`{3,}).*\n[\s\S]*?^\1/gm) ?? [];
  const inline = text.replaceAll(/^(`{3,}).*\n[\s\S]*?^\1/gm, "").match(/`[^`\n]+`/g) ?? [];
  return [...fences, ...inline].join("\n");
}

function filesBelow(folder: string, pattern: RegExp): string[] {
  return readdirSync(inProject(folder), { recursive: true, encoding: "utf8" })
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name));
}
