import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  type Answer,
  check,
  convBackward,
  type ConvCache,
  hint,
  inProject,
  progress,
  solution,
  tensor,
  zeros,
  type Tensor,
  yourCode,
} from "convbook";
import { exerciseById, inProcess, runExercise } from "convbook/authoring";
import { progressOf, resultCard } from "#dist/exercises/index.js";

/** What was printed while `action` ran: in a terminal, display prints its text. */
async function printed(action: () => void | Promise<void>): Promise<string> {
  const lines: string[] = [];
  const log = console.log;
  console.log = (...words: unknown[]) => void lines.push(words.join(" "));
  try {
    await action();
  } finally {
    console.log = log;
  }
  return lines.join("\n");
}

const rightReflect = (i: number, n: number): number => {
  const period = 2 * (n - 1);
  const within = ((i % period) + period) % period;
  return within < n ? within : period - within;
};

describe("in the notebook", () => {
  let folder: string;
  let before_: string | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "convbook-"));
    before_ = process.env.CONVBOOK_PROGRESS;
    process.env.CONVBOOK_PROGRESS = join(folder, "progress.json");
  });
  afterEach(() => {
    if (before_ === undefined) delete process.env.CONVBOOK_PROGRESS;
    else process.env.CONVBOOK_PROGRESS = before_;
    rmSync(folder, { recursive: true });
  });

  it("check(id, right answer) says passed, and the record keeps it", async () => {
    const text = await printed(() => check("02.reflectIndex", rightReflect));
    assert.match(text, /✓ Passed · 3 of 3 points · 02.reflectIndex/);
    assert.equal(progressOf("02.reflectIndex").verdict, "passed");
  });

  it("check(id, wrong answer) names the mistake, the call and both numbers", async () => {
    const text = await printed(() =>
      check("02.reflectIndex", (i: number, n: number) => Math.min(Math.max(i, 0), n - 1)),
    );
    assert.match(text, /✗ Not yet · 1 of 3 points/);
    assert.match(text, /That is edge padding/);
    assert.match(text, /reflectIndex\(-1, 4\): expected 1, got 0\./);
  });

  it("check(id, an answer that throws) shows its error as the learner's own", async () => {
    const text = await printed(() =>
      check("02.reflectIndex", () => {
        throw new RangeError("oh");
      }),
    );
    assert.match(text, /Your code threw RangeError: oh/);
  });

  it("check(id, an answer that returns nothing) asks for the return", async () => {
    const text = await printed(() => check("02.zeroPad", () => undefined));
    assert.match(
      text,
      /returned nothing, expected a Tensor of shape \[1, 4, 4, 1\]. Is there a return at the end\?/,
    );
  });

  it("check(id, a promise that never settles) ends, and says so", async () => {
    const text = await printed(() =>
      check("02.reflectIndex", () => new Promise(() => {}), { timeout: 30 }),
    );
    assert.match(text, /It did not come to an end/);
  });

  it("check(id, an answer that is wrong at first and then never settles) ends as well", async () => {
    const wrongOrNever = (i: number) => (i === -1 ? 7 : i < 0 ? new Promise(() => {}) : i);
    const text = await printed(() => check("02.reflectIndex", wrongOrNever, { timeout: 30 }));
    assert.match(text, /expected 1, got 7/);
    assert.match(text, /It did not come to an end/);
  });

  it("check(unknown id) lists the exercises of the lesson", async () => {
    await assert.rejects(
      check("02.zeropad", rightReflect),
      /one of 02.coverage, 02.zeroPad, 02.samePadding/,
    );
  });

  it("check(id, the function of last time) says so first; for a new one it does not", async () => {
    const wrong = () => (): number => 7;
    const first = wrong();
    const same =
      /^This is the function that I checked last time\. Did the cell above end with an error/;
    assert.doesNotMatch(await printed(() => check("02.reflectIndex", first)), same);
    assert.match(await printed(() => check("02.reflectIndex", first)), same);
    assert.doesNotMatch(await printed(() => check("02.reflectIndex", wrong())), same);
  });

  it("check(id, an answer that calls what is not written) names that", async () => {
    function correlate2d(): Tensor {
      return yourCode();
    }
    function sobelMagnitude(): Tensor {
      return correlate2d();
    }
    const text = await printed(() => check("01.sobelMagnitude", sobelMagnitude));
    assert.match(text, /correlate2d is not written yet, and your sobelMagnitude calls it/);
  });

  it("check(id, an answer that calls a function that has not passed) names the suspect", async () => {
    const correlate2d = (x: Tensor): Tensor => x;
    const sobelMagnitude = (x: Tensor): Tensor => correlate2d(x);
    const text = await printed(() => check("01.sobelMagnitude", sobelMagnitude));
    assert.match(text, /calls correlate2d, which has not passed its own check, 01\.correlate2d/);
  });

  it("check(id, an answer that throws everywhere) tells the error once, with the call", async () => {
    const text = await printed(() =>
      check("02.reflectIndex", () => {
        throw new RangeError("oh");
      }),
    );
    assert.equal(text.match(/RangeError: oh/g)?.length, 1);
    assert.match(text, /When it was called as reflectIndex\(0, 4\)\./);
    assert.equal(text.match(/The same error\./g)?.length, 2);
  });

  it("check(id, a wrong answer after a pass) says when it was passed", async () => {
    await printed(() => check("02.reflectIndex", rightReflect));
    const text = await printed(() => check("02.reflectIndex", () => 0));
    assert.match(text, /You passed this exercise on .*, and in your record it stays passed\./);
  });

  it("two processes that change the record at once lose nothing", async () => {
    const code = `const { remember, progressOf } = require(${JSON.stringify(require.resolve("#dist/exercises/index.js"))});
      for (let i = 0; i < 30; i++) remember(process.argv[1], { attempts: progressOf(process.argv[1]).attempts + 1 });`;
    const ids = ["02.zeroPad", "02.coverage", "03.outputSize"];
    await Promise.all(
      ids.map((id) =>
        promisify(execFile)(process.execPath, ["-e", code, id], { cwd: inProject() }),
      ),
    );
    for (const id of ids) assert.equal(progressOf(id).attempts, 30, id);
  });

  it("check(id, the call instead of the function) says what to pass", async () => {
    await assert.rejects(
      check("02.zeroPad", zeros([1]) as unknown as Answer),
      /await check\("02.zeroPad", zeroPad\)/,
    );
  });

  const reflects = exerciseById("test", "02.reflectIndex");

  it("a test that expects an error does not pass when nothing is written yet", async () => {
    const run = async (answer: () => Promise<unknown>): Promise<void> => assert.rejects(answer());
    const expectsError = { ...reflects, tests: [{ title: "reflectIndex(0, 0) is refused", run }] };
    const starter = inProcess(() => yourCode());
    assert.equal((await runExercise(expectsError, starter)).verdict, "not attempted");
    const refuses = inProcess(() => {
      throw new RangeError("too small");
    });
    assert.equal((await runExercise(expectsError, refuses)).verdict, "passed");
  });

  it("a test that stumbles over what came back finds it wrong, and does not say that the answer threw", async () => {
    const run = async (answer: (...input: never[]) => Promise<unknown>): Promise<void> => {
      ((await answer(...([0, 4] as never[]))) as number).toFixed();
    };
    const rounds = { ...reflects, tests: [{ title: "reflectIndex can be rounded", run }] };
    const { verdict, tests } = await runExercise(rounds, inProcess(() => "0")); // prettier-ignore
    assert.equal(verdict, "failed");
    assert.match(tests[0].message!, /^What came back is not what was asked for \(TypeError: /);
  });

  it("a message is cut to what anybody reads, however much came back", async () => {
    const lines = { ["\n".repeat(1_000_000)]: 0 };
    const { tests } = await runExercise(reflects, inProcess(() => lines)); // prettier-ignore
    assert.match(tests[0].message!, /must be a number, got an object with keys \{\n+$/);
    assert.equal(tests[0].message!.length, 2000);
  });

  it("a test that never calls the answer is a fault of the checker, and no pass", async () => {
    const uncalled = {
      ...reflects,
      tests: [{ title: "reflectIndex is nice", run: async () => {} }],
    };
    await assert.rejects(runExercise(uncalled, inProcess(rightReflect)), /never calls the answer/);
  });

  it("a test that our own solution does not pass is a fault of the checker: nobody can be judged by it", async () => {
    const fails = async (answer: (...input: never[]) => Promise<unknown>): Promise<void> =>
      assert.equal(await answer(...([0, 4] as never[])), 7);
    const unfair = { ...reflects, tests: [{ title: "unfair", run: fails }] };
    const message = /Our own solution does not pass "unfair" with seed 5/;
    await assert.rejects(runExercise(unfair, inProcess(rightReflect), { seed: 5 }), message);
  });

  it("an answer that writes into its input keeps its points and gets a remark", async () => {
    const writesInput = (x: Tensor, pad: number): Tensor => {
      const [m, h, w, c] = x.shape;
      const padded = zeros([m, h + 2 * pad, w + 2 * pad, c]);
      for (let i = 0; i < m; i++)
        for (let row = 0; row < h; row++)
          for (let column = 0; column < w; column++)
            for (let k = 0; k < c; k++)
              padded.set(x.get(i, row, column, k), i, row + pad, column + pad, k);
      x.set(99, 0, 0, 0, 0);
      return padded;
    };
    const result = await runExercise(exerciseById("test", "02.zeroPad"), inProcess(writesInput));
    assert.equal(result.verdict, "passed");
    assert.equal(result.changedInput, true);
    assert.match(resultCard(result)["text/plain"], /writes into the tensor it is given/);
  });

  it("a failed tensor is drawn beside the expected one, with the first difference marked", async () => {
    const flipped = (x: Tensor): Tensor => tensor([1, 2, 3, 4], [1, 2, 2, 1]).reshape(x.shape);
    const exercise = exerciseById("test", "02.zeroPad");
    const result = await runExercise(
      exercise,
      inProcess(() => flipped(zeros([1, 2, 2, 1]))),
    );
    assert.match(
      result.tests[0].message ?? "",
      /has shape \[1, 2, 2, 1\], expected \[1, 4, 4, 1\]/,
    );
    const ones = await runExercise(
      exercise,
      inProcess((x: Tensor, pad: number) =>
        zeros([x.shape[0], x.shape[1] + 2 * pad, x.shape[2] + 2 * pad, x.shape[3]]).map(() => 1),
      ),
    );
    assert.match(resultCard(ones)["text/html"], /expected \[0, 0 to 3, 0 to 3, 0\].*outline:2px/s);
  });

  it("of failed filters, [f, f, cin, cout], the rows and columns are drawn", async () => {
    const exercise = exerciseById("test", "06.convBackward");
    const withoutDw = (dz: Tensor, cache: ConvCache) => {
      const { daPrev, dw, db } = convBackward(dz, cache);
      return { daPrev, dw: zeros(dw.shape), db };
    };
    const result = await runExercise(exercise, inProcess(withoutDw));
    assert.match(resultCard(result)["text/html"], /expected \[0 to 1, 0 to 1, 0, 0\]/);
  });

  it("a pass stays a pass when a later try fails", async () => {
    await printed(() => check("02.reflectIndex", rightReflect));
    await printed(() => check("02.reflectIndex", () => 0));
    assert.equal(progressOf("02.reflectIndex").verdict, "passed");
    assert.equal(progressOf("02.reflectIndex").attempts, 2);
  });

  it("hint(id) shows one more each time, then points to the solution", async () => {
    const { hints } = exerciseById("test", "02.zeroPad");
    assert.match(await printed(() => hint("02.zeroPad")), /Hint 1 of 3/);
    assert.match(await printed(() => hint("02.zeroPad")), /Hint 2 of 3/);
    const last = await printed(() => hint("02.zeroPad"));
    assert(hints.every((text) => last.includes(text)));
    assert.match(last, /That was the last/);
    assert.equal(await printed(() => hint("02.zeroPad")), last);
  });

  it("solution(id) stays closed until the check has passed, or it is asked for all the same", async () => {
    assert.match(await printed(() => solution("02.reflectIndex")), /There are 3 hints left/);
    assert.match(
      await printed(() => solution("02.reflectIndex", { anyway: true })),
      /const period = 2 \* \(n - 1\)/,
    );
    await printed(() => check("02.zeroPad", exerciseById("test", "02.zeroPad").solution));
    assert.match(await printed(() => solution("02.zeroPad")), /function zeroPad/);
  });

  it("progress() counts what is passed", async () => {
    await printed(() => check("02.reflectIndex", rightReflect));
    const text = await printed(() => progress("02"));
    assert.match(text, /1 of 4 exercises passed, 3 of \d+ points/);
    assert.match(text, /✓ 02.reflectIndex/);
    assert.match(text, /○ 02.zeroPad/);
  });

  it("a progress file that cannot be read is kept aside, not overwritten", async () => {
    writeFileSync(join(folder, "progress.json"), '{"exercises": {"02.zeroPad"');
    await printed(() => check("02.reflectIndex", rightReflect));
    const kept = readdirSync(folder).find((name) => name.includes("unreadable"));
    assert(kept);
    assert.match(readFileSync(join(folder, kept), "utf8"), /02.zeroPad/);
  });
});
