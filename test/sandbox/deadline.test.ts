import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { deadline } from "#dist/sandbox/deadline.js";

/** How long it takes until `late` is called, in milliseconds. */
function patience(limit: number, now: () => number): Promise<number> {
  const begun = performance.now();
  return new Promise((resolve) => {
    deadline(limit, now, () => resolve(performance.now() - begun));
  });
}

describe("deadline", () => {
  it("deadline(limit, now, late) calls late when the limit has passed by the clock that is given", async () => {
    const elapsed = await patience(50, () => performance.now());
    assert(elapsed >= 50, `${elapsed} ms`);
  });

  it("deadline(limit, a clock that stands still, late) calls late after four times the limit, not before", async () => {
    const elapsed = await patience(50, () => 0);
    assert(elapsed >= 200, `${elapsed} ms`);
  });

  it("deadline(limit, now, late) does not count the time in which this thread was busy", async () => {
    const waited = patience(200, () => performance.now());
    const until = performance.now() + 300;
    while (performance.now() < until);
    const elapsed = await waited;
    assert(elapsed >= 380, `${elapsed} ms`); // it was deaf for 200 ms, and 200 are the limit
  });

  it("stop() of what deadline(limit, now, late) gives: late is not called", async () => {
    const stop = deadline(
      20,
      () => performance.now(),
      () => assert.fail("late"),
    );
    stop();
    await sleep(100);
  });
});
