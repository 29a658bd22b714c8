import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { feedbackZip } from "convbook/dist/grading";
import { readWheel } from "convbook/dist/pretrained/wheel";
import { sampleReport } from "./report/sampleReport";

describe("feedbackZip(report, at)", () => {
  const at = new Date("2026-12-01T00:00:00Z");
  const members = async (foundIn: string, ...files: string[]): Promise<Map<string, string>> => {
    const report = sampleReport();
    const submissions = report.submissions.slice(0, files.length).map((one, i) => ({
      ...one,
      file: files[i],
      student: { ...one.student, foundIn },
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

  it("each student's page, in the folder or under the name that Moodle knows, and nobody else's", async () => {
    const pages = await members(
      "Moodle's name",
      "Ada_12_assignsubmission_file_/x/05.ipynb",
      "Bob_13_assignsubmission_file_05-pooling.ipynb",
    );
    const [ada, bob] = ["Ada_12_assignsubmission_file_/", "Bob_13_assignsubmission_file_"];
    assert.deepEqual([...pages.keys()], [`${ada}feedback.html`, `${bob}feedback.html`]);
    assert(pages.get(`${ada}feedback.html`)!.includes("<bdi>ada</bdi>"));
    assert(!pages.get(`${ada}feedback.html`)!.includes("bob, &lt;jr.&gt;"));
  });

  it("Canvas's name with the two numbers", async () => {
    const pages = await members("Canvas's name", "ada_LATE_12_34_05-pooling.ipynb");
    assert.deepEqual([...pages.keys()], ["ada_LATE_12_34_feedback.html"]);
  });

  it("without a platform's names there is none, nor of a group whose work another handed in", async () => {
    assert.equal((await members("the folder's name", "ada/05.ipynb")).size, 0);
    const group = await members(
      "group red, handed in by ben",
      "Ben_13_assignsubmission_file_/5.ipynb",
    );
    assert.equal(group.size, 0);
  });
});
