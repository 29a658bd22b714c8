import fs from "node:fs";
import path from "node:path";
import { inProject } from "../project";
import { copyLessons, lessonFoldersIn } from "./lessonCopies";
import { Problem } from "./Problem";

/**
 * Prepares a folder for one learner of a checkout that many share, as on JupyterHub: copies of the lessons that they do
 * not have yet, and a link by which notebooks find the package.
 *
 * @returns the variables that a Jupyter server for that folder is to be started with
 * @throws Problem when the folder cannot be used
 */
export function prepareLearnerFolder(folder: string): Record<string, string> {
  const place = path.resolve(folder);
  const own = (...parts: string[]): string => path.join(place, ".convbook", ...parts);
  try {
    fs.mkdirSync(own(), { recursive: true });
    link(inProject("node_modules"), path.join(place, "node_modules"));
    copyLessons(lessonFoldersIn(place));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(`The learner's folder cannot be written: ${(error as Error).message}`);
  }
  const environment = inProject(".venv", "share", "jupyter");
  return {
    CONVBOOK_LEARNER: place,
    CONVBOOK_HISTORY: own("history.jsonl"),
    // The second has JupyterLab and the rest of the course's environment switched on.
    JUPYTER_CONFIG_PATH: [
      inProject("environment", "jupyter"),
      inProject(".venv", "etc", "jupyter"),
    ].join(path.delimiter),
    JUPYTER_PATH: environment, // the kernels, and the extension that draws plots
    JUPYTERLAB_DIR: path.join(environment, "lab"),
  };
}

/** Makes a link, or leads the one that is there to another place, as after the checkout has moved. */
function link(target: string, place: string): void {
  const there = fs.lstatSync(place, { throwIfNoEntry: false });
  if (there && !there.isSymbolicLink())
    throw new Problem(
      `${place} is in the way: a link to the course's packages belongs there. Move it elsewhere, or choose another folder for the course.`,
    );
  if (there && fs.readlinkSync(place) === target) return;
  fs.rmSync(place, { force: true });
  fs.symlinkSync(target, place);
}
