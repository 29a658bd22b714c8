// Attempts to start a process of its own.
// Verdict: error
async function scale() {
  const { execSync } = await new Function("return import('node:child_process')")();
  throw new Error(String(execSync("cat SECRET_FILE")));
}
