import type { GradeReport, TestReport } from "#dist/grading/report/index.js";

const test = (title: string, points: number, rest: Partial<TestReport> = {}): TestReport => ({
  title,
  points,
  earned: rest.verdict === undefined || rest.verdict === "passed" ? points : 0,
  verdict: "passed",
  private: false,
  feedback: { level: "difference" },
  ...rest,
});

/**
 * A small class, made up: full marks; a part, late, with a private test and characters that want escaping;
 * a notebook that cannot be read. What reports are made of in tests.
 */
export function sampleReport(): GradeReport {
  const exercises = [
    { id: "05.poolForward", title: "Pool a batch of images", points: 4 },
    { id: "05.globalAverage", title: "Average each channel", points: 2 },
  ];
  return {
    schema: "convbook-grades/1",
    convbook: "0.1.0",
    seed: 2026,
    isolation: {
      summary: "Each submission ran in a process of its own.",
      active: ["Node's permission model"],
      missing: ["a namespace sandbox: bubblewrap is not installed"],
    },
    settings: {
      timeout: 5_000,
      totalTimeout: 60_000,
      memory: 512,
      layout: "a folder a student, in class",
      total: "05-pooling, as --lesson says",
      feedback: { level: "difference" },
      late: { due: "2026-11-20T22:59:00.000Z", grace: 15, percentPerDay: 10, floorPercent: 50 },
      privateTests: ["05.globalAverage"],
    },
    lessons: [{ name: "05-pooling", points: 6, exercises }],
    submissions: [
      {
        student: { id: "ada", foundIn: "the folder's name" },
        file: "ada/05-pooling.ipynb",
        sha256: "a".repeat(64),
        lesson: "05-pooling",
        submitted: { at: "2026-11-20T20:00:00.000Z", foundIn: "the file's time of change" },
        outcome: "graded",
        earned: 6,
        points: 6,
        final: 6,
        exercises: [
          {
            ...exercises[0],
            earned: 4,
            awarded: 4,
            verdict: "passed",
            changedInput: false,
            remarks: [],
            typeErrors: [],
            tests: [test("poolForward(x, 2) takes maxima", 3), test("poolForward(x, 3)", 1)],
            code: "function poolForward(x: Tensor): Tensor {\n  return x;\n}",
          },
          {
            ...exercises[1],
            earned: 2,
            awarded: 2,
            verdict: "passed",
            changedInput: false,
            remarks: [],
            typeErrors: [],
            tests: [
              test("globalAverage(x) is one number a channel", 1),
              test("globalAverage(x) of large images", 1, {
                private: true,
                feedback: { level: "verdict" },
              }),
            ],
            code: "const globalAverage = (x: Tensor) => x;",
          },
        ],
      },
      {
        student: { id: "bob, <jr.>", foundIn: "the file's name" },
        file: "bob, <jr.>_05-pooling.ipynb",
        sha256: "b".repeat(64),
        lesson: "05-pooling",
        submitted: { at: "2026-11-22T08:00:00.000Z", foundIn: "the file's time of change" },
        outcome: "graded",
        earned: 3,
        points: 6,
        late: { days: 2, factor: 0.8, penalty: 0.8 },
        final: 3.2,
        exercises: [
          {
            ...exercises[0],
            earned: 3,
            awarded: 4,
            override: { points: 4, reason: 'The text said "may", not "must"' },
            verdict: "failed",
            diagnosis: "You took the average & not the maximum.",
            changedInput: true,
            remarks: ["poolForward is declared in cells 3 and 9; the last one counts."],
            typeErrors: [
              {
                cell: 9,
                line: 2,
                column: 3,
                message: "Type 'number' is not assignable to 'Tensor'.",
              },
            ],
            tests: [
              test("poolForward(x, 2) takes maxima", 3),
              test("poolForward(x, 3)", 1, {
                verdict: "failed",
                message: "poolForward(x, 3): at [0, 0, 0, 0] expected 3, got -1.",
                expected: "tensor [1, 1, 1, 1] float32: 3",
                actual: "tensor [1, 1, 1, 1] float32: -1",
              }),
            ],
            code: "function poolForward(x: Tensor): Tensor {\n  return x; // <b>&\n}",
            output: "first line\n\u001b[31mred\u001b[0m",
          },
          {
            ...exercises[1],
            earned: 0,
            awarded: 0,
            verdict: "not attempted",
            message: "No cell declares globalAverage.",
            changedInput: false,
            remarks: [],
            typeErrors: [],
            tests: [
              test("globalAverage(x) is one number a channel", 1, { verdict: "not attempted" }),
              test("globalAverage(x) of large images", 1, {
                verdict: "not attempted",
                private: true,
                feedback: { level: "verdict" },
              }),
            ],
          },
        ],
      },
      {
        student: { id: "cleo", foundIn: "the file's name" },
        file: "cleo_05-pooling.ipynb",
        sha256: "c".repeat(64),
        lesson: "05-pooling",
        outcome: "unreadable",
        message: "It is not JSON: was it cut off while it was saved?",
        earned: 0,
        points: 6,
        final: 0,
        exercises: [],
      },
    ],
    warnings: ['overrides.csv names "dora", who handed in nothing.'],
  };
}
