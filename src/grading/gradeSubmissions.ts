import { createHash } from "node:crypto";
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { inProject } from "../project";
import { type GradableLesson, gradableLesson } from "./GradableLesson";
import { type GradedNotebook, gradeNotebook } from "./gradeNotebook";
import { idleOverrides } from "./marks/overrides";
import { type Graded, submissionReport } from "./marks/submissionReport";
import { type GradeReport, type GradeRun, REPORT_SCHEMA, type SubmissionReport } from "./report";
import { type ResultKey, ResultStore } from "./resultStore";
import { openSandbox, type Sandbox } from "../sandbox";
import type { GradeOptions } from "./settings";
import { type FoundSubmission, findSubmissions } from "./submissions/findSubmissions";
import { lessonOf } from "./submissions/lessonOf";
import { readNotebook, UnreadableNotebook } from "./submissions/readNotebook";
import { readSubmission } from "./submissions/readSubmission";
import { submittedAt, type SubmittedList } from "./submissions/submittedAt";
import { NotWritten } from "../project/replaceFile";

/**
 * Grades notebooks: finds them, puts their answers to the tests, and reports. The answers run in a sandbox;
 * see its report for what stands between them and this machine.
 *
 * @param places files, folders and patterns
 * @param watch is told of each submission when it is done, and of how many there are
 * @throws Error when nothing is found, or when a file of the instructor's cannot be read
 */
export async function gradeSubmissions(
  places: readonly string[],
  options: GradeOptions,
  watch: (done: number, all: number) => void = () => {},
): Promise<{ report: GradeReport; run: GradeRun }> {
  const startedAt = new Date();
  const found = await findSubmissions(places);
  if (options.out !== undefined) requireOwnFolder(options.out, found);
  const sandbox = openSandbox({
    callLimit: options.timeout,
    submissionLimit: options.totalTimeout,
    memory: options.memory,
    spares: Math.min(options.jobs, found.length),
  });
  try {
    const grader = new Grader(options, sandbox);
    watch(0, found.length);
    let done = 0;
    const submissions = await inParallel(found, options.jobs, async (submission) => {
      const report = await grader.grade(submission);
      watch(++done, found.length);
      return report;
    });
    const finishedAt = new Date();
    return {
      report: grader.report(submissions),
      run: {
        startedAt: startedAt.toISOString(),
        finishedAt: finishedAt.toISOString(),
        seconds: (finishedAt.getTime() - startedAt.getTime()) / 1000,
        graded: grader.graded,
        kept: grader.kept,
      },
    };
  } finally {
    sandbox.close();
  }
}

/** Results are kept there and believed: it must be no folder that students can write into. */
function requireOwnFolder(out: string, found: readonly FoundSubmission[]): void {
  const folder = existsSync(out) ? realpathSync(out) : path.resolve(out);
  const inside = found.find((submission) => submission.path.startsWith(folder + path.sep));
  if (!inside) return;
  throw new Error(
    `--out ${out} holds ${inside.file}, which is to be graded: choose a folder in which no submissions are.`,
  );
}

/** Grades one submission after the other under the same settings. */
class Grader {
  graded = 0;
  kept = 0;
  private readonly store?: ResultStore;
  private readonly lessons = new Map<string, GradableLesson>();

  constructor(
    private readonly options: GradeOptions,
    private readonly sandbox: Sandbox,
  ) {
    if (options.out !== undefined) this.store = new ResultStore(path.join(options.out, "results"));
  }

  async grade(found: FoundSubmission): Promise<SubmissionReport> {
    const { late, submitted } = this.options;
    const { bytes, unreadable } = readBytes(found.path);
    const text = bytes.toString("utf8");
    const lesson = this.options.lesson ?? lessonOf(found.file, text);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const handedIn = {
      student: found.student,
      file: found.file.split(path.sep).join("/"),
      sha256,
      submitted: late && submittedAt(found, lesson, submitted),
    };
    const graded = await this.gradeText(unreadable ?? text, lesson, sha256);
    return submissionReport(handedIn, graded, this.options);
  }

  report(submissions: SubmissionReport[]): GradeReport {
    const { seed, timeout, totalTimeout, memory, late, submitted, feedback, overrides } =
      this.options;
    const inOrder = [...submissions].sort(byLessonAndStudent);
    const { version } = require(inProject("package.json")) as { version: string };
    const names = [...new Set(inOrder.flatMap(({ lesson }) => lesson ?? []))];
    return {
      schema: REPORT_SCHEMA,
      convbook: version,
      ...(seed === undefined ? {} : { seed }),
      isolation: this.sandbox.isolation,
      settings: {
        timeout,
        totalTimeout,
        memory,
        feedback: feedback.default,
        ...(late && { late }),
        privateTests: [...this.options.privateTests.tests.keys()].sort(),
      },
      lessons: names.map((name) => this.lesson(name).summary),
      submissions: inOrder,
      warnings: [
        ...handedInTwice(inOrder),
        ...(submitted ? unlisted(inOrder, submitted) : []),
        ...idleOverrides(overrides, inOrder),
      ],
    };
  }

  private async gradeText(
    text: string | UnreadableNotebook,
    name: string | undefined,
    sha256: string,
  ): Promise<Graded> {
    const lesson = name === undefined ? undefined : this.lesson(name);
    const unreadable = (message: string): Graded => ({ outcome: "unreadable", lesson, message });
    if (typeof text !== "string") return unreadable(text.message);
    if (!lesson)
      return unreadable("Neither its name nor its text says which lesson it is: use --lesson.");
    try {
      return { outcome: "graded", lesson, notebook: await this.result(text, lesson, sha256) };
    } catch (error) {
      if (error instanceof NotWritten) throw error; // nor would those that follow be kept
      const { message } = error as Error;
      if (error instanceof UnreadableNotebook) return unreadable(message);
      return { outcome: "not graded", lesson, message };
    }
  }

  /** The result of an earlier run, or a new one. */
  private async result(
    text: string,
    lesson: GradableLesson,
    sha256: string,
  ): Promise<GradedNotebook> {
    const notebook = readNotebook(text);
    const { seed = notebook.seed } = this.options;
    const key = this.store && this.resultKey(lesson, sha256, seed);
    const before = key && this.store?.read(key);
    if (before) {
      this.kept++;
      return before;
    }
    const result = await gradeNotebook({ ...notebook, seed }, lesson.exercises, this.sandbox);
    if (key) await this.store?.write(key, result);
    this.graded++;
    return result;
  }

  private resultKey(lesson: GradableLesson, sha256: string, seed: number): ResultKey {
    const { timeout, totalTimeout, memory } = this.options;
    const isolation = JSON.stringify(this.sandbox.isolation);
    const fingerprint = lesson.fingerprint();
    return {
      fingerprint,
      sha256,
      lesson: lesson.name,
      seed,
      timeout,
      totalTimeout,
      memory,
      isolation,
    };
  }

  private lesson(name: string): GradableLesson {
    const known = this.lessons.get(name);
    if (known) return known;
    const lesson = gradableLesson(name, this.options.privateTests);
    this.lessons.set(name, lesson);
    return lesson;
  }
}

function readBytes(file: string): { bytes: Buffer; unreadable?: UnreadableNotebook } {
  try {
    return { bytes: readSubmission(file) };
  } catch (error) {
    if (error instanceof UnreadableNotebook) return { bytes: Buffer.alloc(0), unreadable: error };
    throw error;
  }
}

/** Does `work` for every item, several at a time, and keeps the order of the results. An error ends it all. */
async function inParallel<T, R>(
  items: readonly T[],
  jobs: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [i, item] = next;
      results[i] = await work(item);
    }
  };
  try {
    await Promise.all(Array.from({ length: jobs }, worker));
  } finally {
    waiting.length = 0;
  }
  return results;
}

function byLessonAndStudent(a: SubmissionReport, b: SubmissionReport): number {
  const keys = ({ lesson = "~", student, file }: SubmissionReport): string[] => [
    lesson,
    student.id,
    file,
  ];
  const [left, right] = [keys(a), keys(b)];
  const i = left.findIndex((key, i) => key !== right[i]);
  return i === -1 ? 0 : left[i] < right[i] ? -1 : 1;
}

function handedInTwice(submissions: readonly SubmissionReport[]): string[] {
  const files = new Map<string, string[]>();
  for (const { student, lesson = "an unknown lesson", file } of submissions) {
    const mark = `${student.id} handed in ${lesson}`;
    files.set(mark, [...(files.get(mark) ?? []), file]);
  }
  return [...files].flatMap(([mark, files]) =>
    files.length > 1 ? [`${mark} ${files.length} times: ${files.join(", ")}.`] : [],
  );
}

/** So many are named in a warning. */
const MOST_NAMED = 5;

/** Whom a list of times leaves out: a name that is spelt otherwise there would cost a penalty unseen. */
function unlisted(submissions: readonly SubmissionReport[], list: SubmittedList): string[] {
  const missing = submissions.filter(({ student, lesson }) => !list(student.id, lesson));
  if (missing.length === 0) return [];
  const named = missing
    .slice(0, MOST_NAMED)
    .map(({ student, file, submitted }) => `${student.id}, ${file} (${submitted?.foundIn})`);
  const others = missing.length > named.length ? [`and ${missing.length - named.length} more`] : [];
  return [
    `The list of times does not name ${missing.length} of the submissions, which have another time: ` +
      `${[...named, ...others].join("; ")}.`,
  ];
}
