import { Command } from "commander";
import { printable } from "../notebook";
import { addBuildCommand } from "./build";
import { addClassifyCommand } from "./classify";
import { addDoctorCommand } from "./doctor";
import { addGradeCommand } from "./grade";
import { addLearnerCommand } from "./learner";
import { addLookCommand } from "./look";
import {
  addCompareCommand,
  addCostCommand,
  addDrawCommand,
  addExplainCommand,
  addSummaryCommand,
  addZooCommand,
} from "./networks";
import { addResetCommand } from "./reset";
import { addSimilarityCommand } from "./similarity";
import { addStartCommand } from "./start";

/** One file a command; each adds itself. */
const commands = [
  addStartCommand,
  addDoctorCommand,
  addResetCommand,
  addClassifyCommand,
  addGradeCommand,
  addSimilarityCommand,
  addLearnerCommand,
  addCostCommand,
  addExplainCommand,
  addSummaryCommand,
  addDrawCommand,
  addCompareCommand,
  addZooCommand,
  addBuildCommand,
  addLookCommand,
];

/** The `convbook` command. An error is reported in a line: its stack is of no use to who typed the command. */
export async function main(args: readonly string[] = process.argv.slice(2)): Promise<void> {
  const program = new Command("convbook").description(
    "A course on convolutional networks in TypeScript notebooks.",
  );
  program.showHelpAfterError("(with --help it says what there is)"); // before: commands take it over
  for (const add of commands) add(program);
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    // It may name a student's file, whose name must not command the terminal.
    console.error(printable(`convbook: ${error instanceof Error ? error.message : error}`));
    process.exitCode = 1;
  }
}
