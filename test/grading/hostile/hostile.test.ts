import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AsyncAnswer,
  exercise,
  expectTensor,
  randomIntegers,
  type Tensor,
  type TestContext,
} from "convbook";
import { type ExerciseResult, runExercise } from "convbook/authoring";
import { openSandbox, type Sandbox } from "#dist/sandbox/index.js";
import { inProject } from "#dist/project/index.js";
import { sampleOf } from "../../samples";

/**
 * Every file in submissions/ is a learner's cell that tries something. Its first two lines say what, and which
 * verdict it gets. None may gain a point, learn a secret, leave a trace, or harm who is graded next.
 */
const folder = inProject("test", "grading", "hostile", "submissions");
/** Milliseconds for one call: of those that are to be stopped, and of those that are to come to an end on a busy machine too. */
const SHORT = 300;
const LONG = 20_000;

function times(x: Tensor, factor: number): Tensor {
  return x.map((value) => value * factor);
}
const scale = exercise<typeof times>({
  id: "99.scale",
  title: "Every value times a factor",
  minutes: 1,
  task: "Write `scale(x, factor)`: every value of x times the factor.",
  example: "scale(tensor([1, 2]), 3) // → [3, 6]",
  starter: "function scale(x: Tensor, factor: number): Tensor {\n  return yourCode();\n}",
  solution: times,
  tests: [3, 4].map((rows) => ({
    title: `scale(x, factor) of ${rows} rows`,
    async run(scale: AsyncAnswer<typeof times>, { random }: TestContext) {
      for (const factor of [2, 3]) {
        const x = randomIntegers([rows, 2], 1, 9, random); // [rows, 2]
        expectTensor(await scale(x, factor), times(x, factor), { of: "scale(x, factor)" });
      }
    },
  })),
  hints: ["?", "!"],
  wrongAnswers: [],
});
const HONEST = `
import { Tensor } from "convbook";
function scale(x: Tensor, factor: number): Tensor {
  return x.map((value) => value * factor);
}`;

interface Graded {
  result: ExerciseResult;
  output: string;
  /** What was run. */
  code: string;
  milliseconds: number;
}

async function grade(sandbox: Sandbox, text: string): Promise<Graded> {
  const before = performance.now();
  const submission = await sandbox.submission([{ origin: "cell 1", text }], ["scale"]);
  const answer = submission.answer("scale");
  const result = await runExercise(scale, answer);
  const output = answer.output();
  submission.end();
  const { code = "" } = answer;
  return { result, output, code, milliseconds: performance.now() - before };
}

/** The lines of a submission that are to be run: a statement outside of the function would be left out, and attempt nothing. */
function linesToRun(text: string): string[] {
  return text.split("\n").filter((line) => line !== "" && !/^(\/\/|import )/.test(line));
}

/** Processes that this one has started and that have not ended, on Linux. */
function children(): string[] {
  const file = `/proc/${process.pid}/task/${process.pid}/children`;
  return existsSync(file) ? readFileSync(file, "utf8").split(" ").filter(Boolean) : [];
}

for (const namespaces of [true, false])
  describe(`hostile submissions, ${namespaces ? "in the best isolation there is" : "without namespaces"}`, function () {
    this.timeout(60_000);
    const secret = `s3cret-${process.pid}-${process.hrtime.bigint()}`;
    const secretFolder = mkdtempSync(join(tmpdir(), "convbook-secret-"));
    const secretFile = join(secretFolder, "secret.txt");
    const traces = [inProject("build", "left-behind.png")];
    const server = createServer((visitor) => void (visits++, visitor.destroy()));
    let visits = 0;
    let port: number;
    let impatient: Sandbox;
    let patient: Sandbox;
    let startedBefore: string[];

    before(async () => {
      startedBefore = children();
      writeFileSync(secretFile, secret);
      process.env.CONVBOOK_SECRET = secret;
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      port = (server.address() as AddressInfo).port;
      impatient = openSandbox({ namespaces, callLimit: SHORT, memory: 256 });
      patient = openSandbox({ namespaces, callLimit: LONG, memory: 256 });
    });
    after(async () => {
      impatient.close();
      patient.close();
      delete process.env.CONVBOOK_SECRET;
      rmSync(secretFolder, { recursive: true });
      await new Promise((resolve) => server.close(resolve));
    });

    const files = readdirSync(folder).sort();
    for (const file of namespaces ? files : sampleOf(files, 3)) {
      const text = readFileSync(join(folder, file), "utf8");
      const [, attempt] = /^\/\/ Attempts (.+)\n/.exec(text) ?? [];
      const [, verdict] = /^\/\/ Verdict: (.+)$/m.exec(text) ?? [];

      it(`${file} attempts ${attempt}`, async () => {
        const filledIn = text
          .replaceAll("SECRET_FILE", secretFile)
          .replaceAll("PROJECT", inProject())
          .replaceAll("PORT", String(port));
        const sandbox = verdict === "timeout" ? impatient : patient;
        const { result, output, code, milliseconds } = await grade(sandbox, filledIn);
        const messages = result.tests.map((test) => `${test.verdict}: ${test.message}`).join("\n");
        assert.equal(result.earned, 0, messages);
        assert.equal(result.verdict, verdict, messages);
        for (const line of linesToRun(filledIn)) assert(code.includes(line), `left out: ${line}`);
        if (verdict === "timeout") assert(milliseconds < 10_000, `${milliseconds} ms`);

        const everything = JSON.stringify(result) + output;
        assert(!everything.includes(secret), `it has learned the secret: ${everything}`);
        assert(!/root:x:0|starter|fillZeros/.test(everything), `it has read a file: ${everything}`);
        assert(!/[\u001b\u0007\u202e]/.test(messages + output), "its message commands a terminal");
        assert(everything.length < 100_000, `${everything.length} characters came back`);
        assert.equal(visits, 0, "it has reached the network");
        for (const trace of traces) assert(!existsSync(trace), `it has left ${trace}`);

        const next = await grade(patient, HONEST);
        assert.equal(next.result.verdict, "passed", JSON.stringify(next.result));
        assert.equal(next.result.earned, scale.points);
      });
    }

    it("leaves no process behind", async () => {
      impatient.close();
      patient.close();
      for (let wait = 0; wait < 50 && children().length > startedBefore.length; wait++)
        await new Promise((resolve) => setTimeout(resolve, 100));
      assert.deepEqual(children(), startedBefore);
    });
  });
