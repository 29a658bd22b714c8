import assert from "node:assert/strict";
import {
  codesOf,
  compareClass,
  similarityHtml,
  similarityText,
  type StudentCode,
} from "#dist/grading/similarity/index.js";
import { hostileTexts } from "../report/hostileTexts";
import { sampleReport } from "../report/sampleReport";
import { disguise, randomClass } from "./programs";

const noStarter = (): string => "";
const html = (codes: StudentCode[]): string =>
  similarityHtml("99-test", compareClass(codes, noStarter), noStarter);

function classWithCopy(): StudentCode[] {
  const codes = randomClass(20, 21);
  const code = new Map([["99.answer", disguise(codes[4].code.get("99.answer")!)]]);
  return [...codes, { student: "copy", code }];
}

describe("similarityHtml", () => {
  it("similarityHtml(lesson, similarity) begins by accusing nobody, and says what it cannot tell", () => {
    const page = html(classWithCopy());
    const [beginning] = page.slice(page.indexOf("<h1>")).split("<details>");
    assert.match(beginning, /accuses nobody/);
    assert.match(beginning, /Short exercises look alike/);
    assert.match(beginning, /talk with both students/);
  });

  it("similarityHtml(lesson, similarity) shows a pair side by side with the shared parts marked", () => {
    const page = html(classWithCopy());
    assert.match(page, /<bdi>s4<\/bdi> and <bdi>copy<\/bdi>/);
    assert.match(page, /1 of 210 pairs lie above 0\.\d\d/);
    assert.equal(page.match(/<details>/g)?.length, 1);
    assert.equal(page.match(/<pre>[^<]*<mark class="rare">/g)?.length, 2);
  });

  it("similarityHtml(a class without copies) shows the most alike, and that none stands out", () => {
    const page = html(randomClass(20, 22));
    assert.match(page, /0 of 190 pairs lie above/);
  });

  it("similarityHtml(a class of three) says that it cannot tell what is usual", () => {
    assert.match(html(randomClass(3, 23)), /3 pairs are too few to say what is usual/);
  });

  it("similarityHtml(lesson, similarity) has no tag that a student wrote", () => {
    for (const text of hostileTexts) {
      const codes = classWithCopy().map(({ student, code }) => ({
        student: text + student,
        code: new Map([...code].map(([id, program]) => [id, `// ${text}\n${program}`])),
      }));
      const page = html(codes);
      assert.doesNotMatch(page, /<script|<img|<evil|<!--/);
      assert.match(page, /Content-Security-Policy/);
    }
  });
});

describe("similarityText", () => {
  it("similarityText(lesson, similarity) has a line for each pair, and accuses nobody", () => {
    const text = similarityText("99-test", compareClass(classWithCopy(), noStarter));
    assert.match(text, /^99-test: 21 students compared\. This report accuses nobody\./);
    assert.match(text, /^ {2}0\.\d\d {2}s4 and copy, most alike in 99\.answer$/m);
  });
});

describe("codesOf", () => {
  it("codesOf(report) gives each student's code, lesson by lesson and exercise by exercise", () => {
    const codes = codesOf(sampleReport());
    assert.deepEqual([...codes.keys()], ["05-pooling"]);
    assert.deepEqual(
      codes.get("05-pooling")!.map(({ student, code }) => [student, [...code.keys()]]),
      [
        ["ada", ["05.poolForward", "05.globalAverage"]],
        ["bob, <jr.>", ["05.poolForward"]],
      ],
    );
  });
});
