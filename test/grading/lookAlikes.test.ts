import assert from "node:assert/strict";
import { lookAlikes } from "#dist/grading/lookAlikes.js";

describe("lookAlikes(names)", () => {
  it("names those that differ in capitals or in how an accent is written, once", () => {
    const [composed, apart] = ["NFC", "NFD"].map((form) => "zoë".normalize(form));
    assert.notEqual(composed, apart);
    const found = lookAlikes(["ada", "Ada", composed, "ben", apart, "ada"]);
    assert.equal(found.length, 2);
    assert.match(
      found[0],
      /^Ada and ada differ in capitals or accents alone, and count as 2 students/,
    );
    assert.match(found[1], new RegExp(`^${apart} and ${composed} differ`));
    assert.deepEqual(lookAlikes(["ada", "adam", "ada"]), []);
  });
});
