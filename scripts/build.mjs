// Builds notebooks until the convbook command is there: node scripts/build.mjs [lesson...]
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const { Command } = require("commander");
const program = new Command("convbook");
require("../dist/cli/build").addBuildCommand(program);
program
  .parseAsync([process.argv[0], "convbook", "build", ...process.argv.slice(2)])
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
