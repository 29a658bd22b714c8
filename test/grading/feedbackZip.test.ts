import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { feedbackZip, type Student } from "#dist/grading/index.js";
import { layoutOf } from "#dist/grading/submissions/layouts/index.js";
import { readWheel } from "#dist/pretrained/wheel.js";
import { sampleReport } from "./report/sampleReport";

describe("feedbackZip(report, at)", () => {
  const at = new Date("2026-12-01T00:00:00Z");
  type Lies = [file: string, student: Partial<Student>];
  const members = async (...lie: Lies[]): Promise<Map<string, string>> => {
    const report = sampleReport();
    const submissions = report.submissions.slice(0, lie.length).map((one, i) => ({
      ...one,
      file: lie[i][0],
      student: { ...one.student, ...lie[i][1] },
    }));
    const zip = await feedbackZip({ ...report, submissions }, at);
    if (!zip) return new Map();
    const folder = mkdtempSync(join(tmpdir(), "convbook-"));
    try {
      writeFileSync(join(folder, "feedback.zip"), zip);
      const read = await readWheel(join(folder, "feedback.zip"), () => true);
      return new Map([...read].map(([name, bytes]) => [name, Buffer.from(bytes).toString("utf8")]));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  /** As the layout finds it of the names that a platform gives. */
  const named = (name: "moodle" | "canvas", ...files: string[]): Lies[] => {
    const contents = { folders: () => [], text: () => undefined };
    const found = files.map((file) => ({
      file: `/class/${file}`,
      root: "/class",
      below: file.split("/"),
      contents,
    }));
    const layout = layoutOf(found, "/", name);
    const platform = (i: number): Partial<Student> => {
      const { platform } = layout.whose(found[i]);
      return platform ? { platform } : {};
    };
    return files.map((file, i) => [file, platform(i)]);
  };

  it("each student's page, in the folder or under the name that Moodle knows, and nobody else's", async () => {
    const pages = await members(
      ...named(
        "moodle",
        "Ada_12_assignsubmission_file_/x/05.ipynb",
        "Bob_13_assignsubmission_file_05-pooling.ipynb",
      ),
    );
    const [ada, bob] = ["Ada_12_assignsubmission_file_/", "Bob_13_assignsubmission_file_"];
    assert.deepEqual([...pages.keys()], [`${ada}feedback.html`, `${bob}feedback.html`]);
    assert(pages.get(`${ada}feedback.html`)!.includes("<bdi>ada</bdi>"));
    assert(!pages.get(`${ada}feedback.html`)!.includes("bob, &lt;jr.&gt;"));
  });

  it("Canvas's name with the two numbers", async () => {
    const pages = await members(...named("canvas", "ada_LATE_12_34_05-pooling.ipynb"));
    assert.deepEqual([...pages.keys()], ["ada_LATE_12_34_feedback.html"]);
  });

  it("Moodle's folder without its last underscore, which a name for feedback must have", async () => {
    const pages = await members(...named("moodle", "Ada Li_12_assignsubmission_file/05.ipynb"));
    assert.deepEqual([...pages.keys()], ["Ada Li_12_assignsubmission_file_feedback.html"]);
  });

  it("without a platform's names there is none, nor of a group whose work another handed in", async () => {
    assert.equal((await members(["ada/05.ipynb", {}])).size, 0);
    const group = { foundIn: "group red, handed in by ben" };
    assert.equal((await members(["Ben_13_assignsubmission_file_/5.ipynb", group])).size, 0);
  });
});
