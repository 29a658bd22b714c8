import fs from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { courseRoot, type GradedNotebook, gradeNotebook, resultCard } from "../exercises";

interface GradeFlags {
  lesson?: string;
  seed?: string;
  reporter?: string;
}

/** Adds `convbook grade` to the program. */
export function addGradeCommand(program: Command): void {
  program
    .command("grade")
    .summary("check the exercises of saved notebooks")
    .description(
      "Takes the functions that the exercises ask for out of notebooks and puts them to the same tests as\n" +
        "check() does. It runs their code in this process: use it for code that you trust.",
    )
    .argument("[notebook...]", "notebooks as they were last saved; all in work/ when left out")
    .option("--lesson <lesson>", "number or name of the lesson, where the file's name does not say")
    .option("--seed <number>", "where random inputs come from")
    .option("--reporter <name>", "print as mocha does: spec, dot, tap, json, ...")
    .action(async (notebooks: string[], flags: GradeFlags) => {
      for (const notebook of notebooks.length > 0 ? notebooks : notebooksInWork()) {
        const seed = flags.seed === undefined ? undefined : Number(flags.seed);
        const graded = await gradeNotebook(notebook, { ...flags, seed });
        if (!flags.reporter) console.log(report(graded));
      }
    });
}

/** The learner's own notebooks, lesson by lesson. */
function notebooksInWork(): string[] {
  const work = path.join(courseRoot, "work");
  const names = fs.existsSync(work) ? fs.readdirSync(work) : [];
  const notebooks = names.filter((name) => /^\d\d-[\w-]+\.ipynb$/.test(name)).sort(); // no kept copies
  if (notebooks.length > 0) return notebooks.map((name) => path.join(work, name));
  throw new Error("There are no notebooks in work/ yet: npm start puts them there.");
}

function report({ notebook, lesson, earned, points, results }: GradedNotebook): string {
  const cards = results.map((result) => resultCard(result)["text/plain"]);
  return [`${notebook} (${lesson}): ${earned} of ${points} points`, ...cards, ""].join("\n");
}
