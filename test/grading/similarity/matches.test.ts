import assert from "node:assert/strict";
import fc from "fast-check";
import { random } from "convbook";
import { knownRuns, markedTexts, type MarkedText } from "#dist/grading/similarity/index.js";
import { disguise, randomProgram } from "./programs";

const whole = (texts: readonly MarkedText[]): string => texts.map(({ text }) => text).join("");
const nothing = knownRuns([], "");
const sharedIn = (texts: readonly MarkedText[]): string =>
  texts
    .filter(({ shared }) => shared !== "no")
    .map(({ text }) => text)
    .join("");

describe("markedTexts", () => {
  it("markedTexts(one, other, starter) loses no character, whatever the code", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer({ min: 1, max: 99 }), (a, b, seed) => {
        const program = randomProgram("f", random(seed), 4);
        const [one, other] = markedTexts(`${a}\n${program}`, `${program}\n${b}`, nothing);
        assert.equal(whole(one), `${a}\n${program}`);
        assert.equal(whole(other), `${program}\n${b}`);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it("markedTexts(a program, its disguise) marks all of both but comments", () => {
    const program = randomProgram("f", random(1));
    const [one, other] = markedTexts(program, disguise(program), nothing);
    assert.equal(sharedIn(one), program);
    assert.ok(sharedIn(other).length > 0.9 * disguise(program).replace(/\/\/.*/g, "").length);
  });

  it("markedTexts(one, other, starter) marks neither what differs nor what the starter has", () => {
    const [starter, common, mine, yours] = [1, 2, 3, 4].map((i) =>
      randomProgram(`f${i}`, random(i), 5),
    );
    const [one, other] = markedTexts(
      [starter, common, mine].join("\n"),
      [starter, yours, common].join("\n"),
      knownRuns([], starter),
    );
    for (const shared of [sharedIn(one), sharedIn(other)]) {
      assert(shared.includes(common.slice(common.indexOf("{") + 1, -2).trim()));
      assert(!shared.includes(starter.split("\n")[2]));
    }
    assert(!sharedIn(one).includes(mine.split("\n")[2]));
    assert(!sharedIn(other).includes(yours.split("\n")[2]));
  });

  it("markedTexts(one, other, known) tells what most of the class has from what only these two have", () => {
    const [usual, rare] = [7, 8].map((i) => randomProgram(`f${i}`, random(i), 5));
    const both = `${usual}\n${rare}`;
    const others = Array.from({ length: 5 }, () => usual);
    const [texts] = markedTexts(both, both, knownRuns([...others, both, both], ""));
    const textOf = (mark: MarkedText["shared"]): string =>
      texts
        .filter(({ shared }) => shared === mark)
        .map(({ text }) => text)
        .join("");
    assert(usual.startsWith(textOf("common").trim().slice(0, 100)));
    assert(textOf("common").length > 0.7 * usual.length);
    assert(textOf("rare").includes(rare.slice(rare.indexOf("\n"))));
  });
});
