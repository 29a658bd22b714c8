import assert from "node:assert/strict";
import { type GradeFlags, readSettings } from "#dist/grading/index.js";

describe("readSettings(flags)", () => {
  it("readSettings({}) has limits, no due date, and as many jobs as there are cores", async () => {
    const settings = await readSettings({});
    const { timeout, totalTimeout, memory, late, seed, lessons } = settings;
    assert.deepEqual(
      { timeout, totalTimeout, memory },
      { timeout: 5000, totalTimeout: 60_000, memory: 512 },
    );
    assert.deepEqual(
      { late, seed, lessons },
      { late: undefined, seed: undefined, lessons: undefined },
    );
    assert(settings.jobs >= 1);
  });

  it("readSettings takes times, percentages and the number of a lesson as they are typed", async () => {
    const settings = await readSettings({
      due: "2026-11-20T23:59+01:00",
      late: "10%/day",
      grace: "2h",
      floor: "50%",
      lesson: "5, 02-padding",
      timeout: "0.5",
      seed: "0",
    });
    assert.deepEqual(settings.late, {
      due: "2026-11-20T22:59:00.000Z",
      grace: 120,
      percentPerDay: 10,
      floorPercent: 50,
    });
    assert.deepEqual(settings.lessons, ["05-pooling", "02-padding"]);
    assert.deepEqual([settings.timeout, settings.seed], [500, 0]);
  });

  const bad: [GradeFlags, RegExp][] = [
    [{ timeout: "fast" }, /--timeout must be a number of seconds above 0, but is "fast"/],
    [{ timeout: "0" }, /--timeout must be/],
    [{ memory: "64" }, /--memory must be an integer of at least 128, but is "64"/],
    [{ jobs: "0" }, /--jobs must be an integer of at least 1/],
    [{ jobs: "" }, /--jobs must be/],
    [{ seed: "-1" }, /--seed must be an integer of at least 0/],
    [{ seed: "2.5" }, /--seed must be/],
    [{ late: "10%/day" }, /--late needs --due/],
    [{ due: "tomorrow" }, /--due must be a date and time/],
    [{ due: "2026-11-20" }, /--due must be a date and time like .*, but is "2026-11-20"/],
    [{ due: "2026-02-30T12:00Z" }, /--due must be a date and time/],
    [{ submitted: "times.csv" }, /--submitted needs --due/],
    [{ due: "2026-11-20T12:00Z", late: "ten" }, /--late must be a percentage like "10%\/day"/],
    [{ due: "2026-11-20T12:00Z", floor: "120%" }, /--floor must be a percentage like "50%"/],
    [{ due: "2026-11-20T12:00Z", grace: "soon" }, /--grace must be a time like "15m"/],
    [{ lesson: "99" }, /--lesson must be the number or name of a lesson .*, but is "99"/],
    [{ overrides: "gone.csv" }, /gone\.csv cannot be read/],
    [{ privateTests: "gone" }, /no folder gone with private tests/],
  ];
  for (const [flags, message] of bad)
    it(`readSettings(${JSON.stringify(flags)}) is refused`, () =>
      assert.rejects(readSettings(flags), message));
});
