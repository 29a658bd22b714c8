import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { authorsOf } from "#dist/grading/roster/groups.js";
import { enrolledAs, readRoster } from "#dist/grading/roster/roster.js";

describe("readRoster(file)", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "convbook-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  const read = (...rows: string[]) => {
    const file = join(folder, "roster.csv");
    writeFileSync(file, ["student,name,email,id,group", ...rows].join("\n"));
    return readRoster(file);
  };
  const whose = (roster: ReturnType<typeof read>, id: string, platform?: "moodle" | "canvas") =>
    enrolledAs(roster, {
      id,
      foundIn: "a name",
      ...(platform && { platform: { name: platform, number: id.split("_").at(-1)! } }),
    })?.student;

  it("a student is found by name, e-mail, id, and by the number or name in a platform's file", () => {
    const roster = read(
      "ada,Ada Lovelace,ada@example.org,4711,",
      "ben,Ben Roy,ben@example.org,12,",
      "cid,,,,",
    );
    assert.deepEqual(roster.students[2], { student: "cid" });
    for (const id of ["ada", "ADA ", "Ada Lovelace", "ada@example.org", "4711"])
      assert.equal(whose(roster, id), "ada", id);
    assert.equal(whose(roster, "Ada King_4711", "moodle"), "ada");
    assert.equal(whose(roster, "lovelaceada_4711", "canvas"), "ada");
    assert.equal(whose(roster, "Ben Roy_99", "moodle"), "ben");
    assert.equal(whose(roster, "eve_4711"), undefined, "a number that no platform wrote");
    assert.equal(whose(roster, "4"), undefined);
  });

  it("of two who are called the same, neither", () => {
    const roster = read("a1,Ada Lovelace,,,", "a2,Ada Lovelace,,,");
    assert.equal(whose(roster, "Ada Lovelace"), undefined);
    assert.equal(whose(roster, "a2"), "a2");
  });

  it("a group's work is all of theirs, also under the group's name", () => {
    const roster = read("ada,,,,red", "ben,,,,red", "cid,,,,");
    const authors = (id: string) => {
      const student = { id, foundIn: "the folder's name" };
      return authorsOf(roster, student, enrolledAs(roster, student)).map(({ id }) => id);
    };
    assert.deepEqual(authors("ben"), ["ada", "ben"]);
    assert.deepEqual(authors("Red"), ["ada", "ben"]);
    assert.deepEqual(authors("cid"), ["cid"]);
    assert.deepEqual(authors("eve"), ["eve"]);
  });

  it("a wrong column, an empty name, two of one e-mail and an empty list are refused, with the line", () => {
    const bad: [string, RegExp][] = [
      [
        "student,mail\nada,a@b.c",
        /roster\.csv, line 2 has a column "mail"\. Columns: student, name/,
      ],
      ["student,name\nada,Ada\n,Ben", /line 3 has no student/],
      ["student,email\nada,x@y.z\nben,X@Y.Z", /line 3 is called "x@y\.z", and so is .*line 2/],
      ["student,name", /roster\.csv lists nobody/],
    ];
    const file = join(folder, "roster.csv");
    for (const [text, message] of bad) {
      writeFileSync(file, text);
      assert.throws(() => readRoster(file), message);
    }
  });
});
