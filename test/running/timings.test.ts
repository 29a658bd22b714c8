import assert from "node:assert/strict";
import { timings } from "convbook";

/** Keeps the processor busy for a while, in milliseconds. */
function busy(milliseconds: number): void {
  const start = performance.now();
  while (performance.now() - start < milliseconds);
}

describe("timings", () => {
  it("timings(tasks, {rounds: 20}) lets the tasks take turns, after each has run once untimed", () => {
    const calls: string[] = [];
    const task = (name: string) => () => {
      calls.push(name);
      busy(2); // long enough to be run once a round
    };
    timings({ a: task("a"), b: task("b"), c: task("c") }, { rounds: 20 });
    const rounds = Array.from({ length: 21 }, (_, i) => calls.slice(3 * i, 3 * i + 3).join(""));
    assert.equal(rounds[0], "abc");
    for (const round of rounds) assert.equal([...round].sort().join(""), "abc");
  });

  it("timings(tasks) asks in another order each round, so that no task always follows the same one", () => {
    const calls: string[] = [];
    const task = (name: string) => () => {
      calls.push(name);
      busy(2);
    };
    timings({ a: task("a"), b: task("b"), c: task("c") }, { rounds: 20 });
    const pairs = new Set(calls.slice(3).map((name, i, all) => name + (all[i + 1] ?? "")));
    for (const pair of ["ab", "ba", "ac", "ca", "bc", "cb"]) assert.ok(pairs.has(pair), pair);
  });

  it("timings(tasks) gives the time of one run, also where it repeats a short one", () => {
    let calls = 0;
    const { short } = timings({ short: () => void calls++ }, { rounds: 1 });
    assert(calls > 10, `${calls} calls`);
    assert(short.median > 0 && short.median < 0.5, `${short.median} ms`);
  });

  it("timings(tasks) does not mind a round that was disturbed", () => {
    let calls = 0;
    const { disturbed } = timings(
      { disturbed: () => busy(++calls === 3 ? 200 : 2) },
      { rounds: 9 },
    );
    assert(disturbed.low >= 2, `${disturbed.low} ms`);
    assert(disturbed.low <= disturbed.median && disturbed.median <= disturbed.high);
    assert(disturbed.median < 200, `${disturbed.median} ms`);
  });

  it('timings(tasks, {clock: "processor"}) does not count the time that a task waits', () => {
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const wait = () => Atomics.wait(flag, 0, 0, 100);
    const { waits } = timings({ waits: wait }, { rounds: 3, clock: "processor" });
    assert(waits.median < 50, `${waits.median} ms`);
    assert.throws(() => timings({ wait }, { clock: "sun" as never }), /"wall" or "processor"/);
  });

  it("timings({}) and timings({name: work()}) are refused", () => {
    const spoken = /timings\(\): tasks must be an object with functions/;
    assert.throws(() => timings({}), spoken);
    assert.throws(() => timings({ done: 3 } as never), spoken);
    assert.throws(() => timings({ nothing: () => 0 }, { rounds: 0 }), /rounds/);
  });
});
