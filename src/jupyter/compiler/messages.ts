/** TypeScript's words without paths of files, and no longer than somebody reads. */
export function shortened(message: string): string {
  const lines = message
    .replace(/typeof import\("([^"]*)"\)/g, (_, path: string) => `the module "${moduleName(path)}"`)
    .replace(/import\("[^"]*"\)\./g, "")
    .replace(/on type 'the module "([^"]*)"'/g, 'in the module "$1"')
    .replace(/'the module "([^"]*)"'/g, 'the module "$1"')
    .replace(/'?"\/[^"]*\/([^"/]+)"'?/g, (_, file: string) => `"./${file}"`)
    .replace(FOR_PROJECTS, "")
    .replace(/'([^'\n]{140,})'/g, (_, type: string) => `'${type.slice(0, 60)} ...'`)
    .split("\n")
    .filter((line) => !INSIDE.test(line))
    .map((line) => (line.length > LONGEST ? `${line.slice(0, LONGEST)} ...` : line));
  // The first line says what, the last ones why; those between lead from one to the other.
  return lines.length <= MOST ? lines.join("\n") : [lines[0], ...lines.slice(1 - MOST)].join("\n");
}

const moduleName = (path: string) =>
  path.replace(/^.*\/node_modules\//, "").replace(/^convbook:.*/, "convbook");

/** Advice about a project's configuration, of which a notebook has none. */
const FOR_PROJECTS =
  / (?:Do you need to (?:change your target library|install type definitions)|If the '[^']*' package actually exposes)[^\n]*/g;

/** Why two functions differ, shown by the parameters of their parameters. */
const INSIDE =
  /^\s+(?:Types of (?:parameters|construct signatures)|Signature '|Type '[^']*' provides no match for the signature|Type '\([^']*' is not assignable to type '\()/;

const LONGEST = 300;
const MOST = 4;
