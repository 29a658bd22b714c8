import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gradeSubmissions, readSettings, type SubmissionReport } from "convbook/dist/grading";
import { inProject } from "convbook/dist/project";
import { readStyles } from "./class/styles";

/** That of `check`, so that both see the same inputs. */
const SEED = "2026";
const LESSON = "02-padding";

describe("notebooks in odd but honest styles", function () {
  this.timeout(1_200_000);
  const styles = readStyles();
  let kernel: Map<string, Record<string, number>>;
  let graded: Map<string, SubmissionReport>;

  before(async () => {
    const folder = mkdtempSync(join(tmpdir(), "convbook-styles-"));
    try {
      for (const [name, cells] of styles) {
        const json = cells.map((source) => ({
          cell_type: "code",
          source,
          metadata: {},
          outputs: [],
        }));
        const notebook = { cells: json, metadata: {}, nbformat: 4, nbformat_minor: 5 };
        writeFileSync(join(folder, `${name}.ipynb`), JSON.stringify(notebook));
      }
      const env = {
        ...process.env,
        NBGRADER_EXECUTION: "1", // check says its points as data
        CONVBOOK_PROGRESS: join(folder, "progress.json"),
      };
      const program = join(__dirname, "class", "kernelMarks.js");
      const { stdout } = await promisify(execFile)(process.execPath, [program], {
        cwd: inProject(),
        env,
        maxBuffer: 2 ** 26,
      });
      const lines = stdout.trim().split("\n");
      kernel = new Map(lines.map((line) => JSON.parse(line) as [string, Record<string, number>]));
      const settings = await readSettings({ lesson: LESSON, layout: "files", seed: SEED });
      const { report } = await gradeSubmissions([folder], settings);
      graded = new Map(report.submissions.map((one) => [one.student.id, one]));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("are a class", () => {
    assert(styles.size >= 100, `${styles.size}`);
    assert.equal(kernel.size, styles.size);
    assert.equal(graded.size, styles.size);
    const marks = [...kernel.values()].flatMap((one) => Object.values(one));
    assert(marks.filter((mark) => mark > 0).length > 90, "the kernel ran them");
  });

  for (const name of styles.keys())
    it(`${name}: the grader's marks are the kernel's`, () => {
      const { exercises } = graded.get(name)!;
      for (const { id, earned, message, remarks, tests } of exercises) {
        const why = [message, ...remarks, ...tests.map((test) => test.message)].join("\n");
        assert.equal(earned, kernel.get(name)![id] ?? 0, `${id}: ${why}`);
      }
    });
});
