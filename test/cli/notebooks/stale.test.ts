import assert from "node:assert/strict";
import { staleness } from "#dist/cli/notebooks/stale.js";
import { code, lesson, notebook } from "./cells";

describe("staleness", () => {
  const [one, two] = [code("const x = 1;"), code("x +\n  2")];
  const source = lesson(one, two);
  const executed = { ...two, execution_count: 2, outputs: [] };

  it("staleness(lesson, its notebook) is undefined, whatever the outputs", () => {
    assert.equal(staleness(source, notebook(one, executed)), undefined);
  });

  it("staleness(a changed lesson, its notebook) shows cell, line, both versions and the command", () => {
    const built = notebook(one, { ...executed, source: "x +\n  3" });
    assert.equal(
      staleness(source, built),
      "notebooks/90-sample.ipynb is older than its lesson: cell 2 (lesson.md line 20) differs.\n" +
        "    the lesson has    code:   2\n" +
        "    the notebook has  code:   3\n" +
        "Run npx convbook build 90 and commit the notebook.",
    );
  });

  it("staleness(a lesson with one more cell, its notebook) finds the missing one", () => {
    const message = staleness(source, notebook(one));
    assert.match(message!, /cell 2 .*differs/);
    assert.match(message!, /the notebook has  no such cell/);
  });

  it("staleness(a lesson with one cell less, its notebook) finds the surplus one", () => {
    const message = staleness(source, notebook(one, executed, code("3")));
    assert.match(message!, /cell 3, which lesson.md no longer has/);
  });

  it("staleness(a lesson, a notebook whose cells were turned into text) finds it", () => {
    const message = staleness(source, notebook({ ...one, cell_type: "markdown" }, executed));
    assert.match(message!, /the lesson has    code, .*\n +the notebook has  markdown, /);
  });

  it("staleness(a lesson, a notebook with other metadata) finds it", () => {
    const built = notebook({ ...one, metadata: { tags: ["new"] } }, executed);
    assert.match(staleness(source, built)!, /the notebook has  code, .*\{"tags":\["new"\]\}/);
  });

  it("staleness(a lesson, a notebook for another kernel) says so", () => {
    const built = { ...notebook(one, executed), metadata: { kernelspec: { name: "python3" } } };
    assert.match(staleness(source, built)!, /another kernel/);
  });
});
