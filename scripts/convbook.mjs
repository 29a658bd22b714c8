// The convbook command, until its own program is there: node scripts/convbook.mjs build 02
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const { Command } = require("commander");
const program = new Command("convbook");
require("../dist/cli/build").addBuildCommand(program);
require("../dist/cli/look").addLookCommand(program);
program.parseAsync().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
