import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type FoundClass, findSubmissions } from "#dist/grading/submissions/findSubmissions.js";
import { submittedAt } from "#dist/grading/submissions/submittedAt.js";
import { makeZip, type ZipMember } from "../hostile/makeZip";

describe("findSubmissions(zips)", () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "convbook-")));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const put = (file: string, bytes: Buffer | string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), bytes);
  };
  const packed = async (file: string, ...members: (ZipMember | string)[]): Promise<void> =>
    put(file, await makeZip(members));
  const find = (...patterns: string[]): Promise<FoundClass> =>
    findSubmissions(patterns.map((pattern) => join(folder, pattern)));
  const students = async (...patterns: string[]) =>
    Object.fromEntries(
      (await find(...patterns)).submissions.map(({ file, student }) => [file, student.id]),
    );

  it("Moodle's, as it is, with what finds a student's feedback its way back", async () => {
    await packed(
      "week 5.zip",
      { name: "Ada Lovelace_12_assignsubmission_file/05-pooling.ipynb", text: "ada's" },
      "Ben Roy_13_assignsubmission_file/deep/x.ipynb",
      "Ben Roy_13_assignsubmission_onlinetext/onlinetext.html",
    );
    const { submissions, layout, inWords } = await find("week 5.zip");
    assert.deepEqual(
      submissions.map(({ file, student }) => [file, student.id, student.platform]),
      [
        [
          "Ada Lovelace_12_assignsubmission_file/05-pooling.ipynb",
          "Ada Lovelace_12",
          { name: "moodle", number: "12", prefix: "Ada Lovelace_12_assignsubmission_file_" },
        ],
        [
          "Ben Roy_13_assignsubmission_file/deep/x.ipynb",
          "Ben Roy_13",
          { name: "moodle", number: "13", prefix: "Ben Roy_13_assignsubmission_file_" },
        ],
      ],
    );
    assert.equal(layout, "moodle");
    assert.equal(inWords, `Moodle's names, in ${folder}/week 5.zip`);
    assert.equal((await submissions[0].read()).toString(), "ada's");
    assert.deepEqual(readdirSync(folder), ["week 5.zip"], "nothing is unpacked");
  });

  it("Moodle's of one student alone, and without folders", async () => {
    await packed(
      "one.zip",
      "Ada_12_assignsubmission_file/a/x.ipynb",
      "Ada_12_assignsubmission_file/b/y.ipynb",
    );
    assert.deepEqual(new Set(Object.values(await students("one.zip"))), new Set(["Ada_12"]));
    await packed(
      "flat.zip",
      "Ada_12_assignsubmission_file_x.ipynb",
      "Ben_1_assignsubmission_file_y.ipynb",
    );
    assert.deepEqual(Object.values(await students("flat.zip")), ["Ada_12", "Ben_1"]);
  });

  it("Canvas's, late ones too", async () => {
    await packed(
      "submissions.zip",
      "lovelaceada_12_345_05-pooling.ipynb",
      "royben_LATE_67_890_x.ipynb",
    );
    const { submissions, layout } = await find("submissions.zip");
    assert.equal(layout, "canvas");
    assert.deepEqual(
      submissions.map(({ student }) => [student.id, student.platform?.prefix]),
      [
        ["lovelaceada_12", "lovelaceada_12_345_"],
        ["royben_67", "royben_LATE_67_890_"],
      ],
    );
  });

  it("Gradescope's, in the folder that it packs, with the times of its metadata", async () => {
    const metadata = (...numbers: number[]): ZipMember => ({
      name: "assignment_9_export/submission_metadata.yml",
      text: numbers
        .map(
          (n) =>
            `submission_${n}:\n  :submitters:\n  - :sid: 's${n}'\n  :created_at: 2026-11-20 10:00:0${n} -0800\n`,
        )
        .join(""),
    });
    const notebook = (n: number): string => `assignment_9_export/submission_${n}/05-pooling.ipynb`;
    await packed("export.zip", metadata(7, 8), notebook(7), notebook(8));
    await packed("single.zip", metadata(7), notebook(7));
    const { submissions, inWords } = await find("export.zip");
    assert.match(inWords, /^Gradescope's metadata, in .*export\.zip\/assignment_9_export$/);
    assert.deepEqual(
      submissions.map((one) => [one.student.id, submittedAt(one, undefined)]),
      [7, 8].map((n) => [
        `s${n}`,
        { at: `2026-11-20T18:00:0${n}.000Z`, foundIn: "Gradescope's metadata" },
      ]),
    );
    const alone = await findSubmissions([join(folder, "single.zip")], { layout: "gradescope" });
    assert.equal(alone.submissions[0].student.id, "s7");
  });

  it("a folder that was packed, by macOS too, is the folder", async () => {
    await packed(
      "class.zip",
      "homework/submissions/ada/05-pooling.ipynb",
      "homework/submissions/ben/05-pooling.ipynb",
      "__MACOSX/homework/submissions/ben/._05-pooling.ipynb",
      "homework/submissions/ben/.ipynb_checkpoints/05-pooling.ipynb",
    );
    assert.deepEqual(await students("class.zip"), {
      "ada/05-pooling.ipynb": "ada",
      "ben/05-pooling.ipynb": "ben",
    });
    await packed("week.zip", "week/ada_05-pooling.ipynb", "week/ben_05-pooling.ipynb");
    assert.deepEqual(Object.values(await students("week.zip")), ["ada", "ben"]);
    // So does a class of which one student has handed in, in whose folder names say nothing.
    await packed("all.zip", "ben/ada_05-pooling.ipynb", "ben/ben_05-pooling.ipynb");
    assert.deepEqual(Object.values(await students("all.zip")), ["ben", "ben"]);
    await packed("ada.zip", "ada/05-pooling.ipynb", "ada/06-convBackward.ipynb");
    assert.deepEqual(new Set(Object.values(await students("ada.zip"))), new Set(["ada"]));
  });

  it("times of a zip's members are the zip's word", async () => {
    const at = new Date("2026-11-20T12:00:00Z");
    await packed("class.zip", { name: "ada/05.ipynb", at }, "ben/05.ipynb");
    const [ada] = (await find("class.zip")).submissions;
    assert.deepEqual(ada.changed(), { at: at.toISOString(), foundIn: "the zip's time of change" });
  });

  describe("that students handed in", () => {
    it("beside folders and notebooks, and within Moodle's zip", async () => {
      await packed("class/ada.zip", { name: "work/05-pooling.ipynb", text: "ada's" }, "notes.txt");
      put("class/ben/05-pooling.ipynb", "");
      await packed("class/cleo/homework.zip", "05-pooling.ipynb");
      const { submissions, inWords } = await find("class");
      assert.deepEqual(
        submissions.map(({ file, student }) => [file, student.id]),
        [
          ["ada.zip/work/05-pooling.ipynb", "ada"],
          ["ben/05-pooling.ipynb", "ben"],
          ["cleo/homework.zip/05-pooling.ipynb", "cleo"],
        ],
      );
      assert.match(inWords, /^a folder a student, in .*class$/);
      assert.equal((await submissions[0].read()).toString(), "ada's");
      const [inner] = [await makeZip([{ name: "x.ipynb", text: "ben's" }])];
      await packed(
        "moodle.zip",
        { name: "Ben_13_assignsubmission_file/mine.zip", text: inner },
        "Ada_12_assignsubmission_file/05.ipynb",
      );
      const moodle = (await find("moodle.zip")).submissions;
      assert.deepEqual(
        moodle.map(({ student }) => student.id),
        ["Ada_12", "Ben_13"],
      );
      assert.equal((await moodle[1].read()).toString(), "ben's");
    });

    it("have the time of the zip: those in it are the student's own", async () => {
      await packed("class/ada.zip", { name: "05.ipynb", at: new Date("2001-01-01") });
      const [ada] = (await find("class")).submissions;
      assert.equal(ada.changed()?.foundIn, "the file's time of change");
      assert.notEqual(ada.changed()!.at.slice(0, 4), "2001");
    });

    it("without a notebook, with an archive in them, or of another kind are reported", async () => {
      await packed("class/ada/pictures.zip", "cat.png");
      await packed("class/ben/all.zip", "05.ipynb", "older.zip", "x.rar");
      put("class/ada/05.ipynb", "");
      put("class/cleo/work.7z", "");
      const { submissions, warnings } = await find("class");
      assert.equal(submissions.length, 2);
      assert.match(warnings.join("\n"), /pictures\.zip holds no notebook/);
      assert.match(warnings.join("\n"), /all\.zip holds another archive, older\.zip/);
      assert.match(warnings.join("\n"), /all\.zip holds another archive, x\.rar/);
      assert.match(warnings.join("\n"), /work\.7z is an archive of a kind that is not read/);
    });
  });

  it("zips side by side and by a pattern are exports, or students", async () => {
    await packed("m5.zip", "Ben_2_assignsubmission_file_/a.ipynb");
    await packed("m6.zip", "Ben_2_assignsubmission_file_/b.ipynb");
    for (const patterns of [["m5.zip", "m6.zip"], ["*.zip"]])
      assert.deepEqual(await students(...patterns), {
        "m5.zip/Ben_2_assignsubmission_file_/a.ipynb": "Ben_2",
        "m6.zip/Ben_2_assignsubmission_file_/b.ipynb": "Ben_2",
      });
    await packed("s/ada.zip", "05-pooling.ipynb");
    await packed("s/ben.zip", "05-pooling.ipynb");
    for (const patterns of [["s/ada.zip", "s/ben.zip"], ["s/*.zip"], ["s"]])
      assert.deepEqual(Object.values(await students(...patterns)), ["ada", "ben"]);
  });

  it("what the instructor named is refused where it is no zip, or holds nothing", async () => {
    put("none.zip", "no zip at all");
    await assert.rejects(find("none.zip"), /none\.zip: This zip cannot be read: /);
    await packed("ada.zip", "05-pooling.ipynb");
    for (const patterns of [["ada.zip", "none.zip"], ["{ada,none}.zip"]]) {
      const [ada, none] = (await find(...patterns)).submissions;
      assert.deepEqual([ada.student.id, none.student.id], ["ada", "none"]);
      await assert.rejects(
        none.read(),
        /This zip cannot be read/,
        "of several, a line in the report",
      );
    }
    await packed("empty.zip", "notes.txt");
    await assert.rejects(find("empty.zip"), /There is no notebook .*empty\.zip/);
  });

  it("nothing below --out is a submission, and --out that holds one is refused", async () => {
    put("class/ada/05-pooling.ipynb", "");
    await packed("class/reports/feedback.zip", "Ada_1_assignsubmission_file_feedback.html");
    const out = join(folder, "class", "reports");
    const found = await findSubmissions([join(folder, "class")], { out });
    assert.deepEqual(
      found.submissions.map(({ file }) => file),
      ["ada/05-pooling.ipynb"],
    );
    assert.deepEqual(found.warnings, []);
    put("class/reports/results/05-pooling.ipynb", "");
    for (const pattern of ["class", "class/*/*.ipynb"])
      await assert.rejects(
        findSubmissions([join(folder, pattern)], { out }),
        /--out .* holds results\/05-pooling\.ipynb, which may be a submission/,
      );
  });
});
