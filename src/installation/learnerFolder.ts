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
  const learner = path.resolve(folder);
  const own = (...parts: string[]): string => path.join(learner, ".convbook", ...parts);
  try {
    fs.mkdirSync(own(), { recursive: true });
    link(inProject("node_modules"), path.join(learner, "node_modules"));
    copyLessons(lessonFoldersIn(learner));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(`The learner's folder cannot be written: ${(error as Error).message}`);
  }
  const environment = inProject(".venv", "share", "jupyter");
  return {
    CONVBOOK_LEARNER: learner,
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

/** Makes a link, or leads the one that is there to another folder, as after the checkout has moved. */
function link(target: string, at: string): void {
  const there = fs.lstatSync(at, { throwIfNoEntry: false });
  if (there && !there.isSymbolicLink())
    throw new Problem(
      `${at} is in the way: a link to the course's packages belongs there. Move it elsewhere, or choose another folder for the course.`,
    );
  if (there && fs.readlinkSync(at) === target) return;
  fs.rmSync(at, { force: true });
  fs.symlinkSync(target, at);
}
