/** TypeScript's words without paths of files, and no longer than somebody reads. */
export function shortened(message: string): string {
  const lines = message
    .replace(/typeof import\("([^"]*)"\)/g, (_, path: string) => `the module "${moduleName(path)}"`)
    .replace(/import\("[^"]*"\)\./g, "")
    .replace(/'the module "([^"]*)"'/g, 'the module "$1"')
    .split("\n")
    .map((line) => (line.length > LONGEST ? `${line.slice(0, LONGEST)} ...` : line));
  // The first line says what, the last ones why; those between lead from one to the other.
  return lines.length <= MOST ? lines.join("\n") : [lines[0], ...lines.slice(1 - MOST)].join("\n");
}

const moduleName = (path: string) =>
  path.replace(/^.*\/node_modules\//, "").replace(/^convbook:.*/, "convbook");

const LONGEST = 300;
const MOST = 4;
