import type { Command } from "commander";
import { prepareLearnerFolder } from "../installation";

/** Adds `convbook learner`: for JupyterHub, where many share one checkout. */
export function addLearnerCommand(program: Command): void {
  program
    .command("learner")
    .summary("prepare a folder for one learner of a shared checkout, as on JupyterHub")
    .description(
      "Copies the lessons into FOLDER/work that are not there yet, links the course's packages, and prints the " +
        "variables to start the learner's Jupyter server with, as JSON. docs/jupyterhub.md says more.",
    )
    .argument("<folder>", "the learner's folder; made where it is missing")
    .action((folder: string) =>
      console.log(JSON.stringify(prepareLearnerFolder(folder), undefined, 2)),
    );
}
