import assert from "node:assert/strict";
import type { FoundSubmission } from "#dist/grading/index.js";
import { withoutFloods } from "#dist/grading/submissions/floods.js";

describe("withoutFloods(found)", () => {
  const found = (student: string, file: string, day: number) =>
    ({
      student: { id: student, foundIn: "" },
      file,
      changed: () => ({ at: new Date(2026, 0, day).toISOString(), foundIn: "" }),
    }) as unknown as FoundSubmission;

  it("keeps the last ten of a lesson and sixty of all, in their order, and says so", () => {
    const many = Array.from({ length: 2000 }, (_, i) => found("mal", `k${i}/05.ipynb`, i + 1));
    const all = [found("ada", "ada/05.ipynb", 1), ...many, found("ada", "ada/06.ipynb", 2)];
    const kept = withoutFloods(all);
    assert.deepEqual(kept.all, [all[0], ...many.slice(1990), all.at(-1)]);
    assert.match(
      kept.passedOver.join(),
      /^mal handed in 2000 notebooks, of which the last 10 are graded/,
    );
    const lessons = Array.from({ length: 23 }, (_, i) => String(i + 1).padStart(2, "0"));
    const term = lessons.flatMap((lesson) =>
      Array.from({ length: 9 }, (_, i) => found("mal", `${lesson}/${i}/${lesson}.ipynb`, i + 1)),
    );
    assert.equal(withoutFloods(term).all.length, 60);
    assert.deepEqual(withoutFloods(term.slice(0, 60)), { all: term.slice(0, 60), passedOver: [] });
  });
});
