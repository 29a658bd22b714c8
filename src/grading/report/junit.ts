import type * as XmlBuilder from "xmlbuilder2";
import type {
  ExerciseReport,
  GradeReport,
  ReportedVerdict,
  SubmissionReport,
  TestReport,
} from "./GradeReport";

/** Where no time of submission is known: the format insists on one. */
const NO_TIME = "1970-01-01T00:00:00";

/**
 * The report as JUnit XML, which most continuous-integration servers read: a suite for each submission, a
 * case for each test. A wrong answer is a failure; code that throws, hangs or is refused, and a notebook
 * that cannot be read, is an error; what was not attempted is skipped.
 *
 * JUnit has no points: they stand in each suite's properties. It has times, which the report has not: they
 * are given as 0. The format is that of Apache Ant's JUnit task, https://github.com/windyroad/JUnit-Schema
 */
export function junitReport(report: GradeReport): string {
  const { create } = require("xmlbuilder2") as typeof XmlBuilder;
  const suites = report.submissions.map(suiteOf);
  // A message may hold what XML cannot: control characters, halves of surrogate pairs.
  const document = create(
    { version: "1.0", encoding: "UTF-8", invalidCharReplacement: "\uFFFD" },
    { testsuites: { testsuite: suites } },
  );
  return document.end({ prettyPrint: true }) + "\n";
}

/** One XML element, in the builder's notation: attributes begin with `@`, `#` is the text. */
type XmlElement = { [name: string]: unknown };

function suiteOf(submission: SubmissionReport, id: number): XmlElement {
  const cases = submission.exercises.flatMap((exercise) =>
    exercise.tests.map((test) => ({ test, element: caseOf(exercise, test) })),
  );
  const count = (kind: Kind): number =>
    cases.filter(({ test }) => KINDS[test.verdict] === kind).length;
  const graded = submission.outcome === "graded";
  return {
    "@package": submission.lesson ?? "unknown",
    "@id": id,
    "@name": `${submission.student.id} ${submission.file}`.trim() || "unknown",
    "@timestamp": timestamp(submission.submitted?.at),
    "@hostname": "localhost",
    "@tests": cases.length + (graded ? 0 : 1),
    "@failures": count("failure"),
    "@errors": count("error") + (graded ? 0 : 1),
    "@skipped": count("skipped"),
    "@time": 0,
    properties: { property: propertiesOf(submission) },
    testcase: [
      ...cases.map(({ element }) => element),
      ...(graded ? [] : [ungradedCase(submission)]),
    ],
    "system-out": submission.exercises.map(({ output = "" }) => output).join(""),
    "system-err": "",
  };
}

type Kind = "passed" | "failure" | "error" | "skipped";

const KINDS: Record<ReportedVerdict, Kind> = {
  passed: "passed",
  failed: "failure",
  error: "error",
  timeout: "error",
  refused: "error",
  "not attempted": "skipped",
  withheld: "skipped",
  "by hand": "skipped",
};

function caseOf(exercise: ExerciseReport, test: TestReport): XmlElement {
  const element = { "@classname": exercise.id, "@name": test.title, "@time": 0 };
  const kind = KINDS[test.verdict];
  if (kind === "passed") return element;
  if (kind === "skipped") return { ...element, skipped: "" };
  const message = test.message ?? exercise.message ?? test.verdict;
  const details = [exercise.diagnosis, difference(test)].filter(Boolean).join("\n");
  return { ...element, [kind]: { "@message": message, "@type": test.verdict, "#": details } };
}

function difference({ expected, actual }: TestReport): string {
  return expected === undefined && actual === undefined
    ? ""
    : `expected: ${expected ?? "nothing"}\nactual: ${actual ?? "nothing"}`;
}

function ungradedCase({ file, outcome, message }: SubmissionReport): XmlElement {
  const error = { "@message": message ?? outcome, "@type": outcome };
  return { "@classname": "notebook", "@name": file || "unknown", "@time": 0, error };
}

function propertiesOf(submission: SubmissionReport): XmlElement[] {
  const { earned, points, final, late, override, sha256 } = submission;
  const properties: Record<string, string | number | undefined> = {
    earned,
    points,
    final,
    "late penalty": late?.penalty,
    override: override && `${override.points}: ${override.reason}`,
    sha256,
  };
  return Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ "@name": name, "@value": value }));
}

/** The format takes seconds, and no time zone: it is UTC. */
function timestamp(iso: string | undefined): string {
  return iso === undefined ? NO_TIME : new Date(iso).toISOString().slice(0, 19);
}
