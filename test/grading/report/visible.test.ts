import assert from "node:assert/strict";
import { text } from "node:stream/consumers";
import { fromBufferPromise } from "yauzl";
import { feedbackZip } from "#dist/grading/index.js";
import {
  type Feedback,
  forStudents,
  githubClassroomReport,
  type GradeReport,
  gradescopeReport,
  type ReportFormat,
  reportFormats,
  studentPages,
  type TestReport,
} from "#dist/grading/report/index.js";
import { oneStudent, withTests } from "./oneStudent";
import { sampleReport } from "./sampleReport";

const NOW = new Date("2026-11-22T12:00:00Z");
/** From the outside: what stands in a file that a student gets, by a word of its own. */
const SECRETS = {
  title: "TITLE-word",
  message: "MESSAGE-word",
  expected: "EXPECTED-word",
  actual: "ACTUAL-word",
  diagnosis: "DIAGNOSIS-word",
  output: "OUTPUT-word",
};
type Secret = keyof typeof SECRETS;
const MAY: Record<Feedback["level"], Secret[]> = {
  nothing: [],
  verdict: ["title"],
  message: ["title", "message", "diagnosis", "output"],
  difference: ["title", "message", "diagnosis", "output", "expected", "actual"],
};

/** One student whose every test failed, with secrets in every field; the second test may have a level of its own. */
function secretReport(feedback: Feedback, second = feedback): GradeReport {
  const { title, message, expected, actual, diagnosis, output } = SECRETS;
  const report = withTests(oneStudent(sampleReport(), "ada"), (test, { tests }): TestReport => ({
    ...test,
    title: `${title} ${tests.indexOf(test)}`,
    earned: 0,
    verdict: "failed",
    message,
    expected,
    actual,
    feedback: tests.indexOf(test) === 1 ? second : feedback,
  }));
  for (const exercise of report.submissions.flatMap(({ exercises }) => exercises))
    Object.assign(exercise, { diagnosis, output, verdict: "failed", changedInput: true });
  return { ...report, seed: 987654321, warnings: ["WARNING-word"] };
}

/** All that a student may be given, by format: what is made for students, and every format of what they may see. */
function given(report: GradeReport): Map<string, string> {
  const seen = forStudents(report, NOW);
  const formats = Object.entries<ReportFormat>(reportFormats);
  return new Map([
    ...formats.map(([name, { write }]) => [name, write(seen)] as const),
    ["gradescope, from the whole report", gradescopeReport(report, NOW)] as const,
    ["github-classroom, from the whole report", githubClassroomReport(report, NOW)] as const,
    ...studentPages(report, NOW),
  ]);
}

/** What a hidden row of Gradescope's holds stays there until the due date: see `visibility`. */
function visible(name: string, text: string): string {
  if (!name.startsWith("gradescope")) return text;
  const { tests, ...rest } = JSON.parse(text) as { tests: { visibility: string }[] };
  return JSON.stringify({
    ...rest,
    tests: tests.filter(({ visibility }) => visibility === "visible"),
  });
}

const later = (level: Feedback["level"], from: string): Feedback => ({
  level: "nothing",
  later: { from, level },
});
const LEVELS: [string, Feedback, Feedback["level"]][] = [
  ["nothing", { level: "nothing" }, "nothing"],
  ["verdict", { level: "verdict" }, "verdict"],
  ["message", { level: "message" }, "message"],
  ["difference", { level: "difference" }, "difference"],
  ["nothing, difference from tomorrow", later("difference", "2026-11-23T00:00:00Z"), "nothing"],
  ["nothing, message from yesterday", later("message", "2026-11-21T00:00:00Z"), "message"],
];

describe("what students may see, in every format", () => {
  for (const [name, feedback, level] of LEVELS)
    it(`at the level ${name}`, () => {
      for (const [format, text] of given(secretReport(feedback))) {
        const shown = visible(format, text);
        for (const secret of Object.keys(SECRETS) as Secret[])
          if (!MAY[level].includes(secret))
            assert(!shown.includes(SECRETS[secret]), `${format} tells the ${secret}`);
        assert(!/987654321|WARNING-word/.test(shown), `${format} tells of the grading itself`);
      }
      const page = studentPages(secretReport(feedback), NOW).get("ada.html")!;
      for (const secret of MAY[level]) assert(page.includes(SECRETS[secret]), `no ${secret}`);
      if (level !== "difference") assert(!page.includes("passed"), "what is wrong shows as right");
    });

  it("where a test is not explained, none behind it is: the answer may say in one what it saw in another", () => {
    const { message, actual } = SECRETS;
    const firstAlone = secretReport({ level: "difference" }, { level: "verdict" });
    for (const [format, text] of given(firstAlone))
      if (format === "ada.html") assert(text.includes(message) && text.includes(actual));
    const secondAlone = secretReport({ level: "verdict" }, { level: "difference" });
    for (const [format, text] of given(secondAlone)) {
      const shown = visible(format, text);
      assert(!shown.includes(message) && !shown.includes(actual), format);
    }
  });

  it("the zip for Moodle and Canvas holds the same pages, and no other", async () => {
    for (const [name, feedback] of LEVELS) {
      const report = secretReport(feedback);
      for (const { student } of report.submissions)
        student.platform = {
          name: "moodle",
          number: "12",
          prefix: "Ada_12_assignsubmission_file_",
        };
      const zip = await fromBufferPromise((await feedbackZip(report, NOW))!);
      const pages: string[] = [];
      for await (const entry of zip.eachEntry())
        pages.push(await text(await zip.openReadStreamPromise(entry)));
      assert.deepEqual(pages, [...studentPages(report, NOW).values()], name);
    }
  });

  it("one hidden test keeps back what was printed, which may hold its inputs", () => {
    const report = secretReport({ level: "difference" }, { level: "verdict" });
    for (const [format, text] of given(report))
      assert(!text.includes(SECRETS.output), `${format} tells what was printed`);
  });

  it("an exercise whose tests are all hidden is not shown as passed, whether it is or not", () => {
    for (const verdict of ["passed", "failed"] as const) {
      const report = withTests(secretReport({ level: "nothing" }), (test) => ({
        ...test,
        verdict,
      }));
      for (const { exercises } of forStudents(report, NOW).submissions)
        for (const exercise of exercises) assert.equal(exercise.verdict, "withheld");
    }
  });
});
