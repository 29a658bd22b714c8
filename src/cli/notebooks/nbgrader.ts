import fs from "node:fs";
import path from "node:path";
import { type Exercise, exercisesOf, solutionListing } from "../../exercises";
import { registerKernel } from "../../installation";
import { inProject, projectRoot } from "../../project";
import { type ExpandedLesson } from "./expand";
import type { Lesson } from "./lessons";
import { type Cell, type Notebook, writeNotebook } from "./notebook";
import { readLessons } from "./read";

/** How nbgrader marks a cell. https://nbgrader.readthedocs.io/en/stable/contributor_guide/metadata.html */
export interface NbgraderMetadata {
  schema_version: 3;
  /** Whether points are given for it; the points. */
  grade: boolean;
  points?: number;
  /** Whether the student completes it. */
  solution: boolean;
  /** Whether nbgrader puts the source back before it grades. */
  locked: boolean;
  task: boolean;
  /** Letters, digits, hyphens. */
  grade_id: string;
}

/** What a notebook for nbgrader takes from an exercise. */
export interface NbgraderExercise {
  /** `"02.zeroPad"` */
  id: string;
  points: number;
  /** The code that passes the check. */
  solution: string;
}

/**
 * The instructor's version of a lesson's notebook, for nbgrader's `source/`. An answer's cell holds the
 * solution; `nbgrader generate_assignment` puts the starter in its place, from the cell's metadata, when
 * environment/nbgrader/nbgrader_config.py is loaded. A check's cell is locked and gives the exercise's points.
 * Hints are in a cell of their own below it, since a locked cell cannot be changed.
 */
export function nbgraderNotebook(
  { notebook }: ExpandedLesson,
  exercises: readonly NbgraderExercise[],
): Notebook {
  const cells = notebook.cells.flatMap((cell): Cell[] => {
    const mark = cell.metadata.convbook;
    const exercise = exercises.find(({ id }) => id === mark?.exercise);
    if (!mark || !exercise) return [cell];
    if (mark.role === "answer") return [answerCell(cell, exercise)];
    const [check, ...hints] = cell.source.split("\n");
    const { convbook: _, ...metadata } = cell.metadata;
    const below = { ...cell, id: `${cell.id}-hints`, metadata, source: hints.join("\n") };
    return [checkCell({ ...cell, source: check }, exercise), below];
  });
  return { ...notebook, cells };
}

function answerCell(cell: Cell, { id, solution }: NbgraderExercise): Cell {
  const nbgrader = mark(id, { grade: false, solution: true, locked: false });
  const convbook = { ...cell.metadata.convbook!, starter: cell.source };
  return { ...cell, metadata: { ...cell.metadata, convbook, nbgrader }, source: solution };
}

function checkCell(cell: Cell, { id, points }: NbgraderExercise): Cell {
  const nbgrader = mark(`${id}-check`, { grade: true, solution: false, locked: true, points });
  return { ...cell, metadata: { ...cell.metadata, nbgrader } };
}

function mark(
  id: string,
  rest: Pick<NbgraderMetadata, "grade" | "solution" | "locked" | "points">,
): NbgraderMetadata {
  return { schema_version: 3, task: false, grade_id: id.replace(/[^\w-]/g, "-"), ...rest };
}

/**
 * Writes lessons into a class's folder, as nbgrader keeps one: `source/02-padding/02-padding.ipynb`. What is
 * there already of the class stays, the configuration too.
 *
 * @param folder of the class; made where there is none
 */
export async function buildForNbgrader(lessons: readonly Lesson[], folder: string): Promise<void> {
  registerKernel(); // nbgrader executes in the kernel of this checkout
  const expanded = await readLessons(lessons);
  prepareClassFolder(folder);
  for (const lesson of expanded) {
    const assignment = path.join(folder, "source", lesson.name);
    fs.mkdirSync(assignment, { recursive: true });
    const file = path.join(assignment, `${lesson.name}.ipynb`);
    writeNotebook(file, nbgraderNotebook(lesson, exercisesOf(lesson.name).map(forNbgrader)));
    console.log(file);
  }
}

function forNbgrader(exercise: Exercise): NbgraderExercise {
  return { id: exercise.id, points: exercise.points, solution: solutionListing(exercise) };
}

function prepareClassFolder(folder: string): void {
  fs.mkdirSync(folder, { recursive: true });
  const configuration = path.join(folder, "nbgrader_config.py");
  if (!fs.existsSync(configuration)) fs.writeFileSync(configuration, configurationText());
  if (isInside(path.resolve(folder), projectRoot)) return; // the package is found from there
  const link = path.join(folder, "node_modules", "convbook");
  fs.mkdirSync(path.dirname(link), { recursive: true });
  fs.rmSync(link, { force: true });
  fs.symlinkSync(projectRoot, link);
}

/** The class's own configuration: it loads the course's, and is the instructor's from then on. */
function configurationText(): string {
  const [file, where] = ["nbgrader_config.py", inProject("environment", "nbgrader")];
  return [
    "c = get_config()",
    `load_subconfig(${JSON.stringify(file)}, path=${JSON.stringify(where)})`,
    'c.CourseDirectory.course_id = "convbook"',
    "",
  ].join("\n");
}

function isInside(folder: string, root: string): boolean {
  return !path.relative(root, folder).startsWith("..");
}
