import assert from "node:assert/strict";
import { lateness } from "#dist/grading/marks/lateness.js";

describe("lateness(policy, submittedAt, points)", () => {
  const due = "2026-11-20T12:00:00Z";
  const policy = { due, grace: 15, percentPerDay: 10, floorPercent: 50 };
  const cases: [string, ReturnType<typeof lateness>][] = [
    ["2026-11-20T12:00:00Z", undefined],
    ["2026-11-20T12:15:00Z", { days: 0, factor: 1, penalty: 0 }],
    ["2026-11-20T12:15:01Z", { days: 1, factor: 0.9, penalty: 0.7 }],
    ["2026-11-21T12:00:00Z", { days: 1, factor: 0.9, penalty: 0.7 }],
    ["2026-11-21T12:00:01Z", { days: 2, factor: 0.8, penalty: 1.4 }],
    ["2026-12-31T12:00:00Z", { days: 41, factor: 0.5, penalty: 3.5 }],
  ];
  for (const [at, expected] of cases)
    it(`handed in ${at}, due ${due}: ${expected ? `${expected.penalty} of 7 points` : "in time"}`, () =>
      assert.deepEqual(lateness(policy, at, 7), expected));

  it("nothing is left without a floor after many days, and never less than nothing", () => {
    const late = lateness({ ...policy, floorPercent: 0 }, "2027-01-01T00:00:00Z", 7);
    assert.deepEqual([late?.factor, late?.penalty], [0, 7]);
  });
});
