import { spawn } from "node:child_process";
import type { Command } from "commander";
import { inProject } from "../project";

/** Adds `convbook start`: the same as `npm start`, from anywhere. */
export function addStartCommand(program: Command): void {
  program
    .command("start")
    .summary("open the course in JupyterLab")
    .description(
      "Sets up what is missing, and opens the course in JupyterLab. Options go to JupyterLab: " +
        "convbook start --port 9999 --no-browser",
    )
    .argument("[options...]")
    .allowUnknownOption()
    .helpOption(false)
    .action(async (options: string[]) => {
      const start = spawn(process.execPath, [inProject("scripts", "start.mjs"), ...options], {
        stdio: "inherit",
      });
      process.on("SIGINT", () => undefined); // Ctrl+C reaches the other process as well: wait for its end
      process.on("SIGTERM", () => start.kill());
      process.exitCode = await new Promise((resolve) =>
        start.on("close", (code) => resolve(code ?? 1)),
      );
    });
}
