#!/usr/bin/env node
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const program = join(__dirname, "..", "dist", "cli", "main.js");
if (existsSync(program)) {
  require(program).main();
} else {
  console.error(
    "convbook: not set up yet. Run npm start in the project's folder: it installs and builds all.",
  );
  process.exitCode = 1;
}
