import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { engine, random, randomNormal } from "convbook";

describe("engine threads", () => {
  after(() => engine.configure({ threads: 2 }));

  it("a process that used threads exits by itself, with its workers asleep or not yet awake", () => {
    const script = (rounds: number): string => `
      const { engine, full } = require("convbook");
      engine.configure({ threads: 4 });
      for (let i = 0; i < ${rounds}; i++) engine.conv2d(full([1, 64, 64, 16], 1), full([3, 3, 16, 16], 1));
      console.log("done");`;
    for (const rounds of [1, 100]) {
      const output = execFileSync(process.execPath, ["-e", script(rounds)], {
        cwd: __dirname,
        timeout: 9000,
        encoding: "utf8",
      });
      assert.equal(output, "done\n");
    }
  });

  it("the result does not depend on the number of threads", () => {
    const x = randomNormal([2, 30, 30, 24], random(1));
    const filter = randomNormal([3, 3, 24, 40], random(2));
    const results = [1, 2, 3, 8].map((threads) => {
      engine.configure({ threads });
      for (let i = 0; i < 20; i++) engine.conv2d(x, filter, { padding: 1 });
      return engine.conv2d(x, filter, { padding: 1 });
    });
    for (const result of results) assert.deepEqual([...result.data], [...results[0].data]);
  });
});
