import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { declaredNames } from "#dist/sources/declaredNames.js";
import { lessonFolder, lessonNames } from "#dist/project/index.js";

/** In minutes. */
const LONGEST_CORE = 35;

interface Section {
  heading: string;
  /** Whether it stands under a heading that says so. */
  deeper: boolean;
  /** The code of its cells, exercises apart. */
  code: string;
}

/** The parts of a lesson, each from one heading to the next. */
function sectionsOf(text: string): Section[] {
  let chapter = false;
  return text.split(/^(?=###? )/m).map((part) => {
    const heading = part.split("\n", 1)[0];
    const isDeeper = /^#+ Deeper(:|$)/.test(heading);
    if (heading.startsWith("## ")) chapter = isDeeper;
    const cells = [...part.matchAll(/^```\{code-cell\} typescript\n([\s\S]*?)^```/gm)];
    const code = cells
      .map(([, cell]) => cell)
      .filter((cell) => !cell.includes(":tags: [exercise]"))
      .map((cell) => cell.replace(/^:tags:.*$/m, ""));
    return { heading, deeper: chapter || isDeeper, code: code.join("\n") };
  });
}

for (const lesson of lessonNames()) {
  const text = readFileSync(join(lessonFolder(lesson), "lesson.md"), "utf8");
  const sections = sectionsOf(text);

  describe(`the core path of lesson ${lesson}`, () => {
    it("is said to take half an hour, and what is deeper apart", () => {
      const [, core, more] =
        /\*\*Time:\*\* (\d+) minutes, and [^.;]*(?:; the parts? marked \*Deeper\* takes? (\d+) more)?\./.exec(
          text,
        ) ?? [];
      assert.equal(
        more !== undefined,
        sections.some(({ deeper }) => deeper),
        "its header against its headings",
      );
      assert(Number(core) <= LONGEST_CORE, `${core} minutes`);
    });

    it("runs without what is deeper", () => {
      const skipped = new Set<string>();
      for (const section of sections) {
        const source = ts.createSourceFile("cells.ts", section.code, ts.ScriptTarget.ES2022, true);
        const names = source.statements.flatMap((statement) => declaredNames(ts, statement));
        if (section.deeper) for (const name of names) skipped.add(name);
        else {
          for (const name of names) skipped.delete(name);
          const visit = (node: ts.Node): void => {
            if (ts.isIdentifier(node) && skipped.has(node.text) && !isProperty(node))
              assert.fail(`"${section.heading}" uses ${node.text}, which stands under Deeper`);
            ts.forEachChild(node, visit);
          };
          visit(source);
        }
      }
    });
  });
}

/** Whether it stands for a member of something: `x.name`, `{ name: 1 }`. */
function isProperty(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node)
  );
}
