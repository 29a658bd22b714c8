import { createHash } from "node:crypto";
import path from "node:path";
import { inProject, NotWritten } from "../project";
import { type GradableLesson, gradableLesson } from "./GradableLesson";
import { type GradedNotebook, gradeNotebook } from "./gradeNotebook";
import { idleOverrides, unreadAnswers } from "./marks/overrides";
import { idleExtensions, idleWorth, withoutDue } from "./marks/idle";
import { type Marked, markClass, thatCounts } from "./marks/markClass";
import type { Graded } from "./marks/submissionReport";
import { worthOf } from "./marks/worth";
import {
  type Enrolled,
  type GradeReport,
  type GradeRun,
  REPORT_SCHEMA,
  type Student,
  type SubmissionReport,
} from "./report";
import { classSeed } from "./classSeed";
import { groupBy } from "./groupBy";
import { lookAlikes } from "./lookAlikes";
import { type ResultKey, ResultStore } from "./resultStore";
import { authorsOf } from "./roster/groups";
import { claimedTwice, enrolledAs } from "./roster/roster";
import { openSandbox, type Sandbox } from "../sandbox";
import type { GradeOptions } from "./settings";
import { withoutFloods } from "./submissions/floods";
import { type FoundSubmission, findSubmissions, OWN_FOLDER } from "./submissions/findSubmissions";
import { lessonsIn } from "./submissions/lessonOf";
import { type LessonsOfFile, lessonsThatCount } from "./submissions/lessonsThatCount";
import { ownTexts } from "./submissions/ownTexts";
import { submittedAt, type SubmittedList } from "./submissions/submittedAt";
import { type NotebookFile, UnreadableNotebook } from "../sources";

/**
 * Grades notebooks: finds them, puts their answers to the tests, and reports. The answers run in a sandbox;
 * see its report for what stands between them and this machine.
 *
 * @param paths files, folders and patterns
 * @param watch sees each submission when it is done, and of how many there are
 * @throws Error when nothing is found, or when a file of the instructor's cannot be read
 */
export async function gradeSubmissions(
  paths: readonly string[],
  options: GradeOptions,
  watch: (done: number, all: number) => void = () => {},
): Promise<{ report: GradeReport; run: GradeRun }> {
  const startedAt = new Date();
  const { submissions: handedIn, inWords, warnings } = await findSubmissions(paths, options);
  const { all, passedOver } = withoutFloods(handedIn);
  for (const warning of passedOver) warnings.push(warning);
  const { index, count } = options.shard ?? { index: 1, count: 1 };
  const found = all.filter((_, i) => i % count === index - 1);
  const seed = options.seed ?? (await classSeed(options.out));
  const sandbox = openSandbox({
    callLimit: options.timeout,
    submissionLimit: options.totalTimeout,
    memory: options.memory,
    spares: Math.min(options.jobs, Math.max(1, found.length)),
  });
  try {
    const claimed = options.roster
      ? claimedTwice(options.roster, all)
      : new Map<string, Enrolled>();
    for (const [student, claims] of groupBy(claimed, ([, enrolled]) => enrolled.student)) {
      const ids = claims.map(([id]) => id).sort();
      warnings.push(
        `${ids.join(" and ")} would each be ${student} of ${options.roster!.file}: one may have taken the other's name. ` +
          "Until the platform's number stands there, in the column number, they count as nobody on it.",
      );
    }
    const grader = new Grader({ ...options, seed }, inWords, sandbox, warnings, claimed);
    watch(0, found.length);
    let done = 0;
    const graded = await inParallel(found, options.jobs, async (submission) => {
      const reports = await grader.grade(submission);
      watch(++done, found.length);
      return reports;
    });
    const submissions = markClass(graded.flat(), options);
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

/** Grades one submission after the other under the same settings. */
class Grader {
  graded = 0;
  kept = 0;
  private readonly store?: ResultStore;
  private readonly lessons = new Map<string, GradableLesson>();
  /** What was graded in this run. */
  private readonly own = new Set<string>();
  /** The lessons of each file. */
  private readonly handedIn: LessonsOfFile[] = [];

  constructor(
    private readonly options: GradeOptions & { seed: number },
    private readonly layout: string,
    private readonly sandbox: Sandbox,
    private readonly warnings: string[],
    private readonly claimed: ReadonlyMap<string, Enrolled>,
  ) {
    if (options.out !== undefined) this.store = new ResultStore(path.join(options.out, "results"));
  }

  /** What a file gives: of each lesson that is in it, and for each of a group's students. */
  async grade(found: FoundSubmission): Promise<Marked[]> {
    const { late, files, submitted } = this.options;
    const { bytes, notebook } = await this.read(found);
    const inside = lessonsIn(found.file, notebook, this.options.lessons);
    const { lessons, warning } = inside;
    if (warning !== undefined) this.warnings.push(warning);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const { file } = found;
    const code = notebook instanceof UnreadableNotebook ? {} : { codeHash: notebook.codeHash };
    const students = this.studentsOf(found);
    // What one of a group handed in came when it came: a list names that one, or all.
    const list: SubmittedList = (student, lesson) =>
      [student, ...students].map((one) => submitted?.(one, lesson)).find((at) => at !== undefined);
    if (lessons.length > 0)
      this.handedIn.push({
        ...inside,
        file,
        students: students.map(({ id }) => id),
        isOwn: found.student.foundIn === OWN_FOLDER,
      });
    const all: Marked[] = [];
    for (const name of lessons.length > 0 ? lessons : [undefined]) {
      const graded = await this.gradeLesson(notebook, name, sha256);
      const isRead = name !== undefined && !(notebook instanceof UnreadableNotebook);
      const texts = isRead ? { texts: ownTexts(notebook, name) } : {};
      for (const student of students) {
        const timed = late !== undefined || files !== "best";
        const at = timed ? submittedAt({ ...found, student }, name, list) : undefined;
        const handedIn = { student, file, sha256, ...code, ...texts, ...(at && { submitted: at }) };
        all.push({ handedIn, graded });
      }
    }
    return all;
  }

  /** Whose it is, by the roster's names where there is one. */
  private studentsOf({ student, file }: FoundSubmission): Student[] {
    const { roster } = this.options;
    if (!roster) return [student];
    const found = enrolledAs(roster, student);
    const enrolled = this.claimed.has(student.id) ? undefined : found;
    const named = enrolled ? { ...student, id: enrolled.student } : student;
    const authors = authorsOf(roster, named, enrolled);
    if (!found && authors.includes(student))
      this.warnings.push(
        `${student.id} (${file}) is not in ${roster.file}, or could be two there.`,
      );
    return authors;
  }

  private async read(
    found: FoundSubmission,
  ): Promise<{ bytes: Buffer; notebook: NotebookFile | UnreadableNotebook }> {
    let bytes: Buffer = Buffer.alloc(0);
    try {
      bytes = await found.read();
      return { bytes, notebook: await this.sandbox.read(bytes) };
    } catch (error) {
      if (error instanceof UnreadableNotebook) return { bytes, notebook: error };
      throw error;
    }
  }

  report(submissions: SubmissionReport[]): GradeReport {
    const { seed, timeout, totalTimeout, memory, late, submitted, feedback, overrides } =
      this.options;
    const { files, roster, extensions, worth } = this.options;
    const inOrder = [...submissions].sort(byLessonAndStudent);
    const { version } = require(inProject("package.json")) as { version: string };
    const names = [...new Set(inOrder.flatMap(({ lesson }) => lesson ?? []))];
    const { besides, ...total } = lessonsThatCount(
      this.handedIn,
      this.options.lessons,
      (several) => {
        const among = inOrder.filter(({ lesson }) => several.includes(lesson ?? ""));
        return { lesson: thatCounts(among, files)?.lesson ?? several[0], why: files };
      },
    );
    return {
      schema: REPORT_SCHEMA,
      convbook: version,
      seed,
      isolation: this.sandbox.isolation,
      settings: {
        timeout,
        totalTimeout,
        memory,
        layout: this.layout,
        total: total.inWords,
        feedback: feedback.default,
        ...(late && { late }),
        ...(files !== "best" && { files }),
        privateTests: [...this.options.privateTests.tests.keys()].sort(),
      },
      lessons: names.map((name) => ({
        ...worthOf(this.lesson(name).summary, worth),
        ...(besides.has(name) && { besides: true as const }),
      })),
      ...(roster && { roster: [...roster.students] }),
      submissions: inOrder,
      warnings: [
        ...[...this.warnings].sort(),
        ...handedInTwice(inOrder),
        ...lookAlikes(inOrder.map(({ student }) => student.id)),
        ...total.warnings,
        ...besides.values(),
        ...(submitted ? unlisted(inOrder, submitted) : []),
        ...idleOverrides(overrides, inOrder, (name) =>
          name === undefined ? 1 : (worthOf(this.lesson(name).summary, worth).factor ?? 1),
        ),
        ...unreadAnswers(inOrder),
        ...idleExtensions(extensions, inOrder, roster),
        ...idleWorth(worth, names),
        ...withoutDue(late, names),
      ],
    };
  }

  private async gradeLesson(
    notebook: NotebookFile | UnreadableNotebook,
    name: string | undefined,
    sha256: string,
  ): Promise<Graded> {
    const lesson = name === undefined ? undefined : this.lesson(name);
    const unreadable = (message: string): Graded => ({
      outcome: "unreadable",
      ...(lesson && { lesson }),
      message,
    });
    if (notebook instanceof UnreadableNotebook) return unreadable(notebook.message);
    if (!lesson)
      return unreadable(
        this.options.lessons
          ? `It has no exercise of ${this.options.lessons.join(" or ")}, which --lesson names.`
          : "Neither its name nor its text says which lesson it is: use --lesson.",
      );
    try {
      return { outcome: "graded", lesson, notebook: await this.result(notebook, lesson, sha256) };
    } catch (error) {
      if (error instanceof NotWritten) throw error; // nor would those that follow be kept
      return { outcome: "not graded", lesson, message: (error as Error).message };
    }
  }

  /** The result of an earlier run, or a new one. */
  private async result(
    notebook: NotebookFile,
    lesson: GradableLesson,
    sha256: string,
  ): Promise<GradedNotebook> {
    const { seed } = this.options;
    const key = this.store && this.resultKey(lesson, sha256);
    const before = key && this.store?.read(key);
    if (before) {
      if (!this.own.has(sha256 + lesson.name)) this.kept++; // else it is a copy of one that was graded just now
      return before;
    }
    this.own.add(sha256 + lesson.name);
    const result = await gradeNotebook(notebook, lesson.exercises, seed, this.sandbox);
    if (key) await this.store?.write(key, result);
    this.graded++;
    return result;
  }

  private resultKey(lesson: GradableLesson, sha256: string): ResultKey {
    const { seed, timeout, totalTimeout, memory } = this.options;
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
  const marks = groupBy(
    submissions,
    ({ student, lesson = "an unknown lesson" }) => `${student.id} handed in ${lesson}`,
  );
  return [...marks].flatMap(([mark, several]) =>
    several.length > 1
      ? [`${mark} ${several.length} times: ${several.map(({ file }) => file).join(", ")}.`]
      : [],
  );
}

/** This many are named in a warning. */
const MOST_NAMED = 5;

/** Whom a list of times leaves out: a name that is spelt otherwise there would cost a penalty unseen. */
function unlisted(submissions: readonly SubmissionReport[], list: SubmittedList): string[] {
  const isListed = ({ file, lesson }: SubmissionReport): boolean =>
    submissions.some((one) => one.file === file && list(one.student, lesson));
  const missing = submissions.filter((submission) => !isListed(submission));
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
