import assert from "node:assert/strict";
import { random, timeRatio, type Timing, timings } from "convbook";

const timing = (rounds: readonly number[]): Timing => ({ median: 1, low: 1, high: 1, rounds });

describe("timeRatio", () => {
  it("timeRatio(a, b) goes by rounds: a drift that both share drops out", () => {
    const drift = [1, 2, 4, 8, 16, 32, 64];
    const { median, low, high } = timeRatio(timing(drift.map((t) => 1.5 * t)), timing(drift));
    assert.deepEqual([median, low, high], [1.5, 1.5, 1.5]);
  });

  // scipy.stats.binom.cdf(k, n, 0.5): 0.0176 for 3 of 15, 0.0592 for 4; 0.0138 for 13 of 41, 0.0298 for 14.
  it("timeRatio(a, b) leaves out 0 of 6, 3 of 15 and 13 of 41 ratios at each end", () => {
    for (const [n, outside] of [
      [6, 0],
      [15, 3],
      [41, 13],
    ]) {
      const rounds = Array.from({ length: n }, (_, i) => ((i * 17) % n) + 1); // 1 to n in disorder
      const { low, high } = timeRatio(timing(rounds), timing(rounds.map(() => 1)));
      assert.deepEqual([low, high], [outside + 1, n - outside], `${n} rounds`);
    }
  });

  it("timeRatio(a, b) encloses the true median in about 95 of 100 cases, also of crooked times", () => {
    const source = random(19);
    const rounds = () => timing(Array.from({ length: 25 }, () => Math.exp(source.normal()))); // median 1
    let held = 0;
    for (let i = 0; i < 400; i++) {
      const { low, high } = timeRatio(rounds(), rounds());
      if (low <= 1 && 1 <= high) held++;
    }
    assert.ok(held > 370 && held < 400, `${held} of 400`);
  });

  it("timeRatio(a, b) also of thousands of rounds", () => {
    const rounds = Array.from({ length: 4001 }, (_, i) => i + 1);
    const { median, low, high } = timeRatio(timing(rounds), timing(rounds.map(() => 1)));
    assert.equal(median, 2001);
    assert.ok(low > 1930 && low < 1945 && high === 4002 - low, `${low} to ${high}`);
  });

  it("timeRatio(a, b) of what timings gave", () => {
    const busy = (times: number) => () => {
      let sum = 0;
      for (let i = 0; i < times; i++) sum += Math.sqrt(i);
      return sum;
    };
    const { twice, once } = timings(
      { twice: busy(2_000_000), once: busy(200_000) },
      { rounds: 7, clock: "processor" },
    );
    assert.ok(timeRatio(twice, once).low > 1);
    assert.equal(once.rounds.length, 7);
  });

  it("timeRatio(a, b) refuses too few rounds, unequally many, and what is no timing", () => {
    const six = timing([1, 1, 1, 1, 1, 1]);
    assert.throws(() => timeRatio(timing([1, 2, 3]), six), /timeRatio\(\): a .*6 rounds/s);
    assert.throws(() => timeRatio(six, timing([1, 1, 1, 1, 1, 1, 1])), /one call of timings/);
    assert.throws(() => timeRatio(six, { median: 1 } as never), /timeRatio\(\): b /);
    assert.throws(() => timeRatio(six, timing([1, 1, 1, 0, 1, 1])), /took some time/);
  });
});
