import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { authorsOf } from "#dist/grading/roster/groups.js";
import { claimedTwice, enrolledAs, readRoster } from "#dist/grading/roster/roster.js";

describe("readRoster(file)", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "convbook-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  const read = (...rows: string[]) => {
    const file = join(folder, "roster.csv");
    writeFileSync(file, ["student,name,email,id,group,number", ...rows].join("\n"));
    return readRoster(file);
  };
  const whose = (roster: ReturnType<typeof read>, id: string, platform?: "moodle" | "canvas") =>
    enrolledAs(roster, {
      id,
      foundIn: "a name",
      ...(platform && { platform: { name: platform, number: id.split("_").at(-1)! } }),
    })?.student;

  it("a student is found by name, e-mail, id, and in a platform's file by the whole name or the number there", () => {
    const roster = read(
      "ada,Ada Lovelace,ada@example.org,4711,,155",
      "ben,Ben del Roy,ben@example.org,12,,",
      "cid,,,,,",
    );
    assert.deepEqual(roster.students[2], { student: "cid" });
    for (const id of ["ada", "ADA ", "Ada Lovelace", "ada@example.org", "4711"])
      assert.equal(whose(roster, id), "ada", id);
    assert.equal(whose(roster, "Ada King_155", "moodle"), "ada");
    assert.equal(whose(roster, "lovelaceada_155", "canvas"), "ada");
    assert.equal(whose(roster, "Ben del Roy_99", "moodle"), "ben");
    assert.equal(whose(roster, "delroyben_99", "canvas"), "ben");
    assert.equal(whose(roster, "royben_99", "canvas"), undefined, "another name");
    assert.equal(whose(roster, "Ada Lovelace_7", "moodle"), undefined, "who has another number");
    assert.equal(whose(roster, "Ben del Roy_155", "moodle"), undefined, "the number says another");
    for (const chosen of ["ben", "cid", "ben@example.org", "12"])
      assert.equal(whose(roster, `${chosen}_88`, "moodle"), undefined, "a name that is shown");
    assert.equal(whose(roster, "Fay Wong_12", "moodle"), undefined, "no number of matriculation");
    assert.equal(whose(roster, "eve_4711"), undefined, "a number that no platform wrote");
    assert.equal(whose(roster, "4"), undefined);
  });

  it("of two who are called the same, neither", () => {
    const roster = read("a1,Ada Lovelace,,,,", "a2,Ada Lovelace,,,,");
    assert.equal(whose(roster, "Ada Lovelace"), undefined);
    assert.equal(whose(roster, "a2"), "a2");
  });

  it("of two users of a platform who have one name in one folder, neither is anybody on the list", () => {
    const roster = read("ada,Ada Lovelace,,,,", "ben,Ben Roy,,,,13");
    const found = (root: string, id: string) => ({
      file: `${root}${id}_assignsubmission_file/05.ipynb`,
      student: { id, foundIn: "", platform: { name: "moodle" as const, number: id.split("_")[1] } },
    });
    const claimed = (...all: ReturnType<typeof found>[]) =>
      [...claimedTwice(roster, all)].map(([id, { student }]) => [id, student]);
    assert.deepEqual(claimed(found("", "Ada Lovelace_1"), found("", "Ada Lovelace_2")), [
      ["Ada Lovelace_1", "ada"],
      ["Ada Lovelace_2", "ada"],
    ]);
    assert.deepEqual(claimed(found("", "Ada Lovelace_1"), found("", "Ada Lovelace_1")), []);
    assert.deepEqual(
      claimed(found("a.zip/", "Ada Lovelace_1"), found("b.zip/", "Ada Lovelace_2")),
      [],
    );
    assert.deepEqual(claimed(found("", "Ben Roy_13"), found("", "Ben Roy_14")), [], "by number");
  });

  it("a group's work is all of theirs, also under the group's name", () => {
    const roster = read("ada,,,,red,", "ben,,,,red,", "cid,,,,,");
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
