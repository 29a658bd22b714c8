import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { fillGradebook, type GradeReport, readGradebook } from "#dist/grading/index.js";
import { readTimes } from "#dist/grading/gradebook/index.js";
import { sampleReport } from "../report/sampleReport";
import { importedByCanvas, importedByMoodle } from "./importers";

const MOODLE_HEAD =
  'Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed","Last modified (grade)","Feedback comments"';
const moodle = (...rows: string[]): string => ["\uFEFF" + MOODLE_HEAD, ...rows, ""].join("\r\n");
const ADA = '"Participant 12",Ada Lovelace,ada@example.org,Submitted,,100.00,Yes,-,';
const BEN = '"Participant 13",Ben Roy,ben@example.org,Submitted,7.00,"100.00",No,-,';
const CID = '"Participant 14",Cid Sol,cid@example.org,"No submission",,100.00,Yes,-,';
const CANVAS = [
  "Student,ID,SIS Login ID,Section,05-pooling (88),Essay (89)",
  "    Points Possible,,,,30,10",
  '"Lovelace, Ada",4711,ada,A,,5',
  '"Roy, Ben",4712,ben,A,3,',
  '"Student, Test",4799,,A,,',
  "",
].join("\n");

/** The sample class, whose students are called as is given, in order. */
function classOf(by: "moodle" | "canvas" | "folders", ...ids: string[]): GradeReport {
  const report = sampleReport();
  const submissions = report.submissions.slice(0, ids.length).map((one, i) => {
    const platform =
      by === "folders" ? {} : { platform: { name: by, number: ids[i].split("_")[1] } };
    return { ...one, student: { id: ids[i], foundIn: by, ...platform } };
  });
  return { ...report, submissions };
}

describe("readGradebook(file), fillGradebook(gradebook, report, column)", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "convbook-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  const read = (text: string) => {
    const file = join(folder, "book.csv");
    writeFileSync(file, text);
    return readGradebook(file);
  };
  const records = (text: string): Record<string, string>[] =>
    parse(text, { columns: true, bom: true });
  const fill = (text: string, report: GradeReport, column?: string) =>
    fillGradebook(read(text), report, column);

  it("Moodle: the number in the file's name finds the row, marks are brought to its maximum", () => {
    const report = classOf("moodle", "Ada King_12", "Ben Roy_13");
    report.submissions[0].exercises[0].comment = "Short & clear";
    const { text, notes } = fill(moodle(ADA, BEN, CID), report);
    assert(text.startsWith("\uFEFFIdentifier,"));
    assert.match(text, /\r\n/);
    const [ada, ben, cid] = records(text);
    assert.equal(ada.Grade, "100");
    assert.equal(
      ada["Feedback comments"],
      "05.poolForward: 4 of 4. Short &amp; clear<br>05.globalAverage: 2 of 2",
    );
    assert.deepEqual([ben.Grade, ben["Feedback comments"]], ["7.00", ""], "locked");
    assert.deepEqual([cid.Grade, cid["Feedback comments"]], ["", ""], "nothing known of them");
    assert.match(notes.join("\n"), /1 marks in "Grade", brought from 6 to 100 points/);
    assert.match(notes.join("\n"), /1 left as they were, since the platform/);
  });

  it("Moodle, as exported where the decimal point is a comma", () => {
    const german = moodle(ADA.replace("100.00", '"100,00"')).replaceAll('","', '";"');
    const text = moodle(ADA.replace("100.00", '"100,00"'));
    const half = classOf("moodle", "nobody_1", "Ada Lovelace_12");
    assert.equal(records(fill(text, half).text)[0].Grade, "53,33");
    assert.throws(() => read(german.slice(0, 200)), /cannot be read as a table|neither/);
  });

  it("more than the maximum, which a bonus may give, is cut for Moodle, which refuses it, and said", () => {
    const report = classOf("moodle", "Ada King_12");
    report.submissions[0].final = 7;
    const { text, notes } = fill(moodle(ADA), report);
    assert.equal(records(text)[0].Grade, "100");
    assert.match(notes.join("\n"), /1 cut to the maximum/);
  });

  it("Moodle's comment says why a mark is less, or another, than its exercises add up to", () => {
    const late = classOf("moodle", "nobody_1", "Ada Lovelace_12");
    const set = classOf("moodle", "Ada Lovelace_12");
    set.submissions[0].override = { points: 3, reason: "Agreed <upon>" };
    const comment = (report: GradeReport) =>
      records(fill(moodle(ADA), report).text)[0]["Feedback comments"];
    assert.match(
      comment(late),
      /^05\.poolForward: 4 of 4 \(The text said &quot;may&quot;.*<br>2 d late: 0\.8 points less$/,
    );
    assert.match(comment(set), /<br>Set to 3: Agreed &lt;upon&gt;$/);
  });

  it("a number of matriculation is no number of the platform's", () => {
    const report = classOf("folders", "ada");
    report.roster = [{ student: "ada", id: "13" }]; // which is Ben's in Moodle
    assert.throws(() => fill(moodle(ADA, BEN), report), /has none of the 1 students/);
    report.roster = [{ student: "ada", id: "13", number: "12" }];
    assert.equal(records(fill(moodle(ADA, BEN), report).text)[0].Grade, "100");
  });

  it("who is on the roster and handed in nothing gets 0", () => {
    const report = classOf("folders", "ada");
    report.roster = [
      { student: "ada", email: "ada@example.org" },
      { student: "cid", name: "Cid Sol" },
    ];
    const [ada, , cid] = records(fill(moodle(ADA, BEN, CID), report).text);
    assert.deepEqual([ada.Grade, cid.Grade], ["100", "0"]);
    assert.equal(cid["Feedback comments"], "Nothing was handed in.");
  });

  it("Canvas: the lesson's column, the points possible, and all other cells as they were", () => {
    const report = classOf("canvas", "lovelaceada_4711", "royben_4712");
    const { text } = fill(CANVAS, report);
    const before = CANVAS.split("\n");
    const lines = text.split("\n");
    assert.deepEqual([lines[0], lines[1], lines[4]], [before[0], before[1], before[4]]);
    assert.equal(lines[2], '"Lovelace, Ada",4711,ada,A,30,5');
    assert.equal(lines[3], '"Roy, Ben",4712,ben,A,16,');
  });

  it("Canvas: a student by login or by the name turned round, a column by its name", () => {
    const report = classOf("folders", "ada", "Ben Roy");
    const { text } = fill(CANVAS, report, "Essay");
    const [, ada, ben] = records(text);
    assert.deepEqual([ada["Essay (89)"], ben["Essay (89)"]], ["10", "5.33"]);
  });

  it("two who would fill one row, and names that two share, are left out and named", () => {
    const twice = classOf("canvas", "lovelaceada_4711", "adaking_4711", "royben_4712");
    const { text, notes } = fill(CANVAS, twice);
    assert.equal(records(text)[1]["05-pooling (88)"], "");
    assert.match(notes.at(-1)!, /not to be told apart there: .*4711, .*4711/);
  });

  it("Moodle's importer takes the marks of the worksheet as Moodle writes it, all columns of a course with groups", () => {
    const head =
      'Identifier,"Full name","ID number","Email address",Status,Group,Grade,"Maximum Grade","Grade can be changed",' +
      '"Last modified (submission)","Online text","Last modified (grade)","Feedback comments"';
    const row = (number: number, name: string, maximum: string, changeable = "Yes"): string =>
      `"Participant ${number}","${name}",s${number},x${number}@example.org,"Submitted for grading - ",red,,${maximum},` +
      `${changeable},"Friday, 20 November 2026, 8:15 PM","<p>one, two</p>\nthree",-,`;
    for (const [maximum, ada, ben] of [
      ["100.00", 100, 53.33],
      ['"12,50"', 12.5, 6.67],
    ] as const) {
      const rows = [row(12, "Ada, the first", maximum), row(13, 'Ben ""B"" Roy', maximum)];
      const text = `\uFEFF${[head, ...rows, row(14, "Cid", maximum, "No")].join("\n")}\n`;
      const report = classOf("moodle", "Ada_12", "Ben_13", "Cid_14");
      const filled = fill(text, report).text;
      const { marks, comments } = importedByMoodle(
        filled,
        Number(maximum.replace(/"/g, "").replace(",", ".")),
      );
      assert.deepEqual(
        [...marks],
        [
          ["12", ada],
          ["13", ben],
        ],
      );
      assert.match(comments.get("13")!, /05\.poolForward: 4 of 4/);
      assert.equal(comments.get("14"), "");
    }
  });

  it("Canvas's importer takes the marks in each of the forms in which Canvas exports a gradebook", () => {
    const forms = [
      ["Student,ID,Section", (name: string, id: number) => `"${name}",${id},A`, ",,"],
      [
        "Student,ID,SIS Login ID,Section",
        (name: string, id: number) => `"${name}",${id},l${id},A`,
        ",,,",
      ],
      [
        "Student,ID,SIS User ID,SIS Login ID,Integration ID,Section",
        (name: string, id: number) => `"${name}",${id},u${id},l${id},,A`,
        ",,,,,",
      ],
      [
        "LastName,FirstName,ID,SIS User ID,SIS Login ID,Section",
        (name: string, id: number) => `${name.replace(", ", ",")},${id},u${id},l${id},A`,
        ",,,,,",
      ],
    ] as const;
    for (const [head, row, blanks] of forms)
      for (const separator of [",", ";"]) {
        const lines = [
          `${head},Essay (12),05 Pooling (345),Final Score`,
          `${blanks},,Manual Posting,`,
          `    Points Possible${blanks},10,30,(read only)`,
          `${row("Lovelace, Ada", 4711)},3,,50.0`,
          `${row("Roy, Ben", 4712)},,EX,`,
          `${row("Sol, Cid", 4713)},,,`,
        ];
        const text = lines
          .map((line) =>
            separator === ";" ? line.replace(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/g, ";") : line,
          )
          .join("\n");
        const report = classOf("folders", "Ada Lovelace", "Ben Roy");
        report.roster = [{ student: "cid", name: "Cid Sol" }];
        const { text: filled, notes } = fill(`${text}\n`, report);
        assert.deepEqual(
          [...importedByCanvas(filled, 345).marks],
          [
            ["4711", 30],
            ["4713", 0],
          ],
          head,
        );
        assert.match(notes.join("\n"), /1 left as they were, since they are excused \(EX\)/);
      }
  });

  const bad: [string, () => unknown, RegExp][] = [
    [
      "Moodle's without the time of a mark, which Moodle refuses",
      () =>
        fill(
          moodle(ADA).replace(',"Last modified (grade)"', "").replace(",-,", ","),
          classOf("moodle", "a_12"),
        ),
      /line 1: Moodle takes no worksheet without the column "Last modified \(grade\)"/,
    ],
    [
      "Moodle's of an assignment that is graded in words",
      () => fill(moodle(ADA).replace("Maximum Grade", "Scale"), classOf("moodle", "a_12")),
      /line 1: the assignment is graded by the words of a scale/,
    ],
    [
      "Moodle's of an assignment without points",
      () => fill(moodle(ADA.replace("100.00", "0.00")), classOf("moodle", "a_12")),
      /line 1: the assignment has a maximum of 0 points/,
    ],
    [
      "Canvas's with its columns in another order",
      () => fill("Name,Student,ID,Section,05 (1)\na,b,1,A,\n", classOf("canvas", "a_1")),
      /line 1: Canvas takes a gradebook that begins with Student/,
    ],
    [
      "Canvas's whose column is read only",
      () => fill(CANVAS.replace(",30,10", ",(read only),10"), classOf("canvas", "a_4711")),
      /"05-pooling \(88\)" is read only/,
    ],
    [
      "no gradebook",
      () => read("student,mark\nada,3"),
      /book\.csv, line 1: .*Its columns: student, mark/,
    ],
    [
      "torn",
      () => read(CANVAS.slice(0, -20) + '"'),
      /book\.csv cannot be read as a table: .*line/i,
    ],
    ["an empty file", () => read(""), /line 1: .*Its columns: none/],
    [
      "another course's",
      () => fill(CANVAS, classOf("folders", "zoe", "yan")),
      /book\.csv has none of the 2 students: is it of another course\? They are zoe, yan/,
    ],
    [
      "without the lesson",
      () => fill(CANVAS.replace("05-pooling", "Homework"), classOf("canvas", "a_4711")),
      /line 1: no column is called 05-pooling or 05; .* Its assignments: Homework \(88\); Essay/,
    ],
    [
      "without the column that was named",
      () => fill(CANVAS, classOf("canvas", "a_4711"), "Exam"),
      /line 1: there is no column "Exam"/,
    ],
  ];
  for (const [what, act, message] of bad)
    it(`a gradebook that is ${what} is refused`, () => assert.throws(act, message));
});

describe("readTimes(file)", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "convbook-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  const HEAD =
    'Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Last modified (submission)"';
  const times = (...rows: [string, string, string][]) => {
    const file = join(folder, "worksheet.csv");
    const lines = rows.map(
      ([number, name, time]) =>
        `"Participant ${number}","${name}",x${number}@example.org,,,100,"${time}"`,
    );
    writeFileSync(file, ["\uFEFF" + HEAD, ...lines].join("\r\n"));
    return readTimes(file, {
      file: "roster.csv",
      students: [{ student: "cid", email: "x14@example.org" }],
    });
  };
  const local = (...at: [number, number, number, number, number]) => new Date(...at).toISOString();

  it("are Moodle's, by the number in a file's name, the name, or the roster's address", () => {
    const list = times(
      ["12", "Ada Lovelace", "Friday, 20 November 2026, 8:15 PM"],
      ["13", "Ben Roy", "Saturday, 1 May 2027, 12:05 AM"],
      ["14", "Cid Sol", "Sunday, 2 May 2027, 23:59"],
      ["15", "Eve Ash", "-"],
    );
    const at = (id: string, number?: string) =>
      list(
        { id, foundIn: "", ...(number && { platform: { name: "moodle" as const, number } }) },
        undefined,
      )?.at;
    assert.equal(at("Ada Lovelace_12", "12"), local(2026, 10, 20, 20, 15));
    assert.equal(at("Ben Roy"), local(2027, 4, 1, 0, 5));
    assert.equal(at("cid"), local(2027, 4, 2, 23, 59));
    assert.equal(at("Eve Ash_15", "15"), undefined);
    assert.equal(at("nobody"), undefined);
  });

  it("a time that is none is refused, with its line", () => {
    for (const wrong of [
      "Friday, 31 November 2026, 8:15 PM",
      "20.11.2026",
      "Fr, 20 Nov 2026, 25:00",
    ])
      assert.throws(() => times(["12", "Ada", wrong]), /worksheet\.csv, line 2: .* in English/);
  });

  it("an instructor's own list is read as before", () => {
    const file = join(folder, "times.csv");
    writeFileSync(file, "student,submitted\nada,2026-11-21T10:00Z\n");
    assert.equal(
      readTimes(file)({ id: "ada", foundIn: "" }, undefined)?.at,
      "2026-11-21T10:00:00.000Z",
    );
  });
});
