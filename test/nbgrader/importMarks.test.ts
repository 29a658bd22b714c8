import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { inProject } from "#dist/project/index.js";

/** Runs a function of import_marks.py on data, with nothing of nbgrader there but its names. */
const PROGRAM = `
import json, sys, types
api = types.ModuleType("nbgrader.api")
api.Gradebook = api.MissingEntry = None
sys.modules["nbgrader"] = types.ModuleType("nbgrader")
sys.modules["nbgrader.api"] = api
sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
import import_marks
print(json.dumps([one["file"] for one in import_marks.counted(json.load(sys.stdin), sys.argv[2])]))
`;

describe("import_marks.py", () => {
  const one = (file: string, final: number, more: object = {}) => ({
    file,
    student: { id: file[0] },
    lesson: "05-pooling",
    outcome: "graded",
    earned: final,
    final,
    ...more,
  });
  const counted = (submissions: object[]): string[] => {
    const folder = inProject("environment", "nbgrader");
    const answer = execFileSync("python3", ["-c", PROGRAM, folder, "05-pooling"], {
      input: JSON.stringify(submissions),
      encoding: "utf8",
    });
    return JSON.parse(answer) as string[];
  };

  it("takes of a student's notebooks the one that the run counts, best or not", () => {
    assert.deepEqual(counted([one("a1", 5, { notCounted: true }), one("a2", 3), one("b1", 2)]), [
      "a2",
      "b1",
    ]);
    assert.deepEqual(counted([one("a1", 3), one("a2", 5)]), ["a2"]);
    assert.deepEqual(
      counted([one("a1", 5, { lesson: "06-x" }), one("b1", 4, { outcome: "unreadable" })]),
      [],
    );
  });
});
