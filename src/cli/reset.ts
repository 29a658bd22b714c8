import path from "node:path";
import type { Command } from "commander";
import { resetLesson } from "../installation";

/** Adds `convbook reset`. */
export function addResetCommand(program: Command): void {
  program
    .command("reset")
    .summary("get a fresh copy of a lesson")
    .description("Puts a fresh copy of a lesson into work/. What you had is kept beside it.")
    .argument("<lesson>", "number or name of the lesson: 02, 02-padding")
    .action((lesson: string) => {
      const { fresh, kept } = resetLesson(lesson);
      const shown = (file: string) => path.relative(process.cwd(), file);
      if (kept) console.log(`Your version is kept: ${shown(kept)}`);
      console.log(`A fresh copy is in place: ${shown(fresh)}`);
      console.log("If it is open in JupyterLab: File, Reload Notebook from Disk.");
    });
}
