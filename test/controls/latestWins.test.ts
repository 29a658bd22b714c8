import assert from "node:assert/strict";
import { latestWins } from "#dist/controls/latestWins.js";

/** Until all that was to happen in the coming turns of the event loop has happened. */
async function turns(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
}

describe("latestWins", () => {
  it("latestWins(work) leaves out the values that were passed while it worked", async () => {
    const done: number[] = [];
    const ends: (() => void)[] = [];
    const take = latestWins((value: number) => {
      done.push(value);
      return new Promise<void>((resolve) => ends.push(resolve));
    });
    take(1);
    await turns();
    for (const value of [2, 3, 4]) take(value);
    await turns();
    assert.deepEqual(done, [1]);
    ends[0]();
    await turns();
    assert.deepEqual(done, [1, 4]);
    ends[1]();
    await turns();
    assert.deepEqual(done, [1, 4]);
    take(5);
    await turns();
    assert.deepEqual(done, [1, 4, 5]);
  });

  it("latestWins(work) takes the last of values that come in one turn", async () => {
    const done: number[] = [];
    const take = latestWins((value: number) => done.push(value));
    for (const value of [1, 2, 3]) take(value);
    await turns();
    assert.deepEqual(done, [3]);
  });
});
