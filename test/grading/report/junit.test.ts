import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type GradeReport, junitReport } from "#dist/grading/report/index.js";
import { inProject } from "#dist/project/index.js";
import { validateXML } from "xmllint-wasm";
import { convert } from "xmlbuilder2";
import { hostileTexts, withHostileText } from "./hostileTexts";
import { sampleReport } from "./sampleReport";

/** The schema that Jenkins's xUnit plugin publishes. */
const schema = readFileSync(inProject("test", "fixtures", "reports", "junit-10.xsd"), "utf8");

async function complaints(xml: string): Promise<string[]> {
  const { errors } = await validateXML({
    xml: { fileName: "junit.xml", contents: xml },
    schema: { fileName: "junit-10.xsd", contents: schema },
  });
  return errors.map(({ message }) => message);
}

interface Suite {
  "@name": string;
  "@tests": string;
  "@failures": string;
  "@errors": string;
  "@skipped": string;
  "@timestamp": string;
  testcase: object | object[];
}
const suitesOf = (report: GradeReport): Suite[] => {
  const read = convert(junitReport(report), { format: "object" }) as unknown;
  return (read as { testsuites: { testsuite: Suite[] } }).testsuites.testsuite;
};

describe("junitReport", () => {
  it("junitReport(report) is valid by the published schema", async () => {
    assert.deepEqual(await complaints(junitReport(sampleReport())), []);
  });

  it("the schema finds out what is not JUnit", async () => {
    const wrong = junitReport(sampleReport())
      .replace("<failure", "<mistake")
      .replace("</failure", "</mistake");
    assert.match((await complaints(wrong)).join(), /mistake/);
  });

  it("junitReport(nothing graded) is valid", async () => {
    assert.deepEqual(await complaints(junitReport({ ...sampleReport(), submissions: [] })), []);
  });

  it("junitReport(report) is valid whatever students write", async () => {
    for (const text of hostileTexts)
      assert.deepEqual(await complaints(junitReport(withHostileText(sampleReport(), text))), []);
  });

  it("junitReport(report) counts failures, errors and what was skipped", () => {
    const [ada, bob, cleo] = suitesOf(sampleReport()).map((suite) => [
      suite["@tests"],
      suite["@failures"],
      suite["@errors"],
      suite["@skipped"],
    ]);
    assert.deepEqual(ada, ["4", "0", "0", "0"]);
    assert.deepEqual(bob, ["4", "1", "0", "2"]);
    assert.deepEqual(cleo, ["1", "0", "1", "0"]);
  });

  it("junitReport(report) says why a test failed, and when the notebook was handed in", () => {
    const xml = junitReport(sampleReport());
    assert.match(
      xml,
      /<failure message="poolForward\(x, 3\): at \[0, 0, 0, 0\] expected 3, got -1."/,
    );
    assert.match(xml, /expected: tensor \[1, 1, 1, 1\] float32: 3/);
    assert.equal(suitesOf(sampleReport())[0]["@timestamp"], "2026-11-20T20:00:00");
  });

  it("junitReport(report) calls a timeout, a refusal and a thrown error errors", () => {
    for (const verdict of ["timeout", "refused", "error"] as const) {
      const report = sampleReport();
      report.submissions[1].exercises[0].tests[1].verdict = verdict;
      assert.equal(suitesOf(report)[1]["@errors"], "1");
      assert.match(junitReport(report), new RegExp(`type="${verdict}"`));
    }
  });
});
