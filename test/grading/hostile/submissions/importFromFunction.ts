// Attempts to import a module from code made of text.
// Verdict: error
async function scale() {
  const load = new Function("name", "return import(name)");
  throw new Error((await load("node:fs")).readFileSync("SECRET_FILE", "utf8"));
}
