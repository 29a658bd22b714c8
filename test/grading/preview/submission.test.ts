import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { submission } from "convbook";
import {
  exerciseById,
  exercisesOf,
  inProcess,
  runExercise,
  solutionListing,
} from "convbook/authoring";
import { gradeSubmissions, readSettings } from "#dist/grading/index.js";
import { notebookFile } from "#dist/grading/preview/notebookFile.js";
import { previewCard } from "#dist/grading/preview/previewCard.js";
import { previewOf } from "#dist/grading/preview/previewOf.js";
import { notebookText } from "../class/notebookText";

describe("submission(file)", function () {
  this.timeout(120_000);
  const SEED = 41;
  const reflectIndex = exerciseById("test", "02.reflectIndex");
  let folder: string;
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "convbook-")));
    const cells = [
      solutionListing(reflectIndex),
      `await check("02.reflectIndex", reflectIndex);`,
      `const { zeros } = require("convbook");\nfunction coverage(): number[][] { return 1 +; }`,
      "function zeroPad(x, pad) { return x; } // <b>mine</b>",
    ];
    writeFileSync(join(folder, "02-padding.ipynb"), notebookText(cells));
  });
  after(() => rmSync(folder, { recursive: true }));
  const file = () => join(folder, "02-padding.ipynb");

  it("shows for each exercise what the grader gives, and why, and a receipt", async () => {
    const preview = await previewOf(file(), SEED);
    const settings = { ...(await readSettings({})), seed: SEED };
    const { report } = await gradeSubmissions([file()], settings);
    assert.deepEqual(preview.report.submissions[0].exercises, report.submissions[0].exercises);
    const [ours] = preview.report.submissions;
    const expected = await runExercise(reflectIndex, inProcess(reflectIndex.solution), {
      seed: SEED,
    });
    assert.equal(ours.exercises.find(({ id }) => id === reflectIndex.id)!.earned, expected.earned);
    const { "text/plain": text, "text/html": html } = previewCard(preview) as Record<
      string,
      string
    >;
    assert.match(text, /^02-padding: \d+ of \d+ points\n/);
    for (const { id } of exercisesOf("02-padding"))
      assert(text.includes(id) && html.includes(id), id);
    assert.match(text, /✓ 02\.reflectIndex .*: 3 of 3, passed/);
    assert.match(text, /✗ 02\.coverage .*error\n\s+It does not parse \(cell \d+, line 2/);
    assert.match(
      text,
      /○ 02\.samePadding .*not attempted\n\s+No cell declares a function samePadding/,
    );
    assert.match(text, /saved just now/);
    const hash = createHash("sha256").update(readFileSync(file())).digest("hex");
    for (const part of [hash, ours.codeHash!, `seed ${SEED}`, "02-padding.ipynb"])
      assert(text.includes(part), part);
    assert(!/<b>mine/.test(html));
  });

  it("says so where the file is old, or no notebook", async () => {
    const broken = join(folder, "broken.ipynb");
    writeFileSync(broken, "{");
    utimesSync(broken, new Date(), new Date(Date.now() - 3 * 3_600_000));
    const { "text/plain": text } = previewCard(await previewOf(broken, SEED)) as Record<
      string,
      string
    >;
    assert.match(text, /^broken\.ipynb: This is no notebook/);
    assert.match(text, /as it was saved 3 hours ago/);
    rmSync(broken);
  });

  it("the code's hash stays when outputs are saved, the file's does not", async () => {
    const before = (await previewOf(file(), SEED)).report.submissions[0];
    const notebook = JSON.parse(readFileSync(file(), "utf8")) as { metadata: object };
    writeFileSync(file(), JSON.stringify({ ...notebook, metadata: { saved: true } }));
    const after = (await previewOf(file(), SEED)).report.submissions[0];
    assert.notEqual(before.sha256, after.sha256);
    assert.equal(before.codeHash, after.codeHash);
    assert.equal(before.earned, after.earned);
  });

  it("finds the notebook: by path or lesson, as Jupyter names it, the only one there", () => {
    for (const named of ["02-padding.ipynb", file(), "02", "padding"])
      assert.equal(notebookFile(named, folder), file(), named);
    assert.equal(notebookFile(undefined, folder, "/elsewhere/02-padding.ipynb"), file());
    assert.equal(notebookFile(undefined, folder, ""), file());
    writeFileSync(join(folder, "other.ipynb"), "");
    assert.equal(notebookFile(undefined, folder, "work/other.ipynb"), join(folder, "other.ipynb"));
    assert.throws(
      () => notebookFile(undefined, folder, "gone.ipynb"),
      /submission\(\): file must be the notebook's name.*await submission\("02-padding\.ipynb"\).*other\.ipynb/s,
    );
    assert.throws(
      () => notebookFile("gone", folder),
      /file must be a notebook that is there.*"gone"/s,
    );
    assert.throws(() => notebookFile(7, folder), /file must be the name of a notebook/);
    rmSync(join(folder, "other.ipynb"));
    const empty = mkdtempSync(join(folder, "empty-"));
    assert.throws(() => notebookFile(undefined, empty), /There is no notebook in this folder/);
  });

  it("is refused where it names nothing that is there", async () => {
    await assert.rejects(submission("nowhere.ipynb"), { name: "ArgumentError" });
  });
});
