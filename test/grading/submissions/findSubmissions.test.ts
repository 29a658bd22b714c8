import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  findSubmissions as find,
  type FoundSubmission,
} from "#dist/grading/submissions/findSubmissions.js";
import { readSubmission } from "#dist/grading/submissions/files/readSubmission.js";
import { instant, readSubmittedList, submittedAt } from "#dist/grading/submissions/submittedAt.js";

describe("findSubmissions(patterns)", () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "convbook-")));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const put = (files: Record<string, string> | string[]): void => {
    const texts = Array.isArray(files) ? files.map((file) => [file, ""]) : Object.entries(files);
    for (const [file, text] of texts) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
  };
  const findSubmissions = async (patterns: string[]): Promise<FoundSubmission[]> =>
    (await find(patterns)).submissions;
  const students = async (...patterns: string[]) => {
    const found = await findSubmissions(patterns.map((pattern) => join(folder, pattern)));
    return Object.fromEntries(found.map(({ file, student }) => [file, student.id]));
  };

  it("findSubmissions(patterns, out in a folder in which something was handed in) is refused", async () => {
    put(["class/ada/05-pooling.ipynb", "class/ada/reports/grades.json", "class/reports/run.json"]);
    const at = (out: string) => find([join(folder, "class")], { out: join(folder, out) });
    await assert.rejects(at("class/ada/reports"), /lies in .*class\/ada, where submissions are/);
    assert.equal((await at("class/reports")).submissions.length, 1);
  });

  it("a flat folder: the files name the students", async () => {
    put(["ada_05-pooling.ipynb", "bob-05-pooling (1).ipynb", "05-pooling_cleo.ipynb", "notes.txt"]);
    assert.deepEqual(await students("."), {
      "ada_05-pooling.ipynb": "ada",
      "bob-05-pooling (1).ipynb": "bob",
      "05-pooling_cleo.ipynb": "cleo",
    });
  });

  it("a folder a student: the folders name them, whatever else the files are called", async () => {
    put(["ada/05-pooling.ipynb", "bob/work/final_05-pooling.ipynb", "cleo/05-pooling-Copy1.ipynb"]);
    assert.deepEqual(await students("."), {
      "ada/05-pooling.ipynb": "ada",
      "bob/work/final_05-pooling.ipynb": "bob",
      "cleo/05-pooling-Copy1.ipynb": "cleo",
    });
  });

  it("a folder a group, with several notebooks of a lesson in each: the files name the students", async () => {
    put([
      "monday/ada_05-pooling.ipynb",
      "monday/bob_05-pooling.ipynb",
      "monday/ada_02-padding.ipynb",
    ]);
    const named = await find([folder], { layout: "groups" });
    const ids = named.submissions.map(({ student }) => student.id);
    assert.deepEqual([ids.sort(), named.warnings], [["ada", "ada", "bob"], []]);
    // A student's folder may look like one: unless the instructor says that it is a group's, it is one student's.
    const { submissions, warnings } = await find([folder]);
    assert.deepEqual([...new Set(submissions.map(({ student }) => student.id))], ["monday"]);
    assert.match(
      warnings.join(),
      /Each folder \(monday\) .* if they are groups, .* --layout groups/,
    );
  });

  it("a folder a lesson: it names no student", async () => {
    put(["05-pooling/ada.ipynb", "05-pooling/bob.ipynb", "02-padding/ada.ipynb"]);
    assert.deepEqual(Object.values(await students(".")).sort(), ["ada", "ada", "bob"]);
  });

  it("nbgrader's submitted/student/assignment/notebook, from the course or from inside", async () => {
    put(["submitted/ada/ps1/05-pooling.ipynb", "submitted/bob/ps1/05-pooling.ipynb"]);
    for (const pattern of [".", "submitted"])
      assert.deepEqual(Object.values(await students(pattern)), ["ada", "bob"]);
    const [{ student }] = await findSubmissions([join(folder, "submitted/ada")]);
    assert.deepEqual(student, { id: "ada", foundIn: "nbgrader's folder" });
  });

  it("Moodle's folders and files", async () => {
    put([
      "Ada Lovelace_12345_assignsubmission_file/05-pooling.ipynb",
      "Bob Ross_67_assignsubmission_file_05-pooling.ipynb",
    ]);
    assert.deepEqual(Object.values(await students(".")), ["Ada Lovelace_12345", "Bob Ross_67"]);
  });

  it("Canvas's files, late ones too", async () => {
    put(["lovelaceada_12_345_05-pooling.ipynb", "rossbob_LATE_67_890_05-pooling-1.ipynb"]);
    assert.deepEqual(Object.values(await students(".")), ["lovelaceada_12", "rossbob_67"]);
  });

  it("Gradescope's export, with the students and times of its metadata", async () => {
    put({
      "submission_metadata.yml":
        "submission_7:\n  :submitters:\n  - :name: Ada\n    :sid: '31'\n    :email: a@b.c\n" +
        "  :created_at: 2026-11-20 10:00:00 -0800\n",
      "submission_7/05-pooling.ipynb": "",
      "submission_8/05-pooling.ipynb": "",
    });
    const found = await findSubmissions([folder]);
    assert.deepEqual(
      found.map(({ student }) => student),
      [
        { id: "31", foundIn: "Gradescope's metadata" },
        { id: "submission_8", foundIn: "the folder's name" },
      ],
    );
    const submitted = submittedAt(found[0], "05-pooling", () => undefined);
    assert.equal(submitted?.at, "2026-11-20T18:00:00.000Z");
  });

  it("what students put into their own folders does not say who they are, or when they came", async () => {
    const early = '{"users":[{"sid":"ada"}],"created_at":"2001-01-01"}';
    put({
      "ben/submission_metadata.yml": "no: [yaml",
      "ben/submission_metadata.json": early,
      "ben/05-pooling.ipynb": "",
      "cleo/submitted/ada/ps/05-pooling.ipynb": "",
      "cleo/submitted/ada/ps/timestamp.txt": "2001-01-01 10:00:00 UTC",
    });
    for (const pattern of [".", "*/**/05-pooling.ipynb"])
      for (const submission of await findSubmissions([join(folder, pattern)])) {
        const submitted = submittedAt(submission, "05-pooling", () => undefined);
        assert.equal(submitted?.foundIn, "the file's time of change");
        assert.notEqual(submission.student.foundIn, "Gradescope's metadata");
      }
  });

  it("Gradescope's autograder: the metadata beside the submission, not a file within it", async () => {
    put({
      "submission_metadata.json": '{"users":[{"sid":"31"}],"created_at":"2026-11-20"}',
      "submission/submission_metadata.json": '{"users":[{"sid":"ada"}],"created_at":"2001-01-01"}',
      "submission/05-pooling.ipynb": "",
    });
    const [found] = await findSubmissions([join(folder, "submission")]);
    assert.equal(found.student.id, "31");
    assert.match(submittedAt(found, "05-pooling", () => undefined)!.at, /^2026-11-20/);
  });

  describe("one layout for the whole run", () => {
    it("nobody hands in as somebody else, by names of any platform in a folder of their own", async () => {
      const own = [
        "submitted/ada/ps/05-pooling.ipynb",
        "Ada Lovelace_1_assignsubmission_file_/05-pooling.ipynb",
        "ada_12_345_05-pooling.ipynb",
        "submission_1/05-pooling.ipynb",
        "ada/05-pooling.ipynb",
        "ada_05-pooling.ipynb",
        "carl_05-pooling.ipynb",
        "x/autograded/ada/05/05-pooling.ipynb",
      ];
      put([...own.map((file) => `class/ben/${file}`), "class/ada/05-pooling.ipynb"]);
      put({ "class/ben/submission_metadata.yml": "submission_1: {:submitters: [{:sid: ada}]}" });
      for (const pattern of ["class", "class/*/**/*.ipynb"]) {
        const found = await findSubmissions([join(folder, pattern)]);
        for (const { file, student } of found) assert.equal(student.id, file.split("/")[0], file);
      }
      const { submissions, inWords } = await find([join(folder, "class")]);
      assert.equal(submissions.length, own.length + 1);
      assert.match(inWords, /^a folder a student, in .*class$/);
    });

    it("nor where nobody else has handed in yet, or all others have two versions of theirs", async () => {
      put(["alone/ben/ada_02-padding.ipynb", "alone/ben/ben_02-padding.ipynb"]);
      put(["nested/ben/x/ada_02-padding.ipynb", "nested/ben/x/ben_02-padding.ipynb"]);
      put(["two/ben/ada_02-padding.ipynb", "two/ben/ben_02-padding.ipynb"]);
      put(["two/ada/ada_02-padding.ipynb", "two/ada/ada-2_02-padding.ipynb"]);
      put(["lesson/ben/02-padding/ada.ipynb", "lesson/ben/02-padding/ben.ipynb"]);
      for (const root of ["alone", "nested", "two", "lesson"])
        for (const pattern of [root, `${root}/**/*.ipynb`, `${root}/*/**/*.ipynb`])
          for (const { file, student } of await findSubmissions([join(folder, pattern)]))
            assert.equal(
              student.id,
              file.startsWith("ada/") ? "ada" : "ben",
              `${pattern}: ${file}`,
            );
    });

    it("a folder named after one of the students in it is a warning", async () => {
      put(["ben/ada_02-padding.ipynb", "ben/ben_02-padding.ipynb"]);
      const { warnings } = await find([join(folder, "ben")]);
      assert.match(warnings.join(), /ben is a folder, .* \(ada, ben\) .* say --layout student/);
      const own = await find([join(folder, "ben")], { layout: "student" });
      assert.deepEqual(
        [own.submissions.map(({ student }) => student.id), own.warnings],
        [["ben", "ben"], []],
      );
    });

    it("a student's own folder whose files name another one is a warning that names both", async () => {
      put(["ben/ada_02-padding.ipynb", "ben/ada_03-stride.ipynb", "week/ben/02-padding/ada.ipynb"]);
      for (const pattern of ["ben", "ben/*.ipynb"]) {
        const { submissions, warnings } = await find([join(folder, pattern)]);
        assert.deepEqual(new Set(submissions.map(({ student }) => student.id)), new Set(["ada"]));
        assert.match(
          warnings.join(),
          /folder ben counts for ada, .* say --layout student/,
          pattern,
        );
      }
      const deeper = await find([join(folder, "week/ben/02-padding")]);
      assert.match(deeper.warnings.join(), /folder ben counts for ada/);
      const file = await find([join(folder, "ben/ada_02-padding.ipynb")]);
      const own = await find([join(folder, "ben")], { layout: "student" });
      assert.deepEqual([file.warnings, own.warnings], [[], []]);
    });

    it("behind nbgrader's, Moodle's and Canvas's own names nothing names another", async () => {
      put([
        "nb/submitted/ben/ps/submitted/ada/x/05-pooling.ipynb",
        "nb/submitted/cleo/ps/05-pooling.ipynb",
        "moodle/Ben_2_assignsubmission_file_/Ada_1_assignsubmission_file_/05-pooling.ipynb",
        "moodle/Cleo_3_assignsubmission_file_Ada_1_assignsubmission_file_05-pooling.ipynb",
        "canvas/ben_2_20_ada_1_10_05-pooling.ipynb",
        "canvas/cleo_LATE_3_30_05-pooling.ipynb",
      ]);
      const ids = async (pattern: string) => Object.values(await students(pattern)).sort();
      assert.deepEqual(await ids("nb"), ["ben", "cleo"]);
      assert.deepEqual(await ids("nb/submitted/*/*/**/*.ipynb"), ["ben", "cleo"]);
      assert.deepEqual(await ids("nb/submitted/ben"), ["ben"]);
      assert.deepEqual(await ids("moodle"), ["Ben_2", "Cleo_3"]);
      assert.deepEqual(await ids("canvas"), ["ben_2", "cleo_3"]);
    });

    it("metadata in a folder that is graded alone say nothing, unless the instructor says what it is", async () => {
      const yml = "submission_1:\n  :submitters:\n  - :sid: ada\n  :created_at: 2001-01-01\n";
      put({ "ben/submission_metadata.yml": yml, "ben/submission_1/05-pooling.ipynb": "" });
      put({
        "cleo/submission_metadata.json": '{"users":[{"sid":"ada"}],"created_at":"2001-01-01"}',
      });
      put(["cleo/05-pooling.ipynb"]);
      for (const owner of ["ben", "cleo"]) {
        const [{ student, submitted }] = await findSubmissions([join(folder, owner)]);
        assert.notEqual(student.id, "ada");
        assert.equal(submitted, undefined);
      }
      const named = await find([join(folder, "ben")], { layout: "gradescope" });
      assert.equal(named.submissions[0].student.id, "ada");
      const alone = await find([join(folder, "ben")], { layout: "student" });
      assert.equal(alone.submissions[0].student.id, "ben");
      await assert.rejects(
        find([join(folder, "ben")], { layout: "moodle" }),
        /--layout moodle: the files do not/,
      );
    });

    it("numbers at the end of names are students, and copies are copies", async () => {
      put([1, 2, 3].map((i) => `05-pooling_student-${i}.ipynb`));
      put(["ada_05-pooling.ipynb", "ada_05-pooling-1.ipynb", "ada_05-pooling (2).ipynb"]);
      assert.deepEqual(Object.values(await students(".")).sort(), [
        "ada",
        "ada",
        "ada",
        "student-1",
        "student-2",
        "student-3",
      ]);
    });

    it("several exports stand side by side", async () => {
      put(["m5/Ben_2_assignsubmission_file_/a.ipynb", "m6/Ben_2_assignsubmission_file_/b.ipynb"]);
      assert.deepEqual(Object.values(await students("m5", "m6")), ["Ben_2", "Ben_2"]);
    });
  });

  it("a student's second version does not name another student", async () => {
    put(["ada/05-pooling.ipynb", "ada/05-pooling_final.ipynb", "bob/05-pooling.ipynb"]);
    assert.deepEqual(Object.values(await students(".")), ["ada", "ada", "bob"]);
  });

  it("links are found and not followed, so that nobody else's file, or folder, is taken for theirs", async () => {
    put(["ada/05-pooling.ipynb", "bob/notes.txt", "other/05-pooling.ipynb"]);
    symlinkSync("../ada/05-pooling.ipynb", join(folder, "bob/05-pooling.ipynb"));
    symlinkSync("/", join(folder, "bob/root"));
    symlinkSync("nowhere", join(folder, "bob/02-padding.ipynb"));
    mkdirSync(join(folder, "cleo/05-pooling.ipynb"), { recursive: true });
    assert.deepEqual(await students("."), {
      "ada/05-pooling.ipynb": "ada",
      "bob/02-padding.ipynb": "bob",
      "bob/05-pooling.ipynb": "bob",
      "cleo/05-pooling.ipynb": "cleo",
      "other/05-pooling.ipynb": "other",
    });
    const why = (file: string) => () => readSubmission(join(folder, file));
    assert.throws(why("bob/05-pooling.ipynb"), /is a link to another file, and links are not/);
    assert.throws(why("cleo/05-pooling.ipynb"), /is a folder or a device, not a file/);
    assert.throws(why("gone.ipynb"), /cannot be read/);
    assert.equal(readSubmission(join(folder, "ada/05-pooling.ipynb")).length, 0);
  });

  it("a folder that was made on another system, with a name in no known letters, is found and reported", async () => {
    put(["ada/05-pooling.ipynb"]);
    const name = Buffer.concat([Buffer.from(`${folder}/zo`), Buffer.from([0xeb])]);
    try {
      mkdirSync(name);
    } catch {
      return; // some file systems take no such names
    }
    writeFileSync(Buffer.concat([name, Buffer.from("/05-pooling.ipynb")]), "");
    const found = await findSubmissions([folder]);
    assert.equal(found.length, 2);
    await assert.rejects(found[1].read(), /its name cannot be read either/);
    assert.equal(
      submittedAt(found[1], undefined, () => undefined),
      undefined,
    );
  });

  it("the ending may be in capitals", async () => {
    put(["ada_05-POOLING.IPYNB", "bob_05-pooling.Ipynb"]);
    assert.deepEqual(Object.values(await students(".")), ["ada", "bob"]);
  });

  it("files, patterns and the same notebook twice", async () => {
    put(["class/ada/05-pooling.ipynb", "class/bob/05-pooling.ipynb"]);
    const found = await students("class/*/05-pooling.ipynb", "class/ada/05-pooling.ipynb");
    assert.deepEqual(found, { "ada/05-pooling.ipynb": "ada", "bob/05-pooling.ipynb": "bob" });
    assert.deepEqual(await students("class/ada/05-pooling.ipynb"), { "05-pooling.ipynb": "ada" });
  });

  it("leaves out what Jupyter and macOS leave behind", async () => {
    put(["ada_05-pooling.ipynb", ".ipynb_checkpoints/a_05-pooling.ipynb", "__MACOSX/._b.ipynb"]);
    assert.deepEqual(Object.values(await students(".")), ["ada"]);
  });

  it("is refused where there is nothing", async () => {
    await assert.rejects(students("."), /There is no notebook \(\.ipynb\) in .* or its folders/);
    await assert.rejects(students("gone.ipynb"), /There is no notebook .*gone\.ipynb/);
  });

  it("submittedAt: the instructor's list, nbgrader's note, the file's time of change", async () => {
    put({
      "submitted/ada/ps/05-pooling.ipynb": "",
      "submitted/ada/ps/timestamp.txt": "2026-11-20 18:29:04.123456 UTC\n",
      "submitted/bob/ps/05-pooling.ipynb": "",
      "times.csv": "student,submitted,lesson\nbob,2026-11-21T10:00Z,02\nada,2026-11-22T10:00Z,05\n",
    });
    const time = new Date("2026-11-01T12:00:00Z");
    utimesSync(join(folder, "submitted/bob/ps/05-pooling.ipynb"), time, time);
    const [ada, bob] = await findSubmissions([join(folder, "submitted")]);
    const list = readSubmittedList(join(folder, "times.csv"));
    const none = () => undefined;
    assert.equal(submittedAt(ada, "05-pooling", none)?.at, "2026-11-20T18:29:04.123Z");
    assert.deepEqual(submittedAt(ada, "05-pooling", list), {
      at: "2026-11-22T10:00:00.000Z",
      foundIn: "times.csv",
    });
    assert.deepEqual(submittedAt(bob, "05-pooling", list), {
      at: time.toISOString(),
      foundIn: "the file's time of change",
    });
  });

  it("nbgrader's time stands in its own folder alone, and a pipe or a link of that name is none", async () => {
    put({
      "submitted/ada/ps/timestamp.txt": "2026-11-20 18:29:04 UTC",
      "submitted/ada/ps/sub/05-pooling.ipynb": "",
      "submitted/ada/ps/sub/timestamp.txt": "2020-01-01 10:00:00 UTC",
      "submitted/bob/ps/05-pooling.ipynb": "",
      "submitted/cid/ps/05-pooling.ipynb": "",
      "elsewhere.txt": "2020-01-01 10:00:00 UTC",
    });
    execFileSync("mkfifo", [join(folder, "submitted/bob/ps/timestamp.txt")]);
    symlinkSync(join(folder, "elsewhere.txt"), join(folder, "submitted/cid/ps/timestamp.txt"));
    const [ada, bob, cid] = await findSubmissions([join(folder, "submitted")]);
    assert.equal(ada.submitted?.at, "2026-11-20T18:29:04.000Z");
    assert.deepEqual([bob.submitted, cid.submitted], [undefined, undefined]);
  });

  it("a shell's own list of paths: links are not followed, and an empty folder stops nobody", async () => {
    put({ "class/ada/02-padding.ipynb": "{}", "private/02-padding.ipynb": "{}" });
    mkdirSync(join(folder, "class", "ben"));
    mkdirSync(join(folder, "class", "dan"));
    symlinkSync(join(folder, "private"), join(folder, "class", "cid"));
    symlinkSync("../ada/02-padding.ipynb", join(folder, "class", "ben", "02-padding.ipynb"));
    const listed = ["ada", "ben", "cid", "dan"].map((name) => join(folder, "class", name));
    const { submissions, warnings } = await find(listed);
    assert.deepEqual(
      submissions.map(({ student, file }) => [student.id, file]),
      [
        ["ada", "ada/02-padding.ipynb"],
        ["ben", "ben/02-padding.ipynb"],
      ],
    );
    await assert.rejects(submissions[1].read(), /link to another file/);
    assert.match(
      warnings.join("\n"),
      /cid is a link to another folder.*[^]*no notebook .* in .*dan/,
    );
    const files = ["ada", "ben"].map((name) => join(folder, "class", name, "02-padding.ipynb"));
    const ofFiles = (await findSubmissions(files)).map(({ student }) => student.id);
    assert.deepEqual(ofFiles, ["ada", "ben"]);
  });

  it("readSubmittedList: two times for one student and lesson are refused", () => {
    put({ "times.csv": "student,submitted\nada,2026-11-21T10:00Z\nada,2026-11-22T10:00Z\n" });
    assert.throws(
      () => readSubmittedList(join(folder, "times.csv")),
      /has two times for ada: which one counts/,
    );
  });

  it('instant("next week") says what a time looks like', () => {
    assert.throws(() => instant("next week", "--due"), /--due must be .* 2026-11-20T23:59\+01:00/);
  });
});
