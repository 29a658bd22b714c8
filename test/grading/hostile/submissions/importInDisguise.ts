// Attempts to import a module where the compiler does not look.
// Verdict: error
async function scale() {
  const fs = await eval(`import("fs")`);
  throw new Error(fs.readFileSync("SECRET_FILE", "utf8"));
}
