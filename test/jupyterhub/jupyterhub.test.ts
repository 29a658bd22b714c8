import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Notebook } from "#dist/cli/notebooks/notebook.js";
import { exerciseById, solutionListing } from "#dist/exercises/index.js";
import { lessonName } from "#dist/project/index.js";
import { Hub, isInstalled } from "./Hub";
import { processesWith } from "./memory";

const LESSON = lessonName("02");
const EXERCISE = "02.zeroPad";
const learners = ["ada", "bob"] as const;

describe("JupyterHub", function () {
  this.timeout(400_000);

  let hub: Hub | undefined;
  let folder = "";

  before(async function () {
    if (!isInstalled()) {
      // A test is no reason to install it; .ci/run has done so.
      if (process.env.CONVBOOK_FETCHES) assert.fail("npm run setup:jupyterhub has not succeeded");
      console.log("    JupyterHub is not installed here: npm run setup:jupyterhub");
      this.skip();
    }
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "convbook-hub-"));
    fs.mkdirSync(path.join(folder, "home"));
    hub = await Hub.start(folder);
  });
  after(async () => {
    await hub?.stop();
    if (folder) fs.rmSync(folder, { recursive: true, force: true });
  });

  it("starts the servers of two learners, who work on the same lesson apart", async () => {
    const running = hub!;
    const servers = await Promise.all(learners.map((user) => running.startServer(user)));
    const copy = (user: string) =>
      path.join(running.home(user), "convbook", "work", `${LESSON}.ipynb`);
    const answers = {
      ada: solutionListing(exerciseById("test", EXERCISE)),
      bob: "function zeroPad(x: Tensor, pad: number): Tensor {\n  return x;\n}",
    };
    for (const [i, user] of learners.entries()) {
      const cells = cellsOf(copy(user), answers[user]);
      const replies = await running.run(servers[i], `work/${LESSON}.ipynb`, cells);
      assert.deepEqual(
        replies.flatMap(({ status, text }, cell) => (status === "ok" ? [] : [{ cell, text }])),
        [],
        `cells of ${user} that failed`,
      );
      assert.equal(replies.length, cells.length);
    }
    const verdict = (user: string) => {
      const file = path.join(running.home(user), "convbook", "work", "progress.json");
      if (!fs.existsSync(file)) return undefined;
      const { exercises } = JSON.parse(fs.readFileSync(file, "utf8")) as {
        exercises: Record<string, { verdict: string }>;
      };
      return exercises[EXERCISE]?.verdict;
    };
    assert.equal(verdict("ada"), "passed");
    assert.equal(verdict("bob"), "failed");
  });

  it("needs less than 700 MB of memory for a learner", function () {
    const processes = learners.map((user) => processesWith("JUPYTERHUB_USER", user));
    if (processes.some((found) => found.length === 0)) this.skip(); // no /proc
    for (const [i, found] of processes.entries()) {
      const megabytes = (of: typeof found) =>
        Math.round(of.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6);
      const servers = found.filter(({ command }) => command.includes("jupyterhub.singleuser"));
      const kernels = found.filter((process) => !servers.includes(process));
      assert.ok(servers.length > 0 && kernels.length > 0);
      console.log(
        `      ${learners[i]}: server ${megabytes(servers)} MB, kernel ${megabytes(kernels)} MB`,
      );
      assert.ok(megabytes(found) < 700);
    }
  });
});

/** The code cells of a learner's copy, with an answer in the exercise's cell. */
function cellsOf(file: string, answer: string): string[] {
  const { cells } = JSON.parse(fs.readFileSync(file, "utf8")) as Notebook;
  return cells
    .filter(({ cell_type }) => cell_type === "code")
    .map(({ source, metadata: { convbook } }) =>
      convbook?.exercise === EXERCISE && convbook.role === "answer"
        ? answer
        : [source].flat().join(""),
    );
}
