import { type Answer, type Exercise, permutation, type Random, random } from "convbook";
import { exercisesOf, solutionListing } from "convbook/authoring";
import { lessonNames } from "#dist/project/index.js";
import { publicNames } from "../../publicNames";
import { dressed } from "./dress";
import { notebookText } from "./notebookText";
import { wrongAnswerCell } from "./wrongAnswerCell";

/** What a made-up student did in an exercise. */
export interface Attempt {
  exercise: Exercise;
  kind: "solution" | "starter" | "wrong answer" | "missing" | "syntax error";
  /** The function that their code comes to, where it comes to one. */
  answer?: Answer;
}

/** What a made-up student handed in. */
export interface HandedIn {
  student: string;
  lesson: string;
  /** `"student 007_05-pooling.ipynb"` */
  file: string;
  text: string;
  /** Absent when the file is cut off. */
  attempts?: Attempt[];
}

const KINDS: [Attempt["kind"], number][] = [
  ["solution", 0.5],
  ["wrong answer", 0.3],
  ["starter", 0.12],
  ["missing", 0.05],
  ["syntax error", 0.03],
];
const BROKEN = 0.03;

/** A class of any size: each student hands in one lesson, in the shape that one editor or another gives it. */
export function makeClass(
  size: number,
  seed: number,
  { lessons = lessonNames(), inStyles = false }: { lessons?: string[]; inStyles?: boolean } = {},
): HandedIn[] {
  const source = random(seed);
  return Array.from({ length: size }, (_, i) => {
    const student = `student ${String(i).padStart(3, "0")}`;
    const lesson = lessons[source.integer(0, lessons.length - 1)];
    return makeSubmission(student, lesson, source, inStyles);
  });
}

/**
 * What one student hands in, drawn at random.
 *
 * @param inStyles whether most functions are written, and checked, in other ways than the solutions
 */
export function makeSubmission(
  student: string,
  lesson: string,
  source: Random,
  inStyles = false,
): HandedIn {
  const attempts = exercisesOf(lesson).map((exercise) => ({
    exercise,
    ...draw(exercise, source),
  }));
  solveWhatSolutionsUse(attempts);
  const file = `${student}_${lesson}.ipynb`;
  const text = submissionText(student, lesson, attempts, source, inStyles);
  if (source.uniform() >= BROKEN) return { student, lesson, file, text, attempts };
  return { student, lesson, file, text: text.slice(0, text.length / 2) };
}

type Drawn = Omit<Attempt, "exercise"> & { wrong?: number };

function draw(exercise: Exercise, source: Random): Drawn {
  let left = source.uniform();
  const [kind] = KINDS.find(([, fraction]) => (left -= fraction) < 0) ?? KINDS[0];
  if (kind === "solution") return { kind, answer: exercise.solution };
  if (kind !== "wrong answer") return { kind };
  const wrong = source.integer(0, exercise.wrongAnswers.length - 1);
  return { kind, wrong, answer: exercise.wrongAnswers[wrong].answer };
}

/** Some solutions call the answers to earlier exercises. With a starter there they would be no solutions. */
function solveWhatSolutionsUse(attempts: (Attempt & Drawn)[]): void {
  for (const { exercise, kind } of [...attempts].reverse()) {
    if (kind !== "solution") continue;
    const code = solutionListing(exercise);
    for (const other of attempts) {
      const { entry, solution } = other.exercise;
      if (entry === exercise.entry || !new RegExp(`\\b${entry}\\(`).test(code)) continue;
      Object.assign(other, { kind: "solution", answer: solution, wrong: undefined });
    }
  }
}

/** The import that heads a notebook: without the names that the student declares, which may share its cell. */
function libraryBeside(attempts: readonly Attempt[]): string {
  const own = new Set(attempts.map(({ exercise }) => exercise.entry));
  const names = publicNames.filter((name) => !own.has(name));
  return `import {\n  ${names.join(", ")}\n} from "convbook";`;
}

/** The cells as a student leaves them: some moved, some twice, checks deleted, other code between them. */
function submissionText(
  student: string,
  lesson: string,
  attempts: readonly (Attempt & Drawn)[],
  source: Random,
  inStyles: boolean,
): string {
  const order = permutation(attempts.length, source);
  // The kernel refuses a cell that does not parse, or that declares a function twice, all of it.
  const inOneCell = source.uniform() < 0.1 && attempts.every(({ kind }) => kind !== "syntax error");
  const cells = [
    libraryBeside(attempts),
    `// ${student}\nconst image = zeros([1, 4, 4, 1]);\nimage.shape`,
  ];
  for (const i of source.uniform() < 0.2 ? order : attempts.keys()) {
    const { exercise, kind, wrong } = attempts[i];
    const code = codeOf(lesson, exercise, kind, wrong);
    if (code === undefined) continue;
    // An earlier definition. One that parses would count in place of one that does not.
    if (source.uniform() < 0.1 && kind !== "syntax error" && !inOneCell)
      cells.push(exercise.starter);
    const isDressed = inStyles && !inOneCell && kind !== "syntax error" && source.uniform() < 0.7;
    const other = isDressed ? dressed(code, exercise.id, exercise.entry, source) : undefined;
    if (other) {
      cells.push(...other.cells);
      if (source.uniform() < 0.9) cells.push(other.check);
      continue;
    }
    cells.push(code);
    if (source.uniform() < 0.1 && !inOneCell) cells.push(code);
    if (source.uniform() < 0.7)
      cells.push(`await check("${exercise.id}", ${exercise.entry});\n// hint("${exercise.id}")`);
    if (source.uniform() < 0.1) cells.push('throw new Error("this cell fails")');
  }
  return notebookText(inOneCell ? [cells.join("\n\n")] : cells, source);
}

function codeOf(
  lesson: string,
  exercise: Exercise,
  kind: Attempt["kind"],
  wrong = 0,
): string | undefined {
  switch (kind) {
    case "solution":
      return solutionListing(exercise);
    case "wrong answer":
      return wrongAnswerCell(lesson, exercise, wrong);
    case "starter":
      return exercise.starter;
    case "syntax error":
      return `function ${exercise.entry}() {\n  return 1 +;\n}`;
    case "missing":
      return undefined;
  }
}
