import type { Command } from "commander";
import { examine, findingsText } from "../installation/doctor";

/** Adds `convbook doctor`. */
export function addDoctorCommand(program: Command): void {
  program
    .command("doctor")
    .summary("check what the course needs")
    .description(
      "Looks at Node, the kernel, JupyterLab, plots, speed, disk and lessons, and says what to do about " +
        "each finding. Ends with exit code 1 when something is in the way of the course.",
    )
    .action(async () => {
      const findings = await examine();
      console.log(findingsText(findings));
      if (findings.some(({ state }) => state === "bad")) process.exitCode = 1;
    });
}
