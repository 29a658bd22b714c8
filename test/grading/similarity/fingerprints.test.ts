import assert from "node:assert/strict";
import fc from "fast-check";
import { RUN, runsOf, WINDOW, winnow } from "#dist/grading/similarity/fingerprints.js";

const tokens = (forms: readonly number[]) =>
  forms.map((form, i) => ({ form: String(form), start: i, end: i + 1 }));
const fingerprintsOf = (forms: readonly number[]) => winnow(runsOf(tokens(forms)));
const program = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 30 }), { minLength: length, maxLength: length + 40 });

describe("winnow", () => {
  it("winnow(runs) finds whatever two programs share over RUN + WINDOW - 1 tokens", () => {
    fc.assert(
      fc.property(program(RUN + WINDOW - 1), program(0), program(0), (common, before, after) => {
        const one = fingerprintsOf([...before, ...common, ...after]);
        const other = fingerprintsOf([...after, ...common]);
        assert([...one].some((fingerprint) => other.has(fingerprint)));
      }),
      { seed: 1 },
    );
  });

  it("winnow(runs) keeps about 2 of every WINDOW + 1 runs, as the paper expects", () => {
    const forms = fc.sample(fc.integer({ min: 0, max: 1000 }), { numRuns: 6000, seed: 2 });
    const density = fingerprintsOf(forms).size / (forms.length - RUN + 1);
    assert.ok(Math.abs(density - 2 / (WINDOW + 1)) < 0.03, `${density}`);
  });

  it("winnow(few runs) chooses one, and of none none", () => {
    assert.equal(fingerprintsOf(Array.from({ length: RUN }, (_, i) => i)).size, 1);
    assert.equal(fingerprintsOf([1, 2, 3]).size, 0);
  });
});
