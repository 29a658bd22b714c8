import fs from "node:fs";
import path from "node:path";
import { runJupyterLab } from "./jupyter";
import { registerKernel, takeKernel } from "./kernel";
import { copyLessons, lessonNotebooks, newlyChangedLessons } from "./lessonCopies";
import { inProject } from "../project";

/**
 * Copies the lessons that are new, says which have changed, and runs JupyterLab on the first until it ends.
 *
 * @param args options of `jupyter lab`, and `--kernel tslab` for stock tslab in place of the course's own kernel
 * @returns JupyterLab's exit code
 */
export async function openCourse(args: readonly string[] = []): Promise<number> {
  const { kernel, rest } = takeKernel(args);
  registerKernel({ kernel });
  const added = copyLessons();
  if (added.length > 0) console.log(`  Copied to work/: ${added.join(", ")}`);
  for (const notebook of newlyChangedLessons()) {
    const lesson = path.basename(notebook, ".ipynb");
    console.log(
      `  The course has a newer version of ${lesson}. Yours in work/ stays as it is; to get the new one,\n` +
        `  with yours kept beside it: npx convbook reset ${lesson}`,
    );
  }
  fs.mkdirSync(inProject("work"), { recursive: true });
  fs.accessSync(inProject("work"), fs.constants.W_OK); // Jupyter's own complaint would be a page long
  const [first] = lessonNotebooks();
  return runJupyterLab(first ? `work/${first}` : "work", rest);
}
