import type { GradeReport } from "#dist/grading/report/index.js";

/** Texts that a student can bring into a report: names, messages, code. Each breaks some format that is not careful. */
export const hostileTexts = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "</pre></details></style><script>alert(2)</script>",
  "]]><evil/>&amp;&#0;",
  '=HYPERLINK("http://example.org","marks")',
  "@SUM(A1:A9)",
  "+1+cmd|' /C calc'!A0",
  'comma, "quote"\r\nnew line',
  "nul \u0000 bell \u0007 escape \u001b[2J\u009b0m",
  "lone \ud800 surrogate \udc00",
  "\u202eturned round\u202c",
  "--> <!-- ${7*7} {{7*7}} `ls`",
];

/** The report with the text wherever a student, or what a student's code threw, can bring one in. */
export function withHostileText(report: GradeReport, text: string): GradeReport {
  const submissions = report.submissions.map((submission) => ({
    ...submission,
    student: { ...submission.student, id: `${text}${submission.student.id}` },
    file: `${text}/${submission.file}`,
    message: text,
    exercises: submission.exercises.map((exercise) => ({
      ...exercise,
      message: text,
      remarks: [text],
      typeErrors: [{ cell: 1, line: 1, column: 1, message: text }],
      code: text,
      output: text,
      tests: exercise.tests.map((test) =>
        test.verdict === "passed" ? test : { ...test, message: text, expected: text, actual: text },
      ),
    })),
  }));
  return { ...report, submissions, warnings: [text] };
}
