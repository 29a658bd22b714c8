import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fromBufferPromise } from "yauzl";
import {
  feedbackZip,
  fillGradebook,
  formatNames,
  type GradeReport,
  gradeSubmissions,
  readGradebook,
  readSettings,
  reportFormats,
  writeReports,
  writeStudentPages,
} from "#dist/grading/index.js";
import { notebookText } from "./class/notebookText";

/** What private tests hold: no text of these may reach a student. Each is found by a search and by nothing else. */
const SECRETS = [
  ["an input", "48611"],
  ["an input", "12347"],
  ["an expected value", "0.74600"],
  ["an input", "91733"],
  ["an input in a tensor", "7717.5"],
  ["an expected value in a tensor", "7718.25"],
  ["a message", "MESSAGE-of-a-private-test"],
] as const;
const TITLES = ["TITLE-one", "TITLE-two", "TITLE-three"];

/** Of the first exercise two, so that an answer may keep what the one gave it and say it in the other. */
const UNMOVED = `
  const near = (value, expected, what) => {
    if (!(Math.abs(value - expected) < 1e-9))
      throw new Error("MESSAGE-of-a-private-test " + what + " expected " + expected + ", got " + value);
  };
  exports.tests = [
    { title: "TITLE-one", async run(f) { near(await f(48611, 12347, 0), 1 - 12347 / 48611, "48611, 12347"); } },
    { title: "TITLE-two", async run(f) { near(await f(91733, 0, 0), 1, "91733"); } },
  ];`;
const AVERAGE = `
  const { expectTensor, fromFunction } = require("convbook");
  exports.tests = [
    {
      title: "TITLE-three",
      async run(f) {
        const x = fromFunction([1, 1, 2, 1], (i, row, column) => 7717.5 + 1.5 * column);
        expectTensor(await f(x), fromFunction([1, 1], () => 7718.25), { of: "MESSAGE-of-a-private-test" });
      },
    },
  ];`;

const RIGHT = `function unmovedShare(f: number, down: number, right: number): number {
  return Math.max(0, 1 - Math.abs(down) / f) * Math.max(0, 1 - Math.abs(right) / f);
}`;
const SUMS = `const [m, h, w, c] = x.shape;
  const average = fromFunction([m, c], (i, k) => {
    let sum = 0;
    for (let row = 0; row < h; row++) for (let column = 0; column < w; column++) sum += x.get(i, row, column, k);
    return sum / (h * w);
  });`;
const CHECKS =
  'await check("05.unmovedShare", unmovedShare);\nawait check("05.globalAverage", globalAverage);';

/** Answers that try to bring out what they are given, each in another way; the last two are right. */
const ATTACKS: [student: string, cell: string][] = [
  [
    "prints",
    `${RIGHT.replace("return", "console.log(f, down, right); console.error(f); return 2 *")}
     function globalAverage(x: Tensor) { console.table([[...x.data]]); ${SUMS} return fromFunction(average.shape, (i, k) => { console.log(average.get(i, k)); return -average.get(i, k); }); }`,
  ],
  [
    "throws",
    `function unmovedShare(f: number, down: number, right: number): number { throw new RangeError(\`not \${f}, \${down}, \${right}\`); }
     function globalAverage(x: Tensor): Tensor { throw new Error([...x.data].join(" ")); }`,
  ],
  [
    "remembers",
    `const seen: any[] = [];
     function unmovedShare(...all: number[]): number { seen.push(...all); const e = new Error("SAW " + seen.join(" ")); e.name = "Saw" + all[0]; throw e; }
     function globalAverage(x: Tensor): any { seen.push(...x.data); return { saw: seen, all: "SAW " + seen.join(" ") }; }`,
  ],
  [
    "returns",
    `function unmovedShare(f: number, down: number, right: number): any { return [f, down, right, 1 - down / f]; }
     function globalAverage(x: Tensor): any { ${SUMS} return [x, average, "saw " + [...x.data].join(" ")]; }`,
  ],
  [
    "writes",
    `${RIGHT}\nfunction globalAverage(x: Tensor): Tensor { ${SUMS} x.data.fill(-1); return average; }`,
  ],
  ["right", `${RIGHT}\nfunction globalAverage(x: Tensor): Tensor { ${SUMS} return average; }`],
];

const TITLED: Record<string, string> = {
  default: "message",
  "05.unmovedShare": "difference",
  "05.globalAverage": "nothing, difference from 2026-01-01",
  "05.unmovedShare: TITLE-two": "verdict", // behind one of which no more is shown
};
const LEVELS: [name: string, feedback: string | Record<string, string>][] = [
  ["nothing", "nothing"],
  ["verdict", "verdict"],
  ["message", "message"],
  ["difference", "difference"],
  ["nothing, then all", "nothing, difference from 2026-01-01"],
  ["by exercise and test", TITLED],
];

describe("no private test's secret in anything that students get", function () {
  this.timeout(600_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "convbook-secrets-"));
    mkdirSync(join(folder, "private", "05-pooling"), { recursive: true });
    writeFileSync(join(folder, "private", "05-pooling", "unmovedShare.js"), UNMOVED);
    writeFileSync(join(folder, "private", "05-pooling", "globalAverage.js"), AVERAGE);
    ATTACKS.forEach(([student, cell], i) => {
      const submissionFolder = join(folder, "class", `${student}_${100 + i}_assignsubmission_file`);
      mkdirSync(submissionFolder, { recursive: true });
      const cells = ['import { check, fromFunction, Tensor } from "convbook";', cell, CHECKS];
      writeFileSync(join(submissionFolder, "05-pooling.ipynb"), notebookText(cells));
    });
  });
  after(() => rmSync(folder, { recursive: true }));

  /** All files of all formats at a level, by name: what students get, and what is the instructor's. */
  async function given(
    feedback: string,
  ): Promise<{ report: GradeReport; files: Map<string, string> }> {
    const out = join(folder, "out");
    const settings = await readSettings({
      seed: "7",
      layout: "moodle",
      lesson: "05",
      privateTests: join(folder, "private"),
      out,
      feedback,
    });
    const { report, run } = await gradeSubmissions([join(folder, "class")], settings);
    const now = new Date();
    await writeReports(out, report, run, formatNames(Object.keys(reportFormats)));
    await writeStudentPages(join(out, "students"), report, now);
    const files = new Map<string, string>();
    const take = (below: string): void => {
      for (const entry of readdirSync(join(out, below), { withFileTypes: true }))
        if (entry.isDirectory()) take(join(below, entry.name));
        else files.set(join(below, entry.name), readFileSync(join(out, below, entry.name), "utf8"));
    };
    take(".");
    const zip = await fromBufferPromise((await feedbackZip(report, now))!);
    for await (const entry of zip.eachEntry())
      files.set(
        `feedback.zip/${entry.fileName}`,
        await text(await zip.openReadStreamPromise(entry)),
      );
    const sheet = ATTACKS.map(([student], i) => `Participant ${100 + i},${student},,100,Yes,-,`);
    const head =
      "Identifier,Full name,Grade,Maximum Grade,Grade can be changed,Last modified (grade),Feedback comments";
    writeFileSync(join(folder, "worksheet.csv"), [head, ...sheet, ""].join("\n"));
    const gradebook = readGradebook(join(folder, "worksheet.csv"));
    files.set("gradebook.csv", fillGradebook(gradebook, report).text);
    return { report, files };
  }

  /** The files that docs/instructors.md names as the instructor's own, and what a folder keeps for the next run. */
  const isOwn = (file: string): boolean =>
    /^(grades\.(json|html|txt)|junit\.xml|review\.html|run\.json|seed\.json)$|^results\//.test(
      file,
    );

  for (const [name, feedback] of LEVELS)
    it(`at the level: ${name}`, async () => {
      const asFile = join(folder, "feedback.json");
      if (typeof feedback !== "string") writeFileSync(asFile, JSON.stringify(feedback));
      const { report, files } = await given(typeof feedback === "string" ? feedback : asFile);
      const theirs = [...files].filter(([file]) => !isOwn(file));
      const kinds = [
        "students/",
        "gradescope/",
        "github-classroom/",
        "feedback.zip/",
        "gradebook.csv",
        "grades.csv",
      ];
      for (const kind of kinds)
        assert(
          theirs.some(([file]) => file.startsWith(kind)),
          `nothing of ${kind}`,
        );
      for (const [file, shown] of theirs) {
        const plain = shown.replace(/[a-f0-9]{64}/g, ""); // hashes
        for (const [what, secret] of SECRETS)
          assert(!plain.includes(secret), `${file} tells ${what}, ${secret}`);
        assert(!/"seed"|\bseed\b/.test(plain), `${file} tells of the seed`);
        if (name === "nothing")
          for (const title of TITLES) {
            const visible = file.startsWith("gradescope") ? withoutHidden(plain) : plain;
            assert(!visible.includes(title), `${file} tells ${title}`);
          }
      }
      // The answers did see them: the instructor's own files say so, or this test would test nothing.
      const own = files.get("grades.json")!;
      for (const [what, secret] of SECRETS)
        assert(own.includes(secret), `nobody tried to tell ${what}, ${secret}`);
      for (const { student, exercises } of report.submissions)
        for (const { id, verdict } of exercises.filter(({ id }) =>
          /unmovedShare|globalAverage/.test(id),
        ))
          assert.equal(
            verdict === "passed",
            /^(right|writes)/.test(student.id),
            `${student.id} ${id}`,
          );
    });
});

/** A row that Gradescope shows to nobody but the instructor holds its title; nothing else of it may be there. */
function withoutHidden(results: string): string {
  const { tests, ...rest } = JSON.parse(results) as { tests: { visibility: string }[] };
  return JSON.stringify({
    ...rest,
    tests: tests.filter(({ visibility }) => visibility !== "hidden"),
  });
}
