// Removes compiled tests whose source is gone: mocha runs what it finds in build/test, and the compiler leaves what
// it once wrote.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const compiled = join(root, "build", "test");
const files = existsSync(compiled)
  ? readdirSync(compiled, { recursive: true, encoding: "utf8" })
  : [];
for (const file of files) {
  const [name] = file.match(/^.*(?=\.(js|d\.ts)(\.map)?$)/) ?? [];
  if (name !== undefined && !existsSync(join(root, "test", `${name}.ts`)))
    rmSync(join(compiled, file));
}
