import assert from "node:assert/strict";
import { random } from "convbook";
import { compareClass, type StudentCode } from "#dist/grading/similarity/index.js";
import { disguise, randomClass, randomProgram } from "./programs";

const noStarter = (): string => "";
const namesIn = (
  { students }: { students: StudentCode[] },
  pair: { students: [number, number] },
): string[] => pair.students.map((i) => students[i].student);

describe("compareClass", () => {
  it("compareClass(codes) puts a disguised copy first, above the threshold, and nobody else", () => {
    const codes = randomClass(24, 7);
    const copied = codes[3].code.get("99.answer")!;
    codes.push({ student: "copy", code: new Map([["99.answer", disguise(copied)]]) });
    const similarity = compareClass(codes, noStarter);
    const [first, second] = similarity.pairs;
    assert.deepEqual(namesIn(similarity, first), ["s3", "copy"]);
    assert.ok(first.score > similarity.threshold!);
    assert.ok(first.score > 0.7);
    assert.ok((second?.score ?? 0) < similarity.threshold!);
  });

  it("compareClass(codes) finds half a program that was copied", () => {
    const next = random(3);
    const [shared, mine, yours] = [0, 1, 2].map((i) => randomProgram(`part${i}`, next, 10));
    const codes = [
      ...randomClass(20, 8),
      { student: "one", code: new Map([["99.answer", `${shared}\n${mine}`]]) },
      { student: "other", code: new Map([["99.answer", `${yours}\n${disguise(shared)}`]]) },
    ];
    const similarity = compareClass(codes, noStarter);
    assert.deepEqual(namesIn(similarity, similarity.pairs[0]), ["one", "other"]);
    assert.ok(similarity.pairs[0].score > similarity.threshold!);
  });

  it("compareClass(codes) takes off the starter, also where it was filled in", () => {
    const starter = randomProgram("answer", random(5), 8);
    const codes = ["a", "b", "c"].map((student, i) => ({
      student,
      code: new Map([
        ["99.answer", i === 2 ? `${starter}\n${randomProgram("g", random(6))}` : starter],
      ]),
    }));
    const { students, withoutCode, pairs } = compareClass(codes, () => starter);
    assert.deepEqual(
      students.map(({ student }) => student),
      ["c"],
    );
    assert.deepEqual(
      withoutCode.map(({ student }) => student),
      ["a", "b"],
    );
    assert.deepEqual(pairs, []);
  });

  it("compareClass(codes) lets code that everybody has weigh little, and code that two have much", () => {
    const obvious = randomProgram("obvious", random(9));
    const rare = randomProgram("rare", random(10));
    const codes = Array.from({ length: 20 }, (_, i) => ({
      student: `s${i}`,
      code: new Map([
        ["99.obvious", obvious],
        ["99.answer", i < 2 ? rare : randomProgram("answer", random(100 + i))],
      ]),
    }));
    const { pairs } = compareClass(codes, noStarter);
    assert.deepEqual(pairs[0].students, [0, 1]);
    assert.ok(pairs[0].score > 0.6);
    assert.ok(pairs[1].score < 0.1, "what everybody wrote makes nobody alike");
    assert.equal(pairs[0].exercises[0].id, "99.answer");
  });

  it("compareClass(codes) does not call one short line alike, even in two of few", () => {
    const line = "function size(n, f) { return Math.floor((n - f) / 2) + 1; }";
    const codes = ["a", "b", "c"].map((student) => ({
      student,
      code: new Map([["99.size", line]]),
    }));
    for (const { score } of compareClass(codes, noStarter).pairs) assert.ok(score < 0.4);
  });

  it("compareClass(codes) is the same in any order, and each pair comes once", () => {
    const codes = randomClass(12, 11);
    codes.push({ student: "copy", code: codes[0].code });
    const names = (list: StudentCode[]) => {
      const similarity = compareClass(list, noStarter);
      return similarity.pairs.map((pair) =>
        [...namesIn(similarity, pair).sort(), pair.score.toFixed(9)].join(),
      );
    };
    assert.deepEqual(names(codes).sort(), names([...codes].reverse()).sort());
    assert.equal(new Set(names(codes)).size, names(codes).length);
  });

  it("compareClass(two notebooks of one student) does not compare them", () => {
    const [a] = randomClass(1, 12);
    assert.deepEqual(compareClass([a, { ...a }], noStarter).pairs, []);
  });

  it("compareClass(a small class) has no threshold", () => {
    assert.equal(compareClass(randomClass(6, 1), noStarter).threshold, undefined);
    assert.notEqual(compareClass(randomClass(7, 1), noStarter).threshold, undefined);
    assert.deepEqual(compareClass([], noStarter).pairs, []);
  });

  it("compareClass(a class in which all are alike) sets the threshold where no pair stands out", () => {
    const next = random(13);
    const parts = Array.from({ length: 6 }, (_, i) => randomProgram(`p${i}`, next, 6));
    const codes = Array.from({ length: 24 }, (_, i) => ({
      student: `s${i}`,
      code: new Map([
        ["99.answer", parts.filter((_, p) => (i >> (p % 5)) & 1 || p === 5).join("\n")],
      ]),
    }));
    const { threshold, pairs } = compareClass(codes, noStarter);
    assert.equal(pairs.filter(({ score }) => score > threshold!).length, 0);
  });
});
