import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { findLesson, inProject } from "../../project";
import { ArgumentError } from "../../tensor";

/** What Jupyter lets a kernel know of the notebook that it was started for. */
const SESSION = "JPY_SESSION_NAME";

/**
 * The saved file of a notebook: as its learner names it, by path or lesson; else as Jupyter named it when the kernel
 * started; else the only one in the folder.
 *
 * @throws ArgumentError where that is not known, or there is no such file
 */
export function notebookFile(
  named: unknown,
  folder = process.cwd(),
  session = process.env[SESSION],
): string {
  const here = readdirSync(folder).filter((name) => /^[^.].*\.ipynb$/i.test(name));
  if (named === undefined) {
    const open = session && path.resolve(folder, path.basename(session));
    if (open && isFile(open)) return open;
    if (here.length === 1) return path.join(folder, here[0]);
    throw notFound(named, "the notebook's name, since it is not known here", here);
  }
  if (typeof named !== "string")
    throw notFound(named, 'the name of a notebook, "05-pooling.ipynb"', here);
  const lesson = findLesson(named);
  const candidates = [
    path.resolve(folder, named),
    ...(lesson ? [path.join(folder, `${lesson}.ipynb`), inProject("work", `${lesson}.ipynb`)] : []),
  ];
  const found = candidates.find(isFile);
  if (found) return found;
  throw notFound(named, "a notebook that is there, by its path or lesson", here);
}

function isFile(file: string): boolean {
  return existsSync(file) && statSync(file).isFile();
}

function notFound(received: unknown, expected: string, here: readonly string[]): ArgumentError {
  const remedy =
    here.length > 0
      ? `Say which: await submission("${here[0]}"). Notebooks in this folder: ${here.join(", ")}.`
      : "There is no notebook in this folder: save it, or give its path.";
  return new ArgumentError({ call: "submission", argument: "file", expected, received, remedy });
}
