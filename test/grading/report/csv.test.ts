import assert from "node:assert/strict";
import { printable } from "#dist/notebook/index.js";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { csvReport, type GradeReport } from "#dist/grading/report/index.js";
import { hostileTexts, withHostileText } from "./hostileTexts";
import { sampleReport } from "./sampleReport";

const rowsOf = (report: GradeReport): string[][] => parse(csvReport(report));
const recordsOf = (report: GradeReport): Record<string, string>[] =>
  parse(csvReport(report), { columns: true });

describe("csvReport", () => {
  it("csvReport(report) has a row for each student and a column for each exercise", () => {
    const rows = rowsOf(sampleReport());
    assert.deepEqual(rows[0], [
      "student",
      "05.poolForward (of 4)",
      "05.globalAverage (of 2)",
      "05-pooling late penalty",
      "05-pooling mark (of 6)",
      "total",
      "remarks",
    ]);
    assert.deepEqual(rows[1], ["ada", "4", "2", "", "6", "6", ""]);
    assert.deepEqual(rows[2].slice(0, 6), ["bob, <jr.>", "4", "0", "0.8", "3.2", "3.2"]);
    assert.match(rows[2][6], /late by 2 d/);
    assert.match(rows[2][6], /05\.poolForward set to 4: The text said "may", not "must"/);
    assert.deepEqual(rows[3].slice(0, 6), ["cleo", "", "", "", "0", "0"]);
    assert.match(rows[3][6], /unreadable: It is not JSON/);
    assert.equal(rows.length, 4);
  });

  it("csvReport(report) follows RFC 4180: CRLF, every row as long as the first", () => {
    const text = csvReport(sampleReport());
    const withoutQuoted = text.replace(/"(?:[^"]|"")*"/g, "");
    assert.doesNotMatch(withoutQuoted, /(?<!\r)\n|\r(?!\n)/);
    assert.match(text, /\r\n$/);
    assert.equal(new Set(rowsOf(sampleReport()).map((row) => row.length)).size, 1);
  });

  it("csvReport(report) reads back what went in, control characters apart, whatever a student is called", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const report = sampleReport();
        report.submissions[0].student.id = `x${name}`;
        const inOneRow = printable(`x${name}`).replace(/[\r\n\u2028\u2029]+/g, " ");
        const shown = inOneRow.replace(/([;\t]) ?(?=[=+@-])/g, "$1'");
        assert.equal(rowsOf(report)[1][0], shown);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it("csvReport(report) has no cell that a spreadsheet would take for a formula", () => {
    for (const text of [...hostileTexts, "=1+1", "-1", "\t=1", "\r=1", "＝1"]) {
      for (const cell of rowsOf(withHostileText(sampleReport(), text)).flat())
        assert.doesNotMatch(cell, /^[=+\-@\t\r＝＋－＠]/, `${JSON.stringify(text)} gives ${cell}`);
    }
  });

  it("csvReport(report) begins no cell with a formula, and no row with a line break, behind a name's semicolon", () => {
    const report = sampleReport();
    report.submissions[0].student.id = "ada;=1+2;\t@SUM(A1)\r\nben;-3";
    const csv = csvReport(report);
    assert.equal(csv.split("\r\n").length, csvReport(sampleReport()).split("\r\n").length);
    for (const cell of csv.split(/[;,\t\r\n]/)) assert.doesNotMatch(cell, /^"?\s*[=+@-]/, cell);
  });

  it("csvReport(report) begins no cell with a formula for a reader that separates by semicolons", () => {
    const report = sampleReport();
    const names = ['x;"=1+2;_', "y;\"=cmd|' /C calc'!A0\"", "z;  =1+2", 'z;"\'" -3'];
    for (const name of names) {
      report.submissions[0].student.id = name;
      for (const line of csvReport(report).split("\r\n"))
        for (const cell of line.split(";")) assert.doesNotMatch(cell, /^[\s"]*[=+@-]/, line);
    }
  });

  it("csvReport(two notebooks of one student) counts the better and names the other", () => {
    const report = sampleReport();
    report.submissions[1].student.id = "ada";
    const [ada] = recordsOf(report);
    assert.equal(ada["05-pooling mark (of 6)"], "6");
    assert.match(ada.remarks, /bob, <jr\.>_05-pooling\.ipynb is not counted/);
    assert.equal(recordsOf(report).length, 2);
  });

  it("csvReport(report) leaves the mark empty where the grader failed", () => {
    const report = sampleReport();
    Object.assign(report.submissions[0], { outcome: "not graded", message: "disk full", final: 0 });
    assert.equal(recordsOf(report)[0]["05-pooling mark (of 6)"], "");
    assert.match(recordsOf(report)[0].remarks, /not graded: disk full/);
  });

  it("csvReport(a submission without a lesson) gives a row that says why", () => {
    const report = sampleReport();
    delete report.submissions[2].lesson;
    assert.match(recordsOf(report)[2].remarks, /cleo_05-pooling.ipynb unreadable/);
  });
});

describe("csvReport with a lesson that counts for no total", () => {
  it("has its marks and says so, and nobody misses it or has its points in the total", () => {
    const report = sampleReport();
    const roster = [{ student: "ada" }, { student: "dora" }];
    const lessons = report.lessons.map((lesson) => ({ ...lesson, besides: true as const }));
    const [head, ada, ...others] = csvReport({ ...report, roster, lessons })
      .trimEnd()
      .split("\r\n");
    assert.match(head, /05-pooling mark \(not in the total, of \d+\)",total,remarks$/);
    assert.match(ada, /^ada,4,2,,6,0,/);
    assert.equal(others.at(-1), "dora,,,,,0,");
  });
});

describe("csvReport of a class with a roster", () => {
  it("who handed in nothing has a row, with 0 and the reason; others' columns stand beside the name", () => {
    const report = sampleReport();
    const roster = [
      { student: "ada", name: "Ada Lovelace", email: "ada@example.org" },
      { student: "dora", name: "=Dora" },
    ];
    const rows = csvReport({ ...report, roster })
      .trimEnd()
      .split("\r\n");
    assert.match(rows[0], /^student,name,email,05\.poolForward/);
    assert.match(rows[1], /^ada,Ada Lovelace,ada@example\.org,4,2,,6,6/);
    assert.equal(rows.at(-1), "dora,'=Dora,,,,,0,0,05-pooling not handed in");
    assert.equal(rows.length, 5);
  });
});
