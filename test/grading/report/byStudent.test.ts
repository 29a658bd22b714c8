import assert from "node:assert/strict";
import fc from "fast-check";
import { byStudent, fileNames } from "#dist/grading/report/index.js";
import { hostileTexts } from "./hostileTexts";
import { sampleReport } from "./sampleReport";

describe("fileNames", () => {
  it("fileNames(ids) are the ids themselves where any file system takes them", () => {
    const ids = ["ada", "Zoë Brown_17", "李雷", "o'brien@example.org", "محمد", "Müller, Jörg (2)"];
    assert.deepEqual(fileNames(ids), ids);
  });

  it("fileNames(ids) lead into no other folder, and are hidden, options or devices nowhere", () => {
    for (const id of [
      "../ada",
      "/etc/passwd",
      "a/b",
      "..",
      ".",
      "",
      ".ada",
      "-rf",
      "NUL",
      "aux.b",
      "a ",
    ]) {
      const [name] = fileNames([id]);
      assert.match(name, /^[\p{L}\p{N}_@][^/\\]*-[0-9a-f]{12}$/u, id);
      assert.doesNotMatch(name, /^(nul|aux)(\.|$)/i);
    }
  });

  it("fileNames(ids that a file system may take for the same) keeps them apart", () => {
    const ids = ["ben", "Ben", "Zoe\u0308", "Zo\u00eb", "a/b", "a_b", "a:b", "strasse", "straße"];
    assert.equal(
      new Set(fileNames(ids).map((name) => name.normalize("NFKC").toUpperCase())).size,
      9,
    );
  });

  it("fileNames([a hash that somebody has guessed]) does not give their name to another", () => {
    const [guessed] = fileNames(["a/b"]);
    assert.equal(new Set(fileNames(["a/b", guessed])).size, 2);
  });

  it("fileNames(ids) fit and differ, whatever the ids are", () => {
    const texts = fc.array(
      fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), fc.constantFrom(...hostileTexts)),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(texts, (drawn) => {
        const ids = [...new Set(drawn)];
        const names = fileNames(ids);
        assert.equal(new Set(names.map((name) => name.toUpperCase())).size, ids.length);
        for (const name of names) {
          assert(Buffer.byteLength(name) < 200);
          assert.doesNotMatch(name, /^[.\-~ ]|[/\\:*?"<>|\p{C}]|[. ]$/u);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe("byStudent", () => {
  it("byStudent(report) gives each student's submissions, and the lessons that they handed in", () => {
    const report = sampleReport();
    report.lessons.push({ name: "06-backpropagation", points: 1, exercises: [] });
    report.submissions.push({ ...report.submissions[0], lesson: "06-backpropagation" });
    const students = byStudent(report);
    assert.equal(students.size, 3);
    assert.deepEqual(
      students.get("ada")!.submissions.map(({ lesson }) => lesson),
      ["05-pooling", "06-backpropagation"],
    );
    assert.deepEqual(
      students.get("cleo")!.lessons.map(({ name }) => name),
      ["05-pooling"],
    );
  });
});
