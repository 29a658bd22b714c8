import assert from "node:assert/strict";
import { Worker } from "node:worker_threads";
import { type Answer } from "convbook";
import { exerciseById, inProcess, runExercise } from "convbook/authoring";
import { resultCard } from "#dist/exercises/index.js";

const reflects = exerciseById("test", "02.reflectIndex");
const check = (answer: Answer, time: number, memory = 2 ** 30) =>
  runExercise(reflects, inProcess(answer, { time, memory }));

describe("an answer that does not come to its end", () => {
  it("is ended by its time, also behind an await, and what it made before is there", async () => {
    let turns = 0;
    const loops = (i: number): number => {
      for (;;) turns += i === 0 ? 1 : 2;
    };
    const { verdict, tests } = await check(loops, 150);
    assert.equal(verdict, "timeout");
    assert.match(tests[0].message!, /was ended\. Does each loop come to its end/);
    assert(turns > 0);
  });

  it("is given less time once it was late, so that nobody waits for every test", async () => {
    const begin = Date.now();
    const { tests } = await check(() => {
      for (;;);
    }, 1000);
    assert(tests.every(({ verdict }) => verdict === "timeout"));
    assert.match(tests[0].message!, /after 1 s/);
    assert.match(tests[1].message!, /after 0.05 s/);
    assert(Date.now() - begin < 30_000);
  });

  it("hears once what to look for; of the later tests only that it is the same", async () => {
    const result = await check(() => {
      for (;;);
    }, 200);
    const hintsIn = (card: string): number =>
      card.split("Does each loop come to its end").length - 1;
    for (const card of Object.values(resultCard(result))) assert.equal(hintsIn(card), 1);
    const [, ...later] = result.tests;
    assert(later.length > 0);
    for (const { message } of later) assert.match(message!, /^The same: still running after/);
  });

  it("is ended where only reading what it returned has no end", async () => {
    const { tests } = await check(
      () => ({
        get value(): number {
          for (;;);
        },
      }),
      150,
    );
    assert.match(tests[0].message!, /was ended/);
  });

  it("hears when what it returned contains itself", async () => {
    const { tests } = await check(() => {
      const list: unknown[] = [];
      list.push(list);
      return list;
    }, 5000);
    assert.match(tests[0].message!, /nested more than 64 deep\. Does it contain itself\?/);
  });

  it("is ended when it takes memory without end", async () => {
    const kept: Float32Array[] = [];
    const { tests } = await check(
      () => {
        for (;;) kept.push(new Float32Array(2 ** 20).fill(1));
      },
      60_000,
      150 * 2 ** 20,
    );
    kept.length = 0;
    assert.match(tests[0].message!, /more and more memory/);
  });

  it("is ended by an interrupt, and is not called again", async () => {
    const code = `setTimeout(() => process.kill(process.pid, "SIGINT"), 300)`;
    let calls = 0;
    const result = await check(() => {
      calls += 1;
      new Worker(code, { eval: true });
      for (;;);
    }, 60_000);
    assert.equal(calls, 1);
    assert.equal(result.verdict, "timeout");
    assert.match(resultCard(result)["text/plain"], /You stopped it\./);
  });
});
