import type { Command } from "commander";
import { printable } from "../notebook";
import { lessonNamed } from "../grading";
import { compareLessons, readCodes } from "../grading/similarity";
import { gradingProgress } from "./gradingProgress";

/** Adds `convbook similarity` to the program. */
export function addSimilarityCommand(program: Command): void {
  program
    .command("similarity")
    .summary("show which answers of a class are alike")
    .description(
      "Takes the answers out of notebooks, without running them, and compares each student's with each " +
        "other's. It accuses nobody: it says which programs are alike, not why.",
    )
    .argument("<notebook...>", "notebooks, folders or patterns")
    .option("--lesson <lesson>", "number or name of the lesson, where the files' names do not say")
    .option("--out <folder>", "write a page for each lesson there, with the programs side by side")
    .action(async (paths: string[], { lesson, out }: { lesson?: string; out?: string }) => {
      const name = lesson === undefined ? undefined : lessonNamed(lesson, "--lesson");
      const progress = gradingProgress("read");
      const { codes, unread } = await readCodes(
        paths,
        { lesson: name, out },
        progress.show,
      ).finally(progress.end);
      const { files, text } = await compareLessons(codes, out);
      process.stdout.write(text);
      for (const problem of unread) console.log(printable(`Not compared: ${problem}`));
      if (files.length > 0) console.log(`Written: ${files.join(", ")}`);
      else console.log("--out FOLDER writes a page that shows them side by side.");
    });
}
