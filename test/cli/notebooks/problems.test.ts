import assert from "node:assert/strict";
import type { CellRun } from "#dist/cli/notebooks/execute.js";
import type { Cell, Output } from "#dist/cli/notebooks/notebook.js";
import { describeProblems, notebookProblems, runProblems } from "#dist/cli/notebooks/problems.js";
import { projectRoot } from "#dist/project/index.js";
import { code, lesson, markdown, notebook } from "./cells";

const FIGURE = "application/vnd.plotly.v1+json";
const executed = (...outputs: Output[]): Cell => ({ ...code("x"), execution_count: 1, outputs });
const shown = (data: Record<string, unknown>): Output => ({
  output_type: "display_data",
  data,
  metadata: {},
});
const printed = (text: string, name: "stdout" | "stderr" = "stdout"): Output => ({
  output_type: "stream",
  name,
  text,
});

describe("notebookProblems", () => {
  it("notebookProblems(a sound notebook) finds nothing", () => {
    const sound = notebook(
      markdown("Text."),
      code("  \n"), // nothing in it to execute
      executed(printed("1\n".repeat(60))),
      executed(shown({ [FIGURE]: { data: [] }, "image/png": "abcd", "text/plain": "a figure" })),
      executed(shown({ "text/html": "<p></p>", "text/plain": "line\n".repeat(100) })),
    );
    assert.deepEqual(notebookProblems(sound), []);
  });

  const broken: [title: string, cell: Cell, message: RegExp][] = [
    ["a cell that was not executed", code("x"), /^was not executed/],
    ["stderr output", executed(printed("careful\n", "stderr")), /^wrote to stderr:\ncareful/],
    [
      "an error output",
      executed({ output_type: "error", ename: "E", evalue: "v", traceback: [] }),
      /^has an error output/,
    ],
    [
      "a figure without a picture",
      executed(shown({ [FIGURE]: {} })),
      /has a figure or a drawing without a picture/,
    ],
    ["a long print", executed(printed("1\n".repeat(61))), /^prints 61 lines/],
    [
      "a path of this machine",
      executed(printed(`at ${projectRoot}/dist`)),
      /^shows a path of this/,
    ],
    [
      "long texts that together are too long",
      executed(printed("1\n".repeat(40)), shown({ "text/plain": "1\n".repeat(40) })),
      /^prints 80 lines/,
    ],
  ];
  for (const [title, cell, message] of broken) {
    it(`notebookProblems(${title}) finds it, and in which cell`, () => {
      const [problem, ...others] = notebookProblems(notebook(executed(), cell, executed()));
      assert.equal(others.length, 0);
      assert.equal(problem.cell, 1);
      assert.match(problem.message, message);
    });
  }

  it("notebookProblems(a heavy notebook) says how heavy", () => {
    const heavy = shown({ "image/png": "A".repeat(8_100_000) });
    const [problem] = notebookProblems(notebook(executed(heavy)));
    assert.equal(problem.cell, undefined);
    assert.match(problem.message, /8\.1 MB/);
  });
});

describe("runProblems", () => {
  const run = (change: Partial<CellRun>): CellRun[] => [
    { cell: 0, status: "ok", seconds: 12, silence: 3, ...change },
  ];

  it("runProblems(a notebook whose replies are all ok) finds nothing", () => {
    assert.deepEqual(runProblems(notebook(executed()), run({})), []);
  });

  it("runProblems(a failed cell) says what it wrote to stderr", () => {
    const failed = notebook(executed(printed("1\n"), printed("Error: no\n", "stderr")));
    const [problem] = runProblems(failed, run({ status: "error" }));
    assert.deepEqual(problem, { cell: 0, message: "failed:\nError: no" });
  });

  for (const [status, message] of [
    ["aborted", "failed:\naborted"],
    ["timeout", "gave up after 12 seconds"],
    ["dead", "the kernel died"],
  ] as const) {
    it(`runProblems(a cell whose status is "${status}") finds it`, () => {
      const problems = runProblems(notebook(executed()), run({ status }));
      assert.deepEqual(problems, [{ cell: 0, message }]);
    });
  }

  it("runProblems(a cell that is silent for 11 seconds) asks for progress", () => {
    const [problem] = runProblems(notebook(executed()), run({ seconds: 11, silence: 11 }));
    assert.match(problem.message, /^showed nothing for 11 seconds/);
  });
});

describe("describeProblems", () => {
  it("describeProblems(lesson, problems) shows the cell, messages and source with the lines of lesson.md", () => {
    const sample = lesson("let x = 1;", "x = 2;\nx");
    assert.deepEqual(
      describeProblems(sample, [
        { cell: 1, message: "is wrong" },
        { cell: 1, message: "is silent" },
        { message: "too heavy" },
      ]),
      [
        "90-sample, code cell 2 (lesson.md line 20) is wrong\nand is silent\n\n" +
          "      20 | x = 2;\n      21 | x\n",
        "90-sample: too heavy",
      ],
    );
  });
});
